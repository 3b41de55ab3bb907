"""The ledger and the payments tell the same story; whatever is changed in either by SQL is found."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.conservation import flaws_of_ledger, totals_of_ledger
from onewindow.kernel.grants.models import PaymentRun
from onewindow.kernel.grants.tests.tampering import without_triggers
from onewindow.kernel.grants.tests.test_payroll import Finance, answer, finance, grant, line
from onewindow.kernel.staff.actor import SYSTEM
from tests.factories import City

__all__ = ["finance"]


@pytest.fixture
def paid(city: City, finance: Finance) -> PaymentRun:
    """Three payments, one of which came back, closed to the fen; and a draft of what came in since."""
    for amount in (144_000, 99, 70_050):
        grant(city, amount)
    run = finance.sent()
    items = list(run.items.order_by("id"))
    lines = [line(items[0]), line(items[1], state="returned", reason="户名不符"), line(items[2])]
    payroll.close_run(finance.checker, payroll.take_answer(SYSTEM, run, lines=lines))
    grant(city, 5_000)
    finance.draft()
    return PaymentRun.unscoped.get(pk=run.pk)


@contextmanager
def without_guards() -> Iterator[None]:
    """Triggers and checks are gone, as for somebody who owns the database."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DROP INDEX never_paid_twice_for_a_month")
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE grants_transfer DROP CONSTRAINT transfer_is_positive")
            cursor.execute("ALTER TABLE grants_transfer DROP CONSTRAINT transfer_has_two_sides")
            cursor.execute("ALTER TABLE grants_paymentrun DROP CONSTRAINT payer_is_not_maker")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_what_was_paid_closed_and_drafted_is_in_order(paid: PaymentRun) -> None:
    assert list(flaws_of_ledger()) == []
    assert totals_of_ledger() == {"transfers": 4, "paid_fen": 214_050}


def test_every_state_on_the_way_is_in_order(city: City, finance: Finance) -> None:
    grant(city)
    assert list(flaws_of_ledger()) == []
    cancelled = payroll.cancel_run(finance.maker, finance.draft(), reason="重做")
    assert cancelled.state == "cancelled" and list(flaws_of_ledger()) == []
    run = finance.sent()
    assert list(flaws_of_ledger()) == []
    answer(run, state="returned")
    assert list(flaws_of_ledger()) == []


ATTACKS = {
    "a sum in the ledger": ("UPDATE grants_transfer SET amount_fen = 143999 WHERE amount_fen = 144000", "应为144000分"),
    "a side in the ledger": ("UPDATE grants_transfer SET debit = 'x' WHERE amount_fen = 144000", "应为144000分"),
    "a booking is gone": ("DELETE FROM grants_transfer WHERE key LIKE 'paid:%'", "没有记账"),
    "the approval is gone": ("DELETE FROM grants_transfer WHERE key LIKE 'approve:%'", "没有记账"),
    "a booking nobody can explain": (
        "INSERT INTO grants_transfer (key, at, debit, credit, amount_fen, text) VALUES ('x', '2026-01-01', 'me', 'fund:dibao', 1, '')",
        "没有对应的名册",
    ),
    "both sides the same": ("UPDATE grants_transfer SET debit = credit WHERE amount_fen = 144000", "同一账户"),
    "a negative sum": ("UPDATE grants_transfer SET amount_fen = -1 WHERE amount_fen = 144000", "不是正数"),
    "a payment's sum": ("UPDATE grants_paymentitem SET amount_fen = 144001 WHERE amount_fen = 144000", "明细3笔"),
    "a payment's name": ("UPDATE grants_paymentitem SET account_name = '王五' WHERE amount_fen = 99", "摘要不符"),
    "a payment's state": ("UPDATE grants_paymentitem SET state = 'returned' WHERE amount_fen = 144000", "没有记账"),
    "a returned one called paid": ("UPDATE grants_paymentitem SET state = 'paid' WHERE amount_fen = 99", "没有记账"),
    "a run's sum": ("UPDATE grants_paymentrun SET total_fen = total_fen + 1 WHERE state = 'closed'", "名册3笔"),
    "one person for both": ("UPDATE grants_paymentrun SET approved_by_id = drafted_by_id", "同一人"),
    "a draft called closed": ("UPDATE grants_paymentrun SET state = 'closed'", "没有记账"),
    "a payment copied": (
        """INSERT INTO grants_paymentitem (run_id, grant_id, month, attempt, key, amount_fen, account, account_name, state, bank_reason)
        SELECT run_id, grant_id, month, 9, key || ':9', amount_fen, account, account_name, state, bank_reason
        FROM grants_paymentitem WHERE amount_fen = 144000""",
        "已付2次",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_what_somebody_changes_by_sql_is_found(paid: PaymentRun, name: str) -> None:
    attack, words = ATTACKS[name]
    with without_guards(), connection.cursor() as cursor:
        cursor.execute(attack)
        assert cursor.rowcount > 0
        found = "\n".join(flaws_of_ledger())
    assert words in found
