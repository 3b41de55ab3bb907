"""The month's payment runs."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onewindow.api.shapes.common import Code
from onewindow.kernel.grants.models import PaymentItem
from onewindow.kernel.people.identity import mask_account


class RunLine(Schema):
    key: str
    month: str
    amount_fen: int
    account_name: str
    masked_account: str
    state: str
    bank_reason: str

    @staticmethod
    def resolve_masked_account(item: PaymentItem) -> str:
        return mask_account(item.account)


class PaymentRunOut(Schema):
    public_id: UUID
    month: str
    benefit: str
    place_id: str
    serial: int
    state: str
    count: int
    total_fen: int
    digest: str
    differences: list[dict[str, Any]]


class DraftIn(Schema):
    benefit: Code
    month: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", max_length=7)]


class ApproveIn(Schema):
    digest: Annotated[str, Field(max_length=64)]
