"""Residents see their own appointments; windows and the street's chief see their office's day."""

from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post
from onewindow.kernel.staff.scope import NOTHING, within

RECEPTION = (Post.STREET_WINDOW, Post.STREET_CHIEF)


def appointments_seen_by(actor: Actor) -> Q:
    own = Q(person_id=actor.person_id) if actor.person_id and not actor.is_staff else NOTHING
    return own | within("place", actor.places_as(*RECEPTION))


def tickets_seen_by(actor: Actor) -> Q:
    return within("place", actor.places_as(*RECEPTION))
