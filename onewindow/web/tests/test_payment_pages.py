"""What was paid, why this sum, what changed since last time: for the receiver; and what the approver sees before approving."""

import pytest
from django.test import Client

from onewindow.kernel.cases.tests.conftest import adapters, city
from onewindow.kernel.grants import changing, payroll
from onewindow.kernel.grants.ledger import balance
from onewindow.kernel.grants.tests.test_changing import pay, raised
from onewindow.kernel.grants.tests.test_payroll import Finance, finance, grant
from onewindow.kernel.people.models import Account
from onewindow.kernel.staff.actor import Actor
from tests.factories import HEPING, City

__all__ = ["adapters", "balance", "city", "finance"]


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.account is not None
    client.force_login(actor.account)
    return client


def test_a_receiver_reads_each_part_and_what_changed(city: City, finance: Finance) -> None:
    held = grant(city, 100_000)
    other = city.resident()
    pay(finance, "2026-12"), pay(finance, "2027-01")
    raised(city.staff("district_chief", HEPING), held, "2027-01", 120_000)
    mine = signed_in(Actor(account=Account.objects.get(person=held.holder)))
    assert "少发的200.00元将随下一次发放" in mine.get("/me/payments").content.decode()
    pay(finance, "2027-02")
    page = mine.get("/me/payments").content.decode()
    assert "补发2027-01（标准提高，自2027-01起调整）：200.00元" in page
    assert "比上次（2027-01）多400.00元" in page and "本次含补发" in page and "与上次相同" in page
    theirs = signed_in(other).get("/me/payments").content.decode()
    assert "还没有发放记录" in theirs and "标准提高" not in theirs


def test_a_receiver_reads_what_is_still_to_be_given_back(city: City, finance: Finance) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12"), pay(finance, "2027-01")
    changing.end_grant(city.staff("district_chief", HEPING), held, last_month="2026-12", reason="收入超过标准")
    mine = signed_in(Actor(account=Account.objects.get(person=held.holder)))
    assert "多发的款项还有1,000.00元" in mine.get("/me/payments").content.decode()


@pytest.mark.parametrize("rows", [3, 12])
def test_the_approver_sees_differences_with_their_reasons(city: City, finance: Finance, rows: int) -> None:
    held = [grant(city, 100_000) for _ in range(rows)]
    pay(finance, "2026-12")
    chief = city.staff("district_chief", HEPING)
    raised(chief, held[0], "2027-01", 120_000)
    changing.pause(chief, held[1], from_month="2027-01", reason="逾期未报告")
    held[2].holder.died_on = "2026-12-03"
    held[2].holder.save()
    new = grant(city, 50_000)
    run = payroll.draft_run(finance.maker, finance.place, benefit="dibao", month="2027-01")
    page = signed_in(finance.checker).get(f"/desk/payments/{run.public_id}").content.decode()
    for words in ("标准提高", "逾期未报告", "领取人已去世", "登记显示已去世", "上月没有发放"):
        assert words in page, words
    kinds = sorted(run.findings.values_list("kind", "grant_id"))
    assert kinds == sorted(
        [("changed", held[0].pk), ("gone", held[1].pk), ("gone", held[2].pk), ("dead", held[2].pk), ("paused", held[1].pk), ("new", new.pk)]
    )  # fmt: skip


def test_two_people_with_one_account_and_an_odd_sum_are_pointed_out(city: City, finance: Finance) -> None:
    held = [grant(city, 100_000) for _ in range(10)]
    odd = grant(city, 900_000)
    for each in held[:2]:
        each.pay_to = "6217000000009999"
        each.save(update_fields=["pay_to"])
    run = finance.draft()
    assert set(run.findings.filter(kind="same_account").values_list("grant_id", flat=True)) == {
        each.pk for each in held[:2]
    }
    assert run.findings.get(kind="outlier").grant_id == odd.pk
