"""挂账: what the bank says it did and we can't book. It is on an account of its own, and off it when the bank has put it right."""

from typing import Any

from django.utils import timezone

from onewindow.kernel.grants.ledger import book
from onewindow.kernel.grants.models import PaymentRun, Suspense
from onewindow.kernel.grants.months import yuan


def suspend(run: PaymentRun, kind: Suspense.Kind, lines: list[Any], found: list[Any], digest: str) -> None:
    """The same again is no second entry; another answer takes the place of the one before."""
    if run.suspenses.filter(digest=digest).exists():
        return
    free(run, "另有新的回盘")
    claimed = sum(each["amount_fen"] for each in lines if each["state"] == "paid")
    text = f"{kind.label}：银行称已付{yuan(claimed)}元，{len(found)}处不符，整份未入账，已再次向银行查询。"
    made = Suspense.objects.create(run=run, digest=digest, kind=kind, claimed_fen=claimed, text=text)
    if claimed:
        book(f"suspense:{made.pk}", f"suspense:{run.benefit}", f"owed:{run.file_id}", claimed, "银行回盘不符，挂账")


def free(run: PaymentRun, how: str) -> None:
    for each in run.suspenses.filter(freed_at=None):
        if each.claimed_fen:
            book(f"freed:{each.pk}", f"owed:{run.file_id}", f"suspense:{run.benefit}", each.claimed_fen, "挂账销记")
        each.freed_at, each.how = timezone.now(), how
        each.save(update_fields=["freed_at", "how"])
