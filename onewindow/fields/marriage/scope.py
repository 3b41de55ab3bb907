"""Who sees the register: the two themselves, and the registrars of the districts."""

from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post
from onewindow.kernel.staff.scope import NOTHING


def marriages_seen_by(actor: Actor) -> Q:
    if actor.holds(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF):
        return Q(pk__isnull=False)
    return NOTHING if actor.is_staff or not actor.person_id else Q(spouses__person_id=actor.person_id)


def spouses_seen_by(actor: Actor) -> Q:
    if actor.holds(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF):
        return Q(pk__isnull=False)
    return NOTHING if actor.is_staff or not actor.person_id else Q(person_id=actor.person_id)
