"""Who sees proposals: those who draft them and those who decide, for the whole city. They hold nobody's own sums."""

from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import POLICY_POSTS
from onewindow.kernel.staff.scope import NOTHING


def proposals_seen_by(actor: Actor) -> Q:
    return Q(pk__isnull=False) if actor.holds(*POLICY_POSTS) else NOTHING
