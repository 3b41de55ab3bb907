"""A bank's statement against our payments, to the fen."""

import json
from pathlib import Path
from typing import Any

import pytest

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.models import PaymentRun
from onewindow.kernel.grants.statement import read_statement, reconcile
from onewindow.kernel.grants.tests.test_payroll import Finance, answer, finance, grant, line
from onewindow.kernel.staff.actor import SYSTEM
from tests.factories import City

__all__ = ["finance"]


def statement(run: PaymentRun, **other: Any) -> list[dict[str, Any]]:
    return [line(item, **other) for item in run.items.order_by("id")]


def what(found: dict[str, Any]) -> list[str]:
    return [each["what"] for each in found["differences"]]


def test_a_statement_settles_what_was_never_answered_and_again_changes_nothing(city: City, finance: Finance) -> None:
    grant(city), grant(city)
    run = finance.sent()
    told = statement(run)
    assert reconcile(SYSTEM, told) == {"lines": 2, "runs": 1, "settled": 2, "differences": []}
    assert reconcile(SYSTEM, told)["settled"] == 0
    run.refresh_from_db()
    assert payroll.close_run(finance.checker, run).state == "closed"
    assert reconcile(SYSTEM, told)["differences"] == []


@pytest.mark.parametrize("off", [-1, 1])
def test_a_fen_more_or_less_is_named_and_keeps_the_month_open(city: City, finance: Finance, off: int) -> None:
    grant(city, 100_000)
    run = finance.sent()
    assert what(reconcile(SYSTEM, statement(run, amount_fen=100_000 + off)))[0].endswith(
        f"我方100000分，银行{100_000 + off}分"
    )
    run.refresh_from_db()
    with pytest.raises(Refused, match="不能关账"):
        payroll.close_run(finance.checker, run)


def test_what_is_missing_foreign_double_or_otherwise_is_named(city: City, finance: Finance) -> None:
    grant(city), grant(city)
    run = answer(finance.sent())
    first, second = statement(run)
    payroll.close_run(finance.checker, run)
    assert "对账单没有这一笔" in what(reconcile(SYSTEM, [first]))[0]
    assert what(reconcile(SYSTEM, [first, second, {**first, "key": "other"}])) == ["我方没有这一笔"]
    assert what(reconcile(SYSTEM, [first, second, first])) == ["对账单有2笔"]
    assert "我方已到账，银行退票" in what(reconcile(SYSTEM, [first, {**second, "state": "returned"}]))[0]


def test_what_the_bank_paid_before_it_was_sent_is_named(city: City, finance: Finance) -> None:
    grant(city)
    assert "我方尚未发送" in what(reconcile(SYSTEM, statement(finance.draft())))[0]


def test_statements_are_read_as_json_lines_and_as_csv(tmp_path: Path) -> None:
    row = {"payment_key": "k:1", "amount_fen": 5, "state": "paid", "name": "张三"}
    told = [{"key": "k:1", "amount_fen": 5, "state": "paid", "reason": ""}]
    book = tmp_path / "book.jsonl"
    book.write_text(json.dumps(row) + "\n" + json.dumps({"file_id": "f", "keys": ["k:1"]}) + "\n")
    table = tmp_path / "book.csv"
    table.write_text("\ufeffpayment_key,amount_fen,state\nk:1,5,paid\n", encoding="utf-8")
    assert read_statement(book) == read_statement(table) == told
    for bad in ("payment_key,amount_fen,state\nk:1,5.0,paid\n", "payment_key,amount_fen,state\nk:1,5,gone\n"):
        table.write_text(bad)
        with pytest.raises(Refused, match="第1笔"):
            read_statement(table)
