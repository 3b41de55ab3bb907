"""The register itself is public by law; kept names only to their founders and to the registering office."""

from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post


def organisations_seen_by(actor: Actor) -> Q:
    return Q(pk__isnull=False)


def reports_seen_by(actor: Actor) -> Q:
    return Q(pk__isnull=False)


def names_seen_by(actor: Actor) -> Q:
    is_office = actor.holds(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF)
    return Q(pk__isnull=False) if is_office else Q(founder_id=actor.person_id)
