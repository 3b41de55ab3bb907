"""Funds for finance and leaders: every figure leads to its entries, every entry to the decision or the run it is from."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.kernel.cases.tests.conftest import adapters, city
from onewindow.kernel.grants.models import Fund
from onewindow.kernel.grants.tests.test_funds import a_fund
from onewindow.kernel.grants.tests.test_payroll import Finance, answer, finance, grant, relief
from onewindow.kernel.staff.actor import Actor
from tests.factories import CITY, HEPING, NANKAI, QUANYECHANG, City

__all__ = ["adapters", "city", "finance"]


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.account is not None
    client.force_login(actor.account)
    return client


def shown(client: Client, path: str) -> str:
    answered = client.get(path)
    assert answered.status_code == 200, path
    return answered.content.decode()


def test_each_figure_leads_to_its_entries_and_each_entry_to_its_run(city: City, finance: Finance) -> None:
    fund = a_fund(1_000_000)
    grant(city, 120_000)
    run = answer(finance.sent())
    maker = signed_in(finance.maker)
    page = shown(maker, "/desk/funds/?year=2026")
    assert "10,000.00" in page and "1,200.00" in page and "8,800.00" in page and "示例" in page
    here = f"/desk/funds/{fund.public_id}"
    assert f"{here}?figure=spent" in page
    spent = shown(maker, f"{here}?figure=spent")
    assert f"/desk/payments/{run.public_id}" in spent and "占用</td>" not in spent
    committed = shown(maker, f"{here}?figure=committed")
    assert committed.count(run.file_id) >= 2 and "−" in committed, "spending takes from what was committed"
    assert "示例文件1号" in shown(maker, f"{here}?figure=budget")


def test_relief_leads_to_the_case_for_whoever_may_open_it(city: City, finance: Finance) -> None:
    fund = a_fund(100_000, "temporary_aid", QUANYECHANG, "reserve")
    case = relief(city, 50_000).case
    path = f"/desk/funds/{fund.public_id}?figure=committed"
    assert f"/desk/cases/{case.public_id}" in shown(signed_in(city.staff("street_chief")), path)
    assert f"/desk/cases/{case.public_id}" not in shown(signed_in(finance.checker), path)


@pytest.mark.parametrize(
    ("post", "place", "sees"),
    [
        ("city_leader", CITY, True), ("district_chief", HEPING, True), ("district_finance", NANKAI, False),
        ("street_chief", QUANYECHANG, False), ("street_officer", QUANYECHANG, None), ("street_window", QUANYECHANG, None),
    ],
)  # fmt: skip
def test_who_sees_a_districts_fund(city: City, post: str, place: str, sees: bool | None) -> None:
    fund = a_fund(100_000)
    client = signed_in(city.staff(post, place))
    assert client.get(f"/desk/funds/{fund.public_id}").status_code == {True: 200, False: 404, None: 403}[sees]
    assert client.get("/desk/funds/").status_code == (403 if sees is None else 200)


def test_finance_opens_a_fund_and_gives_it_a_budget(city: City, finance: Finance) -> None:
    maker = signed_in(finance.maker)
    told: dict[str, Any] = {"name": "低保资金", "code": "dibao", "kind": "budget", "year": "2026"}
    assert maker.post("/desk/funds/", told).status_code == 302
    fund = Fund.unscoped.get(code="dibao")
    again = maker.post("/desk/funds/", told)
    assert again.status_code == 200 and "已设立" in again.content.decode() and "低保资金" in again.content.decode()
    path = f"/desk/funds/{fund.public_id}/budget"
    assert maker.post(path, {"amount_fen": "1000", "document": "预算1号"}).status_code == 302
    less = maker.post(path, {"amount_fen": "1000.01", "document": "调减1号", "less": "on"})
    assert "余额" in less.content.decode() and "调减1号" in less.content.decode(), "what was typed stays"
    assert Fund.unscoped.get(pk=fund.pk).budget_fen == 100_000
    leader = signed_in(city.staff("city_leader", CITY))
    assert leader.post(path, {"amount_fen": "1", "document": "没有权限"}).status_code == 403
    assert "下达或调整预算" not in shown(leader, f"/desk/funds/{fund.public_id}")
    assert Fund.unscoped.get(pk=fund.pk).budget_fen == 100_000


@pytest.mark.parametrize("path", ["/desk/funds/?year=2026", "/desk/funds/{}"])
def test_the_number_of_questions_does_not_grow(city: City, finance: Finance, path: str) -> None:
    fund = a_fund(10_000_000, "temporary_aid", QUANYECHANG, "reserve")
    maker, path = signed_in(city.staff("district_chief", HEPING)), path.format(fund.public_id)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            shown(maker, path)
        return len(seen)

    relief(city, 50_000)
    shown(maker, path)
    few = asked()
    for _ in range(8):
        relief(city, 50_000)
    assert asked() == few <= 12
