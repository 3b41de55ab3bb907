"""What staff read and tell."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onewindow.api.shapes.case import CaseOut, ProgressOut
from onewindow.api.shapes.common import Code, Long, PageIn, PersonBrief, Row, Rows, Short
from onewindow.kernel.cases.clock import run_remaining
from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.cases.queries import Work
from onewindow.kernel.cases.steps import step_of_run


class FindIn(Schema):
    text: Annotated[str, Field(max_length=60)]
    reason: Short


class PersonOut(PersonBrief):
    masked_phone: str
    place_id: str | None


class Revealed(Schema):
    id_number: str


class RunOut(Schema):
    id: int
    case: UUID
    number: str | None
    applicant: str
    step: str
    step_name: str
    due_on: date | None
    due_is_provisional: bool
    days_left: int | None
    colour: str
    claimed_by: str

    @staticmethod
    def resolve_case(run: StepRun) -> UUID:
        return run.case.public_id

    @staticmethod
    def resolve_number(run: StepRun) -> str | None:
        return run.case.number

    @staticmethod
    def resolve_applicant(run: StepRun) -> str:
        return run.case.applicant.name

    @staticmethod
    def resolve_step(run: StepRun) -> str:
        return run.step_code

    @staticmethod
    def resolve_step_name(run: StepRun) -> str:
        return step_of_run(run).name

    @staticmethod
    def resolve_days_left(run: StepRun) -> int | None:
        return run_remaining(run).days

    @staticmethod
    def resolve_colour(run: StepRun) -> str:
        return run_remaining(run).colour

    @staticmethod
    def resolve_claimed_by(run: StepRun) -> str:
        return run.claimed_by.name if run.claimed_by else ""


class Counts(Schema):
    all: int
    claimed: int
    red: int
    yellow: int
    green: int


class QueueIn(PageIn):
    """`show`: red, yellow, green or claimed."""

    show: Code = ""
    matter: Code = ""


class QueueOut(Rows[RunOut]):
    counts: Counts


class OutcomeOut(Schema):
    code: str
    name: str
    needs_reason: bool


class WorkOut(Schema):
    id: int
    step: str
    name: str
    post: str
    is_mine: bool
    due_on: date | None
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    record: dict[str, Any]
    done_by: str
    done_with: str
    claimed_by: str
    outcomes: list[OutcomeOut]

    @staticmethod
    def of(work: Work) -> dict[str, Any]:
        run, step = work.run, work.step
        names = {name: getattr(getattr(run, name), "name", "") for name in ("done_by", "done_with", "claimed_by")}
        return {
            **{name: getattr(run, name) for name in ("id", "post", "due_on", "started_at", "ended_at", "outcome")},
            **names,
            "record": {name: value for name, value in run.record.items() if name != "account"},
            "step": step.code,
            "name": step.name,
            "is_mine": work.is_mine,
            "outcomes": step.outcomes if work.is_mine else (),
        }


class ReportRow(Schema):
    label: str
    source: str
    declared: str
    found: str
    severity: str
    severity_name: str
    note: str


class ReportOut(Schema):
    conclusion: str
    conclusion_name: str
    rows: list[ReportRow]
    missing: list[str]


class AssessmentOut(Schema):
    month: str
    law_version: str
    is_eligible: bool | None
    amount_fen: int | None
    problem: str
    result: dict[str, Any]


class ObjectionOut(Schema):
    about: str
    text: str
    received_at: datetime
    answer: str
    answered_at: datetime | None
    is_upheld: bool | None


class WorkingOut(Schema):
    """What an officer reads before acting."""

    case: CaseOut
    steps: list[ProgressOut]
    works: list[WorkOut]
    report: ReportOut | None
    assessment: AssessmentOut | None
    objections: list[ObjectionOut]

    @staticmethod
    def resolve_works(read: Any) -> list[dict[str, Any]]:
        return [WorkOut.of(work) for work in read.works]


class StaffEvent(Schema):
    at: datetime
    code: str
    text: str
    actor: str
    is_public: bool


class FactSheetOut(Schema):
    version: int
    at: datetime
    by: str
    reason: str
    changes: list[dict[str, Any]]


class SuspensionOut(Schema):
    reason: str
    article: str
    from_on: date
    until_on: date | None
    opened_by: str
    closed_by: str


class ExtensionOut(Schema):
    working_days: int
    reason: str
    article: str
    by: str
    on: date


class HistoryOut(Schema):
    events: list[StaffEvent]
    fact_sheets: list[FactSheetOut]
    suspensions: list[SuspensionOut]
    extensions: list[ExtensionOut]
    linked: list[CaseOut]


class FinishIn(Schema):
    """`record`: what the step's form asks; a sum is whole fen, or yuan in words as typed."""

    outcome: Code
    record: dict[Short, Any] = {}
    with_number: Annotated[str, Field(max_length=20)] = ""
    reason: Long = ""
    extra_items: Annotated[list[Short], Field(max_length=20)] = []


class SuspendIn(Schema):
    kind: Code
    article: Annotated[str, Field(max_length=120)]


class ExtendIn(Schema):
    working_days: Row
    reason: Annotated[str, Field(max_length=400)]
    article: Annotated[str, Field(max_length=120)]


class CorrectIn(Schema):
    """`sheet`: `household`, or the `public_id` of a member."""

    sheet: Code
    field: Code
    value: Any
    reason: Annotated[str, Field(max_length=400)]
