"""Matters, public notices, letters: what anybody may read."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onewindow.api.shapes.common import Long, PageIn, PlaceCode
from onewindow.kernel.cases.models import PublicNotice
from onewindow.kernel.catalog import Matter


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
    calendar_days: int | None
    hours: int | None
    law: str


class RemovedOut(Schema):
    name: str
    instead: str
    why: str


class GuideOut(MatterOut):
    promised_working_days: int | None
    materials: list[MaterialOut]
    removed: list[RemovedOut]
    steps: list[StepOut]
    laws: list[str]

    @staticmethod
    def resolve_laws(matter: Matter) -> list[str]:
        return [str(law) for law in matter.laws]


class MattersIn(Schema):
    """`q`: in the words that people have for it; the best match comes first."""

    q: str = Field("", max_length=60)


class NoticesIn(PageIn):
    place: PlaceCode = ""


class NoticeOut(Schema):
    public_id: UUID
    place_id: str
    place: str
    matter: str
    shows: dict[str, Any]
    from_on: date
    until_on: date

    @staticmethod
    def resolve_place(notice: PublicNotice) -> str:
        return notice.place.name

    @staticmethod
    def resolve_matter(notice: PublicNotice) -> str:
        return notice.case.matter.name


class ObjectionIn(Schema):
    text: Long
    by_name: Annotated[str, Field(max_length=60)] = ""
    by_phone: Annotated[str, Field(max_length=20)] = ""


class LetterCheckOut(Schema):
    """No more than stands on the paper; of the recipient the surname only."""

    title: str
    number: str
    issued_on: date
    place_name: str
    recipient: str
    sha256: str
    is_example: bool
    void_on: date | None
    void_reason: str
