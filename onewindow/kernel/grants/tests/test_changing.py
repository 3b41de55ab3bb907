"""A grant's life: another sum, suspended, resumed, ended; what was paid otherwise comes back as lines, never by overwriting."""

import pytest
from django.db import DatabaseError, connection, transaction

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.grants import changing, payroll
from onewindow.kernel.grants.ledger import balance
from onewindow.kernel.grants.models import Adjustment, Grant, PaymentRun
from onewindow.kernel.grants.standing import outstanding, owed_in
from onewindow.kernel.grants.tests.test_payroll import Finance, answer, finance, grant
from onewindow.kernel.staff.actor import SYSTEM, Actor
from tests.factories import HEPING, NANKAI, City

__all__ = ["finance"]


@pytest.fixture
def chief(city: City) -> Actor:
    return city.staff("district_chief", HEPING)


def pay(finance: Finance, month: str) -> PaymentRun:
    run = payroll.draft_run(finance.maker, finance.place, benefit="dibao", month=month)
    payroll.approve_run(finance.checker, run, digest=run.digest)
    return payroll.close_run(finance.checker, answer(payroll.mark_sent(SYSTEM, run)))


def parts(run: PaymentRun) -> list[tuple[str, str, int]]:
    return [(line.kind, line.month, line.amount_fen) for line in run.items.get().lines.order_by("id")]


def raised(chief: Actor, held: Grant, month: str, fen: int) -> None:
    changing.change_amount(chief, held, from_month=month, amount_fen=fen, reason="标准提高", law_version="law-2")


def test_another_sum_from_a_month_on_leaves_earlier_months_as_they_were(
    city: City, finance: Finance, chief: Actor
) -> None:
    held = grant(city, 100_000)
    raised(chief, held, "2027-02", 120_000)
    assert [owed_in(held, month) for month in ("2026-11", "2026-12", "2027-01", "2027-02", "2028-01")] == [
        0, 100_000, 100_000, 120_000, 120_000,
    ]  # fmt: skip
    held.refresh_from_db()
    assert held.amount_fen == 100_000


def test_a_rise_for_months_already_paid_is_paid_with_the_next(city: City, finance: Finance, chief: Actor) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12"), pay(finance, "2027-01")
    raised(chief, held, "2026-12", 120_000)
    assert parts(pay(finance, "2027-02")) == [
        ("regular", "2027-02", 120_000), ("back_pay", "2026-12", 20_000), ("back_pay", "2027-01", 20_000),
    ]  # fmt: skip
    assert parts(pay(finance, "2027-03")) == [("regular", "2027-03", 120_000)]
    assert balance("paid:dibao") == 4 * 120_000 and not outstanding().exists()


def test_what_was_paid_too_much_is_kept_back_in_parts(city: City, finance: Finance, chief: Actor) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12")
    raised(chief, held, "2026-12", 50_000)
    assert parts(pay(finance, "2027-01")) == [("regular", "2027-01", 50_000), ("recovery", "2026-12", -15_000)]
    for month in ("2027-02", "2027-03", "2027-04", "2027-05"):
        pay(finance, month)
    assert balance("paid:dibao") == 6 * 50_000 and not outstanding().exists()


def test_a_returned_payment_gives_back_what_it_carried(city: City, finance: Finance, chief: Actor) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12")
    raised(chief, held, "2026-12", 120_000)
    run = payroll.draft_run(finance.maker, finance.place, benefit="dibao", month="2027-01")
    payroll.approve_run(finance.checker, run, digest=run.digest)
    assert not outstanding().exists()
    answer(payroll.mark_sent(SYSTEM, run), state="returned", reason="销户")
    assert [each.left_fen for each in outstanding()] == [20_000]  # type: ignore[attr-defined]


def test_suspended_months_are_not_paid_and_resuming_earlier_makes_them_due(
    city: City, finance: Finance, chief: Actor
) -> None:
    held = grant(city, 100_000)
    changing.pause(chief, held, from_month="2026-12", reason="逾期未报告")
    with pytest.raises(Refused, match="没有需要发放"):
        pay(finance, "2026-12")
    with pytest.raises(Refused, match="已在暂停"):
        changing.pause(chief, held, from_month="2027-01", reason="再停一次")
    changing.resume(chief, held, from_month="2026-12", reason="已补报，原因成立")
    assert parts(pay(finance, "2026-12")) == [("regular", "2026-12", 100_000)]


def test_an_end_in_the_past_is_recovered_and_can_be_paid_back(city: City, finance: Finance, chief: Actor) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12"), pay(finance, "2027-01")
    changing.end_grant(chief, held, last_month="2026-12", reason="收入超过标准")
    owed = Adjustment.objects.get()
    assert (owed.month, owed.amount_fen) == ("2027-01", -100_000)
    with pytest.raises(Refused, match="没有需要发放"):
        pay(finance, "2027-02")
    with pytest.raises(Refused, match=r"1,000\.00元之间"):
        changing.take_back(finance.maker, held, adjustment=owed.pk, amount_fen=100_001, reason="银行转账退回")
    changing.take_back(finance.maker, held, adjustment=owed.pk, amount_fen=60_000, reason="银行转账退回")
    changing.waive(chief, held, adjustment=owed.pk, amount_fen=40_000, reason="工作失误多发")
    assert not outstanding().exists()
    assert balance("fund:dibao") == -140_000 and changing.make_up(held, "再算一次", "", SYSTEM) == []


def test_nothing_is_changed_under_a_payment_on_its_way(city: City, finance: Finance, chief: Actor) -> None:
    held = grant(city)
    finance.sent()
    with pytest.raises(Refused, match="正在发放"):
        raised(chief, held, "2026-12", 1)
    with pytest.raises(Refused, match="正在发放"):
        changing.pause(chief, held, from_month="2026-12", reason="逾期未报告")


def test_strangers_change_nothing(city: City, finance: Finance) -> None:
    held = grant(city)
    strangers = (
        city.resident(), city.staff("street_window"), city.staff("district_chief", NANKAI), finance.maker, finance.checker,
    )  # fmt: skip
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            raised(stranger, held, "2027-01", 1)
        with pytest.raises(NotAllowed):
            changing.pause(stranger, held, from_month="2027-01", reason="无权")
        with pytest.raises(NotAllowed):
            changing.end_grant(stranger, held, last_month="2027-01", reason="无权")
    for stranger in (*strangers[:3], finance.checker):
        with pytest.raises(NotAllowed):
            changing.take_back(stranger, held, adjustment=1, amount_fen=1, reason="无权")


def test_what_was_written_of_a_grants_life_stays(city: City, finance: Finance, chief: Actor) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12")
    raised(chief, held, "2026-12", 120_000)
    changing.pause(chief, held, from_month="2027-02", reason="逾期未报告")
    for table in ("grantamount", "grantturn", "adjustment", "paymentline"):
        for attack in ("DELETE FROM grants_" + table, "UPDATE grants_" + table + " SET id = id + 1000"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(attack)
