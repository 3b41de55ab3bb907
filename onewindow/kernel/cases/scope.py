"""Who sees which case."""

from django.db.models import Q

from onewindow.kernel.cases.models import Case, CaseMember
from onewindow.kernel.catalog import matters
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import CASE_POSTS, Post
from onewindow.kernel.staff.scope import NOTHING, within

AT_THE_WINDOW = (Case.State.DRAFT, Case.State.SUBMITTED, Case.State.SUPPLEMENT)

NOT_HANDED_IN = (Case.State.DRAFT, Case.State.DISCARDED)


def cases_seen_by(actor: Actor) -> Q:
    """
    Officers: the cases of their place, once submitted. Windows: what comes in at their own street, and what they took
    for people of other streets until it is accepted there. A resident: their own, and those they are a member of.
    """
    scope = within("place", actor.places_as(*CASE_POSTS)) & ~Q(state__in=NOT_HANDED_IN)
    windows = actor.places_as(Post.STREET_WINDOW)
    scope |= within("intake_place", windows) & Q(state__in=AT_THE_WINDOW)
    scope |= within("place", windows) & ~Q(state__in=NOT_HANDED_IN)
    if actor.person_id and not actor.is_staff:
        scope |= Q(applicant_id=actor.person_id) | Q(agent_id=actor.person_id)
        scope |= shared_with(actor.person_id)
    return scope


def shared_with(person_id: int) -> Q:
    """Where two ask together it is the case of both, once it is handed in."""
    of_two = [code for code, matter in matters().items() if matter.parties > 1]
    rows = CaseMember.objects.filter(person_id=person_id, case__matter_code__in=of_two)
    return Q(matter_code__in=of_two, pk__in=rows.values("case")) & ~Q(state__in=NOT_HANDED_IN)


def callbacks_seen_by(actor: Actor) -> Q:
    """The rated office must not learn who rated: only the district sees, and nobody what they worked on themselves."""
    scope = within("place", actor.places_as(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF))
    return scope & ~Q(rating__case__runs__done_by=actor.person_id) & ~Q(rating__case__runs__done_with=actor.person_id)


def queue_seen_by(actor: Actor) -> Q:
    """Open work of the actor's own posts."""
    scope = NOTHING
    for held in actor.posts:
        scope |= Q(post=held.post) & within("place", actor.places_as(held.post))
    return scope & Q(ended_at=None)
