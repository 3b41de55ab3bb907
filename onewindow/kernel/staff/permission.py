"""Small words from which the permission of an action is put together."""

from typing import Any

from onewindow.kernel.audit.acting import Permission
from onewindow.kernel.staff.actor import Actor


def post(*posts: str) -> Permission:
    """Holds one of the posts at a place that contains the target's."""
    return lambda actor, target: actor.holds(*posts, at=getattr(target, "place_id", None))


def system(actor: Actor, target: Any) -> bool:
    return actor.is_system


def anybody(actor: Actor, target: Any) -> bool:
    """Open to people who have not signed in: raising an objection to a public notice."""
    return True


def either(*permissions: Permission) -> Permission:
    return lambda actor, target: any(may(actor, target) for may in permissions)
