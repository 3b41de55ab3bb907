"""
Does the ledger say what the payments say? Added up anew by the database (conservation.sql): a booking that is missing,
that nobody can explain, or that has another sum or side is a flaw; so is a file that is not the one that was approved.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.db.models import Sum

from onewindow.kernel.grants.models import PaymentRun, Transfer
from onewindow.kernel.grants.payroll import digest_of

SQL = Path(__file__).with_suffix(".sql")


def questions() -> Iterator[tuple[str, str]]:
    """The words on what is found, and the question."""
    _, common, *parts = SQL.read_text(encoding="utf-8").split("--! ")
    beginning = common.partition("\n")[2]
    for part in parts:
        words, _, question = part.partition("\n")
        yield words, beginning + question


def flaws_of_ledger() -> Iterator[str]:
    with connection.cursor() as cursor:
        for words, question in questions():
            cursor.execute(question)
            yield from (words.format(*row) for row in cursor.fetchall())
    approved = PaymentRun.unscoped.exclude(state__in=[PaymentRun.State.DRAFT, PaymentRun.State.CANCELLED])
    for run in approved.order_by("id").iterator():
        if digest_of(run) != run.digest:
            yield f"{run.file_id}：内容与复核时的摘要不符"


def totals_of_ledger() -> dict[str, int]:
    paid = Transfer.objects.filter(debit__startswith="paid:").aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return {"transfers": Transfer.objects.count(), "paid_fen": paid}
