"""A person's own record."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from onewindow.kernel.grants.models import PaymentItem


class PostOut(Schema):
    post: str
    post_name: str
    place: str
    place_name: str


class MeOut(Schema):
    username: str
    name: str
    posts: list[PostOut]


class PaymentOut(Schema):
    month: str
    amount_fen: int
    state: str
    bank_reason: str
    settled_at: datetime | None
    case: UUID

    @staticmethod
    def resolve_case(item: PaymentItem) -> UUID:
        return item.grant.case.public_id


class LookOut(Schema):
    at: datetime
    who: str
    what: str
    why: str


class MessageOut(Schema):
    at: datetime
    text: str
    read_at: datetime | None


class ConsentOut(Schema):
    public_id: UUID
    purpose: str
    about: str
    sources: list[str]
    given_at: datetime
    valid_to: date
    withdrawn_at: datetime | None
