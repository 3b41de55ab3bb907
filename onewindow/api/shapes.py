"""What goes in and comes out. ID numbers, phones and accounts only ever masked."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=1000)]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Problem(Schema):
    code: str
    message: str
    fields: dict[str, list[str]] = {}


class MatterOut(Schema):
    code: str
    name: str
    summary: str
    audience: str
    statutory_working_days: int | None
    statutory_hours: int | None


class MaterialOut(Schema):
    code: str
    name: str
    from_register: str
    generated: bool
    each_adult: bool
    hint: str


class StepOut(Schema):
    code: str
    name: str
    post: str
    by: str
    working_days: int | None
    law: str


class GuideOut(MatterOut):
    materials: list[MaterialOut]
    steps: list[StepOut]
    laws: list[str]


class PersonOut(Schema):
    public_id: UUID
    name: str
    masked_id: str
    masked_phone: str
    place_id: str | None


class CaseOut(Schema):
    public_id: UUID
    number: str | None
    matter_code: str
    kind: str
    state: str
    place_id: str
    submitted_at: datetime | None
    due_on: date | None
    due_is_provisional: bool


class EventOut(Schema):
    at: datetime
    code: str
    text: str


class MissingOut(Schema):
    code: str
    name: str
    why: str
    how: str


class CaseWhole(CaseOut):
    applicant: str
    facts: dict[str, Any]
    missing: list[MissingOut]
    events: list[EventOut]


class RunOut(Schema):
    id: int
    case: UUID
    number: str | None
    step: str
    due_on: date | None
    days_left: int | None
    colour: str
    claimed_by: str


class Cases(Schema):
    items: list[CaseOut]
    next: str


class Queue(Schema):
    items: list[RunOut]
    next: str


class StartIn(Schema):
    matter: Short
    person: UUID | None = None
    mandate: Short = ""
    place: Annotated[str, Field(max_length=12, pattern=r"^\d*$")] = ""


class FactsIn(Schema):
    household: dict[Short, Any] = {}
    people: dict[Short, dict[Short, Any]] = {}


class AccountIn(Schema):
    account: Annotated[str, Field(max_length=30)]
    account_name: Annotated[str, Field(max_length=60)]


class ConsentIn(Schema):
    person: UUID
    given_by: Literal["self", "guardian", "agent"] = "self"


class ReasonIn(Schema):
    reason: Long


class RatingIn(Schema):
    stars: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[str, Field(max_length=500)] = ""


class ObjectionIn(Schema):
    text: Long
    by_name: Annotated[str, Field(max_length=60)] = ""
    by_phone: Annotated[str, Field(max_length=20)] = ""


class FindIn(Schema):
    text: Annotated[str, Field(max_length=60)]
    reason: Short


class FinishIn(Schema):
    outcome: Short
    record: dict[Short, Any] = {}
    with_number: Annotated[str, Field(max_length=20)] = ""
    reason: Long = ""
    extra_items: Annotated[list[Short], Field(max_length=20)] = []


class SuspendIn(Schema):
    kind: Short
    article: Annotated[str, Field(max_length=120)]


class ExtendIn(Schema):
    working_days: Whole
    reason: Annotated[str, Field(max_length=400)]
    article: Annotated[str, Field(max_length=120)]


class CorrectIn(Schema):
    sheet: Short
    field: Short
    value: Any
    reason: Annotated[str, Field(max_length=400)]


class NoticeOut(Schema):
    public_id: UUID
    place_id: str
    matter: str
    shows: dict[str, Any]
    until_on: date


class PaymentOut(Schema):
    month: str
    amount_fen: int
    state: str
    case: UUID


class LookOut(Schema):
    at: datetime
    who: str
    what: str
    why: str


class Revealed(Schema):
    id_number: str


class ErrorsOut(Schema):
    errors: dict[str, dict[str, list[str]]]
