"""A case as its applicant sees it, and what is told to fill it in."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onewindow.api.shapes.common import Code, PersonBrief, PlaceCode, Short
from onewindow.kernel.cases.missing import PaperNeed
from onewindow.kernel.cases.models import CaseLetter, CaseMember, CasePaper, Decision
from onewindow.kernel.people.kinship import relation_name


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


class MemberOut(Schema):
    person: PersonBrief
    relation: str
    is_applicant: bool

    @staticmethod
    def resolve_relation(member: CaseMember) -> str:
        return relation_name(member.relation)


class ProgressOut(Schema):
    code: str
    name: str
    state: str
    ended_at: datetime | None
    due_on: date | None
    provisional: bool


class EventOut(Schema):
    at: datetime
    code: str
    text: str


class MissingOut(Schema):
    code: str
    name: str
    why: str
    how: str


class FindingOut(Schema):
    label: str
    value: str
    source: str


class DecisionOut(Schema):
    is_approval: bool
    decided_on: date
    amount_fen: int | None
    reason: str
    overturned_at: datetime | None
    calculation: list[dict[str, Any]]

    @staticmethod
    def resolve_calculation(decision: Decision) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = decision.assessment.result.get("steps", []) if decision.assessment else []
        return steps


class CaseWhole(CaseOut):
    """`facts` are given as they are taken: whole fen, true and false; people by their `public_id`."""

    applicant: PersonBrief
    members: list[MemberOut]
    facts: dict[str, Any]
    typed: dict[str, Any]
    pay_to: str
    pay_to_name: str
    missing: list[MissingOut]
    steps: list[ProgressOut]
    own_findings: list[FindingOut]
    decision: DecisionOut | None


class NeedOut(Schema):
    code: str
    name: str
    state: str
    why: str

    @staticmethod
    def resolve_code(need: PaperNeed) -> str:
        return need.material.code

    @staticmethod
    def resolve_name(need: PaperNeed) -> str:
        return need.material.name


class PaperOut(Schema):
    id: int
    material: str
    name: str
    state: str
    received_at: datetime

    @staticmethod
    def resolve_id(paper: CasePaper) -> int:
        return paper.paper_id

    @staticmethod
    def resolve_name(paper: CasePaper) -> str:
        return paper.paper.original_name

    @staticmethod
    def resolve_state(paper: CasePaper) -> str:
        return paper.paper.state

    @staticmethod
    def resolve_received_at(paper: CasePaper) -> datetime:
        return paper.paper.received_at


class LetterOut(Schema):
    public_id: UUID
    number: str
    title: str
    issued_on: date
    is_void: bool


class ConsentState(Schema):
    person: PersonBrief
    given_at: datetime | None
    valid_to: date | None


class PapersOut(Schema):
    needs: list[NeedOut]
    papers: list[PaperOut]
    letters: list[LetterOut]
    consents: list[ConsentState]

    @staticmethod
    def resolve_letters(read: Any) -> list[Any]:
        letters: list[CaseLetter] = read.letters
        return [each.letter for each in letters]

    @staticmethod
    def resolve_consents(read: Any) -> list[dict[str, Any]]:
        return [
            {
                "person": person,
                "given_at": consent.given_at if consent else None,
                "valid_to": consent.valid_to if consent else None,
            }
            for person, consent in read.consents
        ]


class StartIn(Schema):
    matter: Code
    person: UUID | None = None
    mandate: Short = ""
    place: PlaceCode = ""


class FactsIn(Schema):
    """The whole form. A sum is whole fen, or yuan in words as typed; people are named by their `public_id`."""

    household: dict[Short, Any] = {}
    people: dict[UUID, dict[Short, Any]] = {}


class ErrorsOut(Schema):
    """What could not be understood, by sheet and field; it is kept as typed."""

    errors: dict[str, dict[str, list[str]]]


class AccountIn(Schema):
    account: Annotated[str, Field(max_length=30)]
    account_name: Annotated[str, Field(max_length=60)]


class DropIn(Schema):
    person: UUID
    reason: Short


class ConsentIn(Schema):
    person: UUID
    given_by: Literal["self", "guardian", "agent"] = "self"


class RatingIn(Schema):
    stars: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[str, Field(max_length=500)] = ""
