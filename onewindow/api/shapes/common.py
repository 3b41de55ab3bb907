"""What every operation shares: short texts, problems, and a page of rows."""

from typing import Annotated, Generic, TypeVar
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=1000)]
Code = Annotated[str, Field(max_length=40)]
PlaceCode = Annotated[str, Field(max_length=12, pattern=r"^[0-9]*$")]
Key = Annotated[str, Field(max_length=400)]
Row = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""The number of a row, in an address or a body."""


class Problem(Schema):
    code: str
    message: str
    fields: dict[str, list[str]] = {}


READ_PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422, 503), Problem)
"""409: too many people looked at in an hour."""
PROBLEMS = READ_PROBLEMS | {413: Problem}
OPEN_PROBLEMS = dict.fromkeys((400, 404, 422, 503), Problem)


class PageIn(Schema):
    """`next` or `previous` of another page; a key that is not ours starts from the front."""

    after: Key = ""
    before: Key = ""


Paged = Query[PageIn]
R = TypeVar("R")


class Rows(Schema, Generic[R]):
    rows: list[R]
    previous: str
    next: str


class PersonBrief(Schema):
    public_id: UUID
    name: str
    masked_id: str


class ReasonIn(Schema):
    reason: Long
