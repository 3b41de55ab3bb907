"""What somebody with a connection to the database tries on payments that were frozen, approved, settled. On both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from onewindow.kernel.grants import funds, payroll
from onewindow.kernel.grants.models import PaymentRun
from onewindow.kernel.grants.tests.test_payroll import Finance, answer, finance, grant
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM
from tests.factories import HEPING, City

__all__ = ["finance"]
COPY = """INSERT INTO grants_paymentitem
    (run_id, grant_id, month, attempt, {key}, amount_fen, account, account_name, state, bank_reason)
    SELECT run_id, grant_id, '2030-01', 9, 'added', 1, account, account_name, 'frozen', '' FROM grants_paymentitem"""
ATTACKS = {
    "a sum": "UPDATE grants_paymentitem SET amount_fen = amount_fen + 1",
    "an account": "UPDATE grants_paymentitem SET account = 'x'",
    "a name": "UPDATE grants_paymentitem SET account_name = '王五'",
    "a month": "UPDATE grants_paymentitem SET month = '2031-01'",
    "a key": "UPDATE grants_paymentitem SET {key} = 'other'",
    "paid again": "UPDATE grants_paymentitem SET state = 'frozen'",
    "called returned": "UPDATE grants_paymentitem SET state = 'returned'",
    "a payment is gone": "DELETE FROM grants_paymentitem",
    "a payment is added": COPY,
    "a run's sum": "UPDATE grants_paymentrun SET total_fen = total_fen + 1",
    "a run's count": "UPDATE grants_paymentrun SET count = count + 1",
    "a run's digest": "UPDATE grants_paymentrun SET digest = 'x'",
    "another approver": "UPDATE grants_paymentrun SET approved_by_id = drafted_by_id",
    "no approver": "UPDATE grants_paymentrun SET approved_by_id = NULL",
    "another maker": "UPDATE grants_paymentrun SET drafted_by_id = NULL",
    "a closed run opened": "UPDATE grants_paymentrun SET state = 'draft'",
    "a run is gone": "DELETE FROM grants_paymentrun",
    "a booking changed": "UPDATE grants_transfer SET amount_fen = 1",
    "a booking gone": "DELETE FROM grants_transfer",
    "a line changed": "UPDATE grants_paymentline SET amount_fen = 1",
    "a line gone": "DELETE FROM grants_paymentline",
    "the budget's entries": "UPDATE grants_fundentry SET amount_fen = 1",
    "unbalanced": "INSERT INTO grants_transfer ({key}, at, debit, credit, amount_fen, text) VALUES ('n', '2026-01-01', 'a', 'b', -5, '')",
    "one side": "INSERT INTO grants_transfer ({key}, at, debit, credit, amount_fen, text) VALUES ('n', '2026-01-01', 'a', 'a', 5, '')",
}  # fmt: skip
SQLITE_ONLY = {
    "replace a booking": """INSERT OR REPLACE INTO grants_transfer (id, {key}, at, debit, credit, amount_fen, text)
        SELECT id, {key}, at, debit, credit, 1, text FROM grants_transfer""",
    "replace a run": "REPLACE INTO grants_paymentrun SELECT * FROM grants_paymentrun",
}
POSTGRESQL_ONLY = {
    "empty the ledger": "TRUNCATE grants_transfer CASCADE",
    "empty the payments": "TRUNCATE grants_paymentitem CASCADE",
    "empty the runs": "TRUNCATE grants_paymentrun CASCADE",
}


def close(city: City, finance: Finance) -> PaymentRun:
    fund_entry(city)
    grant(city)
    return payroll.close_run(finance.checker, answer(finance.sent()))


def fund_entry(city: City) -> None:
    place = Place.objects.get(pk=HEPING)
    fund = funds.open_fund(SYSTEM, place, code="dibao", name="低保资金", kind="budget", year=2026)
    funds.add_budget(SYSTEM, fund, amount_fen=10**9, document="示例文件")


def refused(attack: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack.replace("{key}", connection.ops.quote_name("key")))


@pytest.mark.parametrize("name", ATTACKS)
def test_a_closed_month_can_not_be_rewritten_by_sql(city: City, finance: Finance, name: str) -> None:
    close(city, finance)
    refused(ATTACKS[name])


def test_nor_in_the_ways_that_only_this_database_has(city: City, finance: Finance) -> None:
    close(city, finance)
    for attack in (POSTGRESQL_ONLY if connection.vendor == "postgresql" else SQLITE_ONLY).values():
        refused(attack)
