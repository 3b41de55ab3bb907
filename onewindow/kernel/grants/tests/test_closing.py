"""A month is closed over a report, when nothing differs; what comes after opens it again."""

import pytest
from django.db import DatabaseError, connection, transaction

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.cases.actions import working
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.closing import close_month, close_of, report_of
from onewindow.kernel.grants.models import MonthClose
from onewindow.kernel.grants.tests.test_payroll import MONTH, Finance, answer, finance, grant
from tests.factories import City

__all__ = ["finance"]


def close(finance: Finance) -> MonthClose:
    return close_month(finance.checker, finance.place, month=MONTH, digest=report_of(finance.place, MONTH).digest)


def test_a_month_without_a_difference_is_closed_over_its_report(city: City, finance: Finance) -> None:
    grant(city, 100_000), grant(city, 50_000)
    run = finance.sent()
    with pytest.raises(Refused, match="尚未关账"):
        close(finance)
    payroll.close_run(finance.checker, answer(run))
    made = close(finance)
    assert (made.report["count"], made.report["paid_fen"], made.report["returned_fen"]) == (2, 150_000, 0)
    assert close_of(finance.place, MONTH) == made
    with pytest.raises(Refused, match="已关账"):
        close(finance)


def test_what_came_back_keeps_the_month_open_until_it_is_paid_or_ended(city: City, finance: Finance) -> None:
    held = grant(city, 100_000)
    payroll.close_run(finance.checker, answer(finance.sent(), state="returned", reason="账号户名不符"))
    with pytest.raises(Refused, match="1笔退票的账户尚未更正"):
        close(finance)
    record = {"account": "621700009999999", "account_name": held.pay_to_name}
    work = held.case.runs.get(step_code="fix_account")
    working.finish_step(city.staff("street_window"), work, outcome="done", record=record)
    with pytest.raises(Refused, match="1笔应发未发"):
        close(finance)
    payroll.close_run(finance.checker, answer(finance.sent()))
    made = close(finance)
    assert (made.report["paid_fen"], made.report["returned_fen"]) == (100_000, 100_000)


def test_the_report_that_is_confirmed_is_the_one_on_the_screen(city: City, finance: Finance) -> None:
    grant(city)
    payroll.close_run(finance.checker, answer(finance.sent()))
    seen = report_of(finance.place, MONTH).digest
    grant(city)
    payroll.close_run(finance.checker, answer(finance.sent()))
    with pytest.raises(Refused, match="已有变化"):
        close_month(finance.checker, finance.place, month=MONTH, digest=seen)


def test_a_later_run_opens_the_month_again(city: City, finance: Finance) -> None:
    grant(city)
    payroll.close_run(finance.checker, answer(finance.sent()))
    close(finance)
    grant(city)
    run = finance.sent()
    assert close_of(finance.place, MONTH) is None
    payroll.close_run(finance.checker, answer(run))
    assert close(finance).serial == 2


def test_the_checker_closes_and_nobody_rewrites_it(city: City, finance: Finance) -> None:
    grant(city)
    payroll.close_run(finance.checker, answer(finance.sent()))
    digest = report_of(finance.place, MONTH).digest
    for stranger in (finance.maker, city.staff("street_chief"), city.resident()):
        with pytest.raises(NotAllowed):
            close_month(stranger, finance.place, month=MONTH, digest=digest)
    close(finance)
    for attack in ("UPDATE grants_monthclose SET digest = ''", "DELETE FROM grants_monthclose"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)
