from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import CASE_POSTS
from onewindow.kernel.staff.scope import NOTHING


def sessions_seen_by(actor: Actor) -> Q:
    """Days and seats are public; nobody's name is in them."""
    return Q(pk__isnull=False)


def claims_seen_by(actor: Actor) -> Q:
    return Q(pk__isnull=False) if actor.holds(*CASE_POSTS) else NOTHING
