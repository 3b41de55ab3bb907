"""The one place where it is decided who sees what. Deny by default: an empty Q never leaves here."""

from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import CASE_POSTS, Post

NOTHING = Q(pk__in=[])


def within(field: str, prefixes: tuple[str, ...]) -> Q:
    """Rows whose place code lies below one of the prefixes."""
    scope = NOTHING
    for each in prefixes:
        scope |= Q(**{f"{field}__code__startswith": each})
    return scope


def people_seen_by(actor: Actor) -> Q:
    """A window serves every resident of the city; officers look up their own place's; anybody sees themselves."""
    own = Q(pk=actor.person_id) if actor.person_id else NOTHING
    if actor.holds(Post.STREET_WINDOW):
        return Q(pk__isnull=False)
    return own | within("place", actor.places_as(*CASE_POSTS))
