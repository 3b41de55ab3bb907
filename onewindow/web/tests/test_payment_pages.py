"""What was paid, why this sum, what changed since last time: for the receiver; and what the approver sees before approving."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from pypdf import PdfReader

from onewindow.kernel.audit.acting import NotAllowed
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.cases.tests.conftest import adapters, city
from onewindow.kernel.grants import changing, payroll
from onewindow.kernel.grants.certifying import certify_payments
from onewindow.kernel.grants.ledger import balance
from onewindow.kernel.grants.tests.test_changing import pay, raised
from onewindow.kernel.grants.tests.test_payroll import Finance, finance, grant
from onewindow.kernel.papers.models import Letter
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


def test_a_receiver_takes_a_certificate_of_the_year_that_anybody_can_check(city: City, finance: Finance) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12"), pay(finance, "2027-01")
    mine = signed_in(Actor(account=Account.objects.get(person=held.holder)))
    assert "2027年" in mine.get("/me/payments").content.decode()
    told = mine.post("/me/payments/certificate", {"year": "2026"}, follow=True)
    pdf = b"".join(told.streaming_content) if told.streaming else told.content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace(" ", "")
    assert "救助金发放证明" in text and "1,000.00" in text and "共1笔" in text and "2027年1月" not in text
    letter = Letter.unscoped.get(kind="statement")
    page = Client().get("/check", {"code": letter.check_code}).content.decode()
    assert "救助金发放证明" in page and held.holder.name not in page
    mine.post("/me/payments/certificate", {"year": "2026"})
    assert Letter.unscoped.filter(kind="statement").count() == 1


def test_a_year_without_payments_and_a_year_that_is_none_are_refused_in_words(city: City, finance: Finance) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12")
    mine = signed_in(Actor(account=Account.objects.get(person=held.holder)))
    for year, words in (("2019", "2019年没有已到账的救助金"), ("今年", "请选择一个年份"), ("", "请选择一个年份")):
        told = mine.post("/me/payments/certificate", {"year": year}, follow=True).content.decode()
        assert words in told
    assert not Letter.unscoped.filter(kind="statement").exists()
    with pytest.raises(NotAllowed):
        certify_payments(finance.maker, held.holder, year=2026)


def test_a_run_is_taken_along_as_a_workbook_in_which_nothing_is_a_formula(city: City, finance: Finance) -> None:
    held = grant(city, 100_050)
    held.pay_to_name = "=HYPERLINK(A1)"
    held.save(update_fields=["pay_to_name"])
    run = finance.draft()
    address = f"/desk/payments/{run.public_id}/list.xlsx"
    sheet = openpyxl.load_workbook(BytesIO(signed_in(finance.maker).get(address).content)).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [rows[0][1].value, rows[0][3].value] == ["=HYPERLINK(A1)", 1000.5]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    assert held.pay_to[-4:] in rows[0][2].value and held.pay_to not in rows[0][2].value
    assert AuditLine.objects.filter(action="payroll.export", actor_person=finance.maker.person_id).count() == 1
    assert signed_in(city.staff("window", HEPING)).get(address).status_code in (403, 404)
