"""What pages and API read of cases. Each read starts from who asks; what is out of sight is as absent as what never was."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from onewindow.kernel.audit.acting import can, log_look
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.clock import YELLOW_DAYS
from onewindow.kernel.cases.facts import Sheet, sheets
from onewindow.kernel.cases.missing import PaperNeed, adults, consents_in_force, paper_needs
from onewindow.kernel.cases.models import (
    Assessment,
    Case,
    CaseEvent,
    CaseLetter,
    CasePaper,
    Extension,
    FactSheet,
    Objection,
    PublicNotice,
    StepRun,
    Suspension,
)
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.cases.progress import Progress, progress
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.catalog import Step, matters
from onewindow.kernel.people.models import Consent, Person
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.budget import spend_look

OF_CASE = (
    "public_id", "number", "kind", "matter_code", "is_relative_of_staff", "state", "due_on", "due_is_provisional",
    "limit_working_days", "paused_from",
)  # fmt: skip
OF_RUN = (
    "step_code", "due_on", "due_at", "due_is_provisional", "sort_on", "case__applicant__name", "claimed_by__name",
    "place__name", *(f"case__{name}" for name in OF_CASE),
)  # fmt: skip
"""Only what a queue shows: sealed fields that nobody reads need not be opened."""


def seen_case(actor: Actor, public_id: UUID) -> Case:
    """To act on it: the act's own line is the log."""
    seen = Case.objects.seen_by(actor).filter(public_id=public_id)
    case: Case | None = seen.select_related(
        "applicant", "household", "place__parent", "agent", "parent", "assessment", "rating"
    ).first()
    if case is None:
        raise Http404
    return case


def open_case(actor: Actor, public_id: UUID, reason: str = "") -> Case:
    """To read it: a look of staff is counted, logged with its reason, and the applicant can read that."""
    case = seen_case(actor, public_id)
    if actor.is_staff:
        spend_look(actor, case.applicant)
        log_look(actor, case, reason=reason or f"办理{case}")
    return case


def case_asking(person: Person, public_id: UUID) -> Case:
    """The case whose household this person belongs to: it may ask for their consent, and shows them nothing else."""
    case = Case.unscoped.filter(members__person=person, public_id=public_id).first()
    if case is None:
        raise Http404
    return case


def cases_of(actor: Actor) -> QuerySet[Case]:
    """A resident's own; an officer's place."""
    seen = Case.objects.seen_by(actor).exclude(state=Case.State.DISCARDED)
    return seen.defer("facts", "pay_to")


def tones() -> dict[str, Q]:
    """The colours of the queue as conditions; the same limits as `clock.run_remaining`."""
    day = today()
    soon = add_working_days(day, YELLOW_DAYS).on
    return {"red": Q(sort_on__lt=day), "yellow": Q(sort_on__range=(day, soon)), "green": Q(sort_on__gt=soon)}


def queue_of(actor: Actor, show: str = "", matter: str = "") -> QuerySet[StepRun]:
    """Open work of the actor's posts, to be sorted by `sort_on`. `show`: a colour, or `claimed`; unknown words show all."""
    runs = StepRun.objects.seen_by(actor)
    if show == "claimed":
        runs = runs.filter(claimed_by_id=actor.person_id)
    elif show in (colours := tones()):
        runs = runs.filter(colours[show])
    if matter in matters():
        runs = runs.filter(case__matter_code=matter)
    return runs.select_related("case__applicant", "claimed_by", "place").only(*OF_RUN)


def queue_counts(actor: Actor) -> dict[str, int]:
    found = {name: Count("pk", filter=condition) for name, condition in tones().items()}
    claimed = Count("pk", filter=Q(claimed_by_id=actor.person_id))
    counts: dict[str, int] = StepRun.objects.seen_by(actor).aggregate(all=Count("pk"), claimed=claimed, **found)
    return counts


def open_notices(place_code: str = "") -> QuerySet[PublicNotice]:
    """What is posted today below a place, for anybody. Never to be searched by a person's name."""
    notices = PublicNotice.objects.filter(closed_at=None, until_on__gte=today()).select_related("place__parent", "case")
    if place_code.isascii() and place_code.isdigit():
        notices = notices.filter(place__code__startswith=place_code[:12])
    return notices.defer("case__facts", "case__pay_to")


@dataclass(frozen=True)
class Work:
    """A step of the case that is open or done, and whether the reader may do it."""

    run: StepRun
    step: Step
    is_mine: bool


@dataclass(frozen=True)
class CaseWork:
    """What an officer reads before acting: declared, found, the sum with its explanation, what was recorded, what is to do."""

    case: Case
    steps: list[Progress]
    sheets: list[Sheet]
    report: Any
    assessment: Assessment | None
    works: list[Work]
    objections: list[Objection]

    @property
    def mine(self) -> Work | None:
        return next((work for work in self.works if work.is_mine), None)

    @property
    def records(self) -> list[Work]:
        return [work for work in self.works if work.run.ended_at and work.run.record]


def case_work(actor: Actor, case: Case) -> CaseWork:
    runs = list(case.runs.select_related("done_by", "done_with", "claimed_by").order_by("id"))
    for run in runs:
        run.case = case
    works = [Work(run, step_of_run(run), run.ended_at is None and can(actor, "step.finish", run)) for run in runs]
    return CaseWork(
        case=case,
        steps=progress(case, runs),
        sheets=sheets(case),
        report=ports.report(case),
        assessment=case.assessment,
        works=works,
        objections=list(case.objections.order_by("id")) if case.is_special else [],
    )


@dataclass(frozen=True)
class CasePapers:
    needs: list[PaperNeed]
    papers: list[CasePaper]
    letters: list[CaseLetter]
    consents: list[tuple[Person, Consent | None]]


def case_papers(case: Case) -> CasePapers:
    """Papers that are needed, there, or not needed and why; who has consented; every letter."""
    given = {each.person_id: each for each in consents_in_force(case)}
    papers = list(case.papers.filter(removed_at=None).select_related("paper").order_by("id"))
    return CasePapers(
        needs=paper_needs(case, papers),
        papers=papers,
        letters=list(case.letters.select_related("letter").order_by("-id")),
        consents=[(member.person, given.get(member.person_id)) for member in adults(case)],
    )


@dataclass(frozen=True)
class CaseHistory:
    events: list[CaseEvent]
    fact_sheets: list[FactSheet]
    suspensions: list[Suspension]
    extensions: list[Extension]
    linked: list[Case]


MOST_EVENTS = 200


def case_history(case: Case) -> CaseHistory:
    """Everything that happened, the versions of the facts, and what moved the due date."""
    events = list(case.events.order_by("-id")[:MOST_EVENTS])
    happened = {event.code for event in events}
    may_be_older = len(events) == MOST_EVENTS

    def rows(code: str, found: QuerySet[Any]) -> list[Any]:
        """Not asked for where the history says that there are none."""
        return list(found) if code in happened or may_be_older else []

    return CaseHistory(
        events=events,
        fact_sheets=list(case.fact_sheets.order_by("-version")[:50]),
        suspensions=rows("suspended", case.suspensions.order_by("id")),
        extensions=rows("extended", case.extensions.order_by("id")),
        linked=[*rows("appealed", case.linked.order_by("id")), *([case.parent] if case.parent else [])],
    )
