from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import CASE_POSTS, Post
from onewindow.kernel.staff.scope import NOTHING, within

FINANCE = (Post.DISTRICT_FINANCE, Post.DISTRICT_FINANCE_CHECKER)

FUND_READERS = (Post.DISTRICT_CHIEF, Post.STREET_CHIEF, Post.CITY_LEADER)


def grants_seen_by(actor: Actor) -> Q:
    own = Q(holder_id=actor.person_id) if actor.person_id and not actor.is_staff else NOTHING
    return own | within("place", actor.places_as(*CASE_POSTS, *FINANCE))


def runs_seen_by(actor: Actor) -> Q:
    return within("place", actor.places_as(*FINANCE))


def funds_seen_by(actor: Actor) -> Q:
    """Finance of the place, and those who decide there about what it pays."""
    return within("place", actor.places_as(*FINANCE, *FUND_READERS))
