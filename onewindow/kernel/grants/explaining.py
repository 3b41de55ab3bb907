"""Why a payment is the sum it is, and why it is not the last one's: for its receiver, in the receiver's words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from onewindow.kernel.grants.models import GrantAmount, PaymentItem, PaymentLine
from onewindow.kernel.grants.months import yuan

Kind = PaymentLine.Kind


@dataclass(frozen=True)
class Part:
    words: str
    fen: int
    law_version: str


@dataclass(frozen=True)
class Explained:
    item: PaymentItem
    parts: tuple[Part, ...]
    change: str
    """Against the payment before; empty for the first."""


def with_the_one_before(items: QuerySet[PaymentItem]) -> QuerySet[PaymentItem]:
    """Each with `before_fen` and `before_month`: the last payment of the grant that arrived for an earlier month."""
    earlier = PaymentItem.objects.filter(
        grant=OuterRef("grant"), month__lt=OuterRef("month"), state=PaymentItem.State.PAID
    )
    earlier = earlier.order_by("-month")
    return items.annotate(
        before_fen=Subquery(earlier.values("amount_fen")[:1]), before_month=Subquery(earlier.values("month")[:1])
    )


def explain(items: Iterable[PaymentItem]) -> list[Explained]:
    """Of items from `with_the_one_before`; two questions for however many."""
    found = list(items)
    lines: dict[int, list[PaymentLine]] = defaultdict(list)
    for line in PaymentLine.objects.filter(item__in=[each.pk for each in found]).order_by("id"):
        lines[line.item_id].append(line)
    causes: dict[int, list[GrantAmount]] = defaultdict(list)
    for each in GrantAmount.objects.filter(grant__in=[item.grant_id for item in found]).order_by("from_month"):
        causes[each.grant_id].append(each)
    return [
        Explained(item, tuple(map(_part, lines[item.pk])), _change(item, lines[item.pk], causes[item.grant_id]))
        for item in found
    ]


def _part(line: PaymentLine) -> Part:
    words = {
        Kind.REGULAR: f"{line.month}当月待遇",
        Kind.BACK_PAY: f"补发{line.month}（{line.cause}）",
        Kind.RECOVERY: f"抵扣{line.month}多发的款项（{line.cause}）",
    }[Kind(line.kind)]
    return Part(words, line.amount_fen, line.law_version)


def _change(item: PaymentItem, lines: list[PaymentLine], causes: list[GrantAmount]) -> str:
    before: int | None = getattr(item, "before_fen", None)
    if before is None:
        return ""
    if before == item.amount_fen:
        return "与上次相同"
    word = "多" if item.amount_fen > before else "少"
    since = getattr(item, "before_month", "")
    why = [f"{each.cause}，自{each.from_month}起调整" for each in causes if since < each.from_month <= item.month]
    why += ["本次含补发" for line in lines if line.kind == Kind.BACK_PAY][:1]
    why += ["本次有抵扣" for line in lines if line.kind == Kind.RECOVERY][:1]
    reason = "；".join(why) or "上次含补发或抵扣"
    return f"比上次（{since}）{word}{yuan(abs(item.amount_fen - before))}元：{reason}"
