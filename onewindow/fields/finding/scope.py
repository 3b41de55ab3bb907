"""Who sees which lead: officers and windows of the place where the person lives. Nobody sees leads about themselves here."""

from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import CASE_POSTS, Post
from onewindow.kernel.staff.scope import within

LIST_POSTS = (Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF)
FINDERS = (*CASE_POSTS, Post.STREET_WINDOW)


def leads_seen_by(actor: Actor) -> Q:
    return within("place", actor.places_as(*FINDERS))


def lists_seen_by(actor: Actor) -> Q:
    return within("place", actor.places_as(*LIST_POSTS))
