"""Nothing beyond the budget, also with forty clerks at once; what came back is free again."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.grants import funds, payroll
from onewindow.kernel.grants.conservation import flaws_of_ledger
from onewindow.kernel.grants.models import Fund, FundEntry
from onewindow.kernel.grants.tests.test_payroll import Finance, answer, finance, grant, relief
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM
from tests.factories import CITY, HEPING, NANKAI, QUANYECHANG, City

__all__ = ["finance"]


def a_fund(fen: int, code: str = "dibao", place: str = HEPING, kind: str = "budget") -> Fund:
    at = Place.objects.get(pk=place)
    fund = funds.open_fund(SYSTEM, at, code=code, name="示例资金", kind=kind, year=2026, is_example=True)
    return funds.add_budget(SYSTEM, fund, amount_fen=fen, document="示例文件1号")


def sums(fund: Fund) -> tuple[int, int, int]:
    now = Fund.unscoped.get(pk=fund.pk)
    assert funds.sums_of_entries(now) == {
        "budget_fen": now.budget_fen, "committed_fen": now.committed_fen, "spent_fen": now.spent_fen,
    }  # fmt: skip
    return now.budget_fen, now.committed_fen, now.spent_fen


def test_an_approval_commits_and_what_arrives_is_spent(city: City, finance: Finance) -> None:
    fund = a_fund(200_000)
    grant(city, 120_000), grant(city, 70_000)
    run = finance.sent()
    assert sums(fund) == (200_000, 190_000, 0)
    first, second = run.items.order_by("id")
    lines = [
        {"key": first.key, "amount_fen": first.amount_fen, "state": "paid"},
        {"key": second.key, "amount_fen": second.amount_fen, "state": "returned", "reason": "销户"},
    ]
    payroll.take_answer(SYSTEM, payroll.take_answer(SYSTEM, run, lines=lines), lines=lines)
    assert sums(fund) == (200_000, 0, 120_000) and list(flaws_of_ledger()) == []


def test_a_run_beyond_the_budget_is_not_approved(city: City, finance: Finance) -> None:
    fund = a_fund(144_000)
    grant(city, 144_001)
    run = finance.draft()
    with pytest.raises(Refused, match="余额"):
        payroll.approve_run(finance.checker, run, digest=run.digest)
    assert sums(fund) == (144_000, 0, 0)
    funds.add_budget(finance.maker, fund, amount_fen=1, document="追加1分")
    payroll.approve_run(finance.checker, run, digest=run.digest)
    with pytest.raises(Refused, match="余额"):
        funds.add_budget(finance.maker, fund, amount_fen=-1, document="调减")
    assert sums(fund) == (144_001, 144_001, 0)


def test_relief_is_committed_with_the_decision(city: City, finance: Finance) -> None:
    fund = a_fund(150_000, code=funds.code_of("emergency_relief"), place=QUANYECHANG, kind="reserve")
    held = relief(city, 100_000)
    assert held.fund == fund and sums(fund) == (150_000, 100_000, 0)
    with pytest.raises(Refused, match=r"余额500\.00元"):
        relief(city, 50_001)


def test_the_nearest_fund_pays(city: City) -> None:
    far, near = a_fund(1, place=CITY), a_fund(1, place=QUANYECHANG, kind="reserve")
    assert funds.fund_for("dibao", QUANYECHANG, 2026) == near
    assert funds.fund_for("dibao", NANKAI, 2026) == far and funds.fund_for("dibao", NANKAI, 2027) is None


def test_finance_of_another_district_and_everybody_else_move_nothing(city: City, finance: Finance) -> None:
    fund = a_fund(1)
    for stranger in (
        Finance(city, NANKAI).maker, finance.checker, city.resident(), city.staff("street_chief"), city.staff("street_window"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            funds.add_budget(stranger, fund, amount_fen=1, document="无权")
        with pytest.raises(NotAllowed):
            funds.open_fund(stranger, finance.place, code="dibao", name="x", kind="budget", year=2027)
    assert not Fund.objects.seen_by(Finance(city, NANKAI).maker).exists()


def test_the_database_itself_keeps_the_budget(city: City) -> None:
    fund = a_fund(100)
    for change in ({"committed_fen": 101}, {"spent_fen": F("budget_fen") + 1}, {"committed_fen": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Fund.unscoped.filter(pk=fund.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_forty_clerks_at_once_spend_no_more_than_there_is(city: City) -> None:
    fund = a_fund(1_000)
    barrier, outcomes = threading.Barrier(40), []

    def commit(n: int) -> None:
        barrier.wait()
        try:
            with transaction.atomic():
                funds.move(fund, funds.Kind.COMMIT, 60, f"clerk:{n}", "示例")
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=commit, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] * 16 + ["refused"] * 24
    assert sums(fund) == (1_000, 960, 0) and FundEntry.objects.filter(kind="commit").count() == 16


def test_what_is_told_twice_moves_once(city: City, finance: Finance) -> None:
    fund = a_fund(10**6)
    grant(city, 100_000)
    answer(answer(finance.sent()))
    assert sums(fund) == (10**6, 0, 100_000)


def test_where_no_fund_is_set_up_nothing_is_spent(city: City, finance: Finance, settings: Any) -> None:
    settings.FUND_REQUIRED = True
    grant(city, 100_000)
    run = finance.draft()
    with pytest.raises(Refused, match="没有设立2026年的资金"):
        payroll.approve_run(finance.checker, run, digest=run.digest)
    with pytest.raises(Refused, match="没有设立2026年的资金"):
        relief(city, 50_000)
    settings.FUND_REQUIRED = False  # said by the city: ONEWINDOW_SPEND_WITHOUT_FUND=1
    assert payroll.approve_run(finance.checker, run, digest=run.digest).fund is None


def test_the_next_fund_takes_over_where_the_nearest_does_not_reach(city: City, finance: Finance, settings: Any) -> None:
    settings.FUND_REQUIRED = True
    street = a_fund(80_000, "temporary_aid", QUANYECHANG, "reserve")
    district = a_fund(50_000, "temporary_aid", HEPING, "lottery")
    given = a_fund(60_000, "temporary_aid", CITY, "donation")
    assert [relief(city, 50_000).fund for _ in range(3)] == [street, district, given]
    with pytest.raises(Refused, match=r"余额300\.00元"):
        relief(city, 50_000)
    assert relief(city, 30_000).fund == street
    assert [sums(each)[1] for each in (street, district, given)] == [80_000, 50_000, 50_000]
