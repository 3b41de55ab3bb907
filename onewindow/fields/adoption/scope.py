from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post
from onewindow.kernel.staff.scope import NOTHING


def adoptions_seen_by(actor: Actor) -> Q:
    """The adopters themselves, and the registrars of the districts."""
    if actor.holds(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF):
        return Q(pk__isnull=False)
    return NOTHING if actor.is_staff or not actor.person_id else Q(adopter_id=actor.person_id)
