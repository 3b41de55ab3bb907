"""How a grant stands in a month: its sum, whether it is paid, and what is owed to or by its holder for months that were paid."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from onewindow.kernel.grants.amounts import sum_in
from onewindow.kernel.grants.models import Adjustment, Grant, GrantTurn, PaymentItem, PaymentLine

Kind = GrantTurn.Kind
LOST = (PaymentItem.State.RETURNED, PaymentItem.State.CANCELLED)
"""Payments that did not arrive: what they carried is owed as before."""


NOT_PAUSED = Q(hold=None) | ~Q(hold=Kind.PAUSE)
"""Over `hold=paused_in(month)`. Where there was no turn it is NULL, which SQL would leave out."""


def paused_in(month: str) -> Subquery:
    """For `annotate`: `pause` where the newest turn up to that month is one."""
    turns = GrantTurn.objects.filter(grant=OuterRef("pk"), kind__in=[Kind.PAUSE, Kind.RESUME], from_month__lte=month)
    return Subquery(turns.order_by("-from_month", "-id").values("kind")[:1])


def owed_in(grant: Grant, month: str) -> int:
    """What the grant should pay for that month, as it stands today."""
    due = Grant.unscoped.filter(pk=grant.pk, from_month__lte=month).annotate(
        due_fen=sum_in(month), hold=paused_in(month)
    )
    due = due.filter(Q(until_month="") | Q(until_month__gte=month)).filter(NOT_PAUSED)
    return due.values_list("due_fen", flat=True).first() or 0


def _added(rows: QuerySet[Any], by: str) -> Coalesce:
    added = rows.order_by().values(by).annotate(fen=Sum("amount_fen")).values("fen")
    return Coalesce(Subquery(added), 0)


def outstanding() -> Any:
    """Adjustments of which something is left (`left_fen`): not repaid, not waived, not in a payment that arrived or is on its way."""
    taken = PaymentLine.objects.filter(adjustment=OuterRef("pk")).exclude(item__state__in=LOST)
    settled = Adjustment.objects.filter(settles=OuterRef("pk"))
    found = Adjustment.objects.filter(settles=None)
    found = found.annotate(left_fen=F("amount_fen") + _added(settled, "settles") - _added(taken, "adjustment"))
    return found.exclude(left_fen=0)


def got_for(grant: Grant) -> dict[str, int]:
    """Month → what arrived for it, with what was already found to be owed either way."""
    lines = PaymentLine.objects.filter(
        item__grant=grant, item__state=PaymentItem.State.PAID, kind=PaymentLine.Kind.REGULAR
    )
    paid = grant.payments.filter(state=PaymentItem.State.PAID).values_list("month", flat=True)
    got = dict.fromkeys(paid, 0)  # a month whose payment was back-pay alone has no other
    got.update(lines.values_list("month").annotate(fen=Sum("amount_fen")))
    for month, fen in grant.adjustments.filter(settles=None).values_list("month").annotate(fen=Sum("amount_fen")):
        got[month] = got.get(month, 0) + fen
    return got


def is_on_its_way(grant: Grant, from_month: str) -> bool:
    waiting = (PaymentItem.State.FROZEN, PaymentItem.State.SENT)
    return grant.payments.filter(month__gte=from_month, state__in=waiting).exists()
