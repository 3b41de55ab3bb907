"""The checker closes a month on its page, over the report that is shown there."""

from onewindow.kernel.cases.tests.conftest import adapters, city
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.models import MonthClose
from onewindow.kernel.grants.tests.test_payroll import MONTH, Finance, answer, finance, grant, relief
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.web.tests.test_fund_pages import shown, signed_in
from tests.factories import City

__all__ = ["adapters", "city", "finance"]
PATH = f"/desk/payments/month?month={MONTH}"


def test_a_month_is_closed_on_its_page_without_a_difference_only(city: City, finance: Finance) -> None:
    grant(city, 120_000)
    run = finance.sent()
    checker, maker = signed_in(finance.checker), signed_in(finance.maker)
    open_ = shown(checker, PATH)
    assert "尚未关账" in open_ and "按此报告关账" not in open_
    payroll.close_run(finance.checker, answer(run))
    page = shown(checker, PATH)
    assert "可以关账" in page and "1,200.00" in page and "按此报告关账" not in shown(maker, PATH)
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    assert maker.post(PATH, {"month": MONTH, "digest": digest}).status_code == 403
    checker.post(PATH, {"month": MONTH, "digest": "another"})
    assert not MonthClose.objects.exists()
    checker.post(PATH, {"month": MONTH, "digest": digest})
    assert MonthClose.objects.get().digest == digest
    assert "已关账" in shown(checker, PATH)
    assert signed_in(city.staff("street_chief")).get(PATH).status_code == 403


def test_finance_sees_what_stands_in_suspense_and_what_goes_by_orders(city: City, finance: Finance) -> None:
    grant(city, 120_000), grant(city, 50_000)
    run = finance.sent()
    first = run.items.order_by("id").first()
    assert first is not None
    payroll.take_answer(SYSTEM, run, lines=[{"key": first.key, "amount_fen": first.amount_fen, "state": "paid"}])
    page = shown(signed_in(finance.checker), f"/desk/payments/{run.public_id}")
    assert "挂账" in page and "银行称已付1,200.00元" in page and "逐笔实时支付" not in page
    relief(city, 50_000)
    urgent = payroll.draft_run(finance.maker, finance.place, benefit="emergency_relief", month="2026-11")
    assert "逐笔实时支付" in shown(signed_in(finance.checker), f"/desk/payments/{urgent.public_id}")
