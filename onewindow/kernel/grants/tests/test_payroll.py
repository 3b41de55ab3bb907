import threading
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.grants import awarding, payroll
from onewindow.kernel.grants.ledger import balance, book
from onewindow.kernel.grants.models import Grant, PaymentItem, PaymentRun, Transfer
from onewindow.kernel.grants.months import month_after
from onewindow.kernel.grants.scope import FINANCE
from onewindow.kernel.grants.tests.tampering import without_triggers
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM, Actor
from tests.factories import HEPING, NANKAI, City, open_run

MONTH = "2026-12"


class Finance:
    def __init__(self, city: City, district: str = HEPING) -> None:
        self.maker, self.checker = (city.staff(post, district) for post in FINANCE)
        self.place = Place.objects.get(pk=district)

    def draft(self) -> PaymentRun:
        return payroll.draft_run(self.maker, self.place, benefit="dibao", month=MONTH)

    def sent(self) -> PaymentRun:
        run = self.draft()
        payroll.approve_run(self.checker, run, digest=run.digest)
        return payroll.mark_sent(SYSTEM, run)


def relief(city: City, amount_fen: int) -> Grant:
    return grant(city, amount_fen, "emergency_relief")


def grant(city: City, amount_fen: int = 144_000, matter: str = "dibao") -> Grant:
    """What a decision leaves behind, without the way to it."""
    holder: Actor = city.resident()
    case = city.submitted(holder)
    case.matter_code = matter
    run = open_run(case)
    decision = case.decisions.create(
        run=run, is_approval=True, decided_by=holder.person, decided_on=date(2026, 11, 20), amount_fen=amount_fen
    )
    awarding.award(case, decision)
    return Grant.unscoped.get(case=case)


def line(item: PaymentItem, **other: Any) -> dict[str, Any]:
    return {"key": item.key, "amount_fen": item.amount_fen, "state": "paid", **other}


def answer(run: PaymentRun, **other: Any) -> PaymentRun:
    return payroll.take_answer(SYSTEM, run, lines=[line(item, **other) for item in run.items.order_by("id")])


@pytest.fixture
def finance(city: City) -> Finance:
    ports.on_approved, ports.on_work_done = awarding.award, awarding.payment_corrected
    return Finance(city)


def test_a_monthly_grant_is_paid_from_the_month_after_the_decision(city: City, finance: Finance) -> None:
    assert grant(city).from_month == MONTH
    assert month_after("2026-12") == "2027-01"
    with pytest.raises(Refused, match="没有需要发放"):
        payroll.draft_run(finance.maker, finance.place, benefit="dibao", month="2026-11")


def test_a_run_freezes_count_total_and_digest(city: City, finance: Finance) -> None:
    grant(city, 144_001), grant(city, 99)
    run = finance.draft()
    assert (run.count, run.total_fen, run.serial) == (2, 144_100, 1)
    assert run.digest == payroll.digest_of(run)


def test_a_second_draft_pays_nobody_twice(city: City, finance: Finance) -> None:
    grant(city)
    finance.draft()
    with pytest.raises(Refused, match="没有需要发放"):
        finance.draft()
    assert PaymentItem.objects.count() == 1


def test_the_database_itself_refuses_a_second_payment_for_a_month(city: City, finance: Finance) -> None:
    grant(city)
    item = finance.draft().items.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentItem.objects.create(
            run=item.run, grant=item.grant, month=MONTH, attempt=2, key="another", amount_fen=1, account="1",
            account_name="x",
        )  # fmt: skip


def test_maker_does_not_approve_and_strangers_do_nothing(city: City, finance: Finance) -> None:
    grant(city)
    run = finance.draft()
    both = city.staff("district_finance_checker", HEPING, person=finance.maker.person)
    with pytest.raises(Refused, match="不能复核自己"):
        payroll.approve_run(both, run, digest=run.digest)
    for stranger in (Finance(city, NANKAI).checker, city.staff("street_chief"), city.resident()):
        with pytest.raises(NotAllowed):
            payroll.approve_run(stranger, run, digest=run.digest)
    assert not PaymentRun.objects.seen_by(Finance(city, NANKAI).maker).exists()


def test_what_is_approved_is_what_was_on_the_screen(city: City, finance: Finance) -> None:
    grant(city)
    run = finance.draft()
    with without_triggers():
        PaymentItem.objects.filter(run=run).update(amount_fen=1)
    with pytest.raises(Refused, match="不一致"):
        payroll.approve_run(finance.checker, run, digest=run.digest)
    assert not Transfer.objects.exists() and not OutMessage.objects.filter(channel="payment").exists()


def test_a_run_changed_after_approval_is_not_sent(city: City, finance: Finance) -> None:
    grant(city)
    run = finance.draft()
    payroll.approve_run(finance.checker, run, digest=run.digest)
    with without_triggers():
        PaymentItem.objects.filter(run=run).update(account="999999999999")
    with pytest.raises(Refused, match="停止发送"):
        payroll.mark_sent(SYSTEM, run)


def test_a_paid_month_balances_to_the_fen_and_closes(city: City, finance: Finance) -> None:
    grant(city, 144_001), grant(city, 99)
    run = answer(finance.sent())
    assert balance(f"owed:{run.file_id}") == 0 and balance("paid:dibao") == 144_100
    assert balance("fund:dibao") == -144_100
    assert payroll.close_run(finance.checker, run).state == PaymentRun.State.CLOSED


def test_the_same_answer_twice_books_once(city: City, finance: Finance) -> None:
    grant(city)
    run = answer(answer(finance.sent()))
    assert Transfer.objects.filter(key__startswith="paid:").count() == 1
    assert run.differences == []


@pytest.mark.parametrize(
    "lie",
    [{"amount_fen": 143_999}, {"amount_fen": 144_001}, {"key": "unknown:2026-12:1"}],
    ids=["less", "more", "foreign"],
)
def test_an_answer_that_differs_stops_the_close(city: City, finance: Finance, lie: dict[str, Any]) -> None:
    grant(city)
    run = answer(finance.sent(), **lie)
    assert run.differences and run.items.get().state == PaymentItem.State.SENT
    with pytest.raises(Refused, match="不能关账"):
        payroll.close_run(finance.checker, run)
    assert balance("paid:dibao") == 0


def test_a_large_month_is_answered_in_as_many_statements_as_a_small_one(city: City, finance: Finance) -> None:
    """Two come back in each, which is work for two cases; the first run also asks what is then known."""
    asked = []
    for count in (3, 3, 9):
        for n in range(count):
            grant(city, 100_00 + n)
        run = finance.sent()
        lines = [line(item) for item in run.items.order_by("id")]
        for each, reason in zip(lines, ("户名不符", "账户已销"), strict=False):
            each |= {"state": "returned", "reason": reason}
        with CaptureQueriesContext(connection) as queries:
            payroll.take_answer(SYSTEM, run, lines=lines)
        asked.append(len(queries))
        states = list(run.items.order_by("id").values_list("state", "bank_reason"))
        assert states == [("returned", "户名不符"), ("returned", "账户已销"), *[("paid", "")] * (count - 2)]
    assert asked[1] == asked[2]


def test_an_answer_with_a_line_missing_stops_the_close(city: City, finance: Finance) -> None:
    grant(city), grant(city)
    run = finance.sent()
    first = run.items.order_by("id").first()
    assert first is not None
    run = payroll.take_answer(SYSTEM, run, lines=[line(first)])
    assert [each["what"] for each in run.differences] == ["银行没有答复"]


def test_a_bank_that_changes_its_word_stops_the_close(city: City, finance: Finance) -> None:
    grant(city)
    run = answer(answer(finance.sent()), state="returned", reason="后来又说退票")
    assert "先后答复不一" in run.differences[0]["what"]
    assert run.items.get().state == PaymentItem.State.PAID


def test_a_returned_payment_becomes_work_and_is_paid_again_once(city: City, finance: Finance) -> None:
    held = grant(city)
    run = answer(finance.sent(), state="returned", reason="账号户名不符")
    assert balance(f"owed:{run.file_id}") == 0 and balance("fund:dibao") == 0
    with pytest.raises(Refused, match="没有需要发放"):
        finance.draft()
    clerk, work = city.staff("street_window"), held.case.runs.get(step_code="fix_account")
    assert work.post == "street_window" and work.due_on is not None
    record = {"account": "621700009999999", "account_name": held.pay_to_name}
    working.finish_step(clerk, work, outcome="done", record=record)
    again = finance.draft()
    item = again.items.get()
    assert (again.serial, item.attempt, item.account) == (2, 2, "621700009999999")
    payroll.approve_run(finance.checker, again, digest=again.digest)
    answer(payroll.mark_sent(SYSTEM, again))
    assert balance("paid:dibao") == held.amount_fen
    assert Case.unscoped.get(pk=held.case_id).events.filter(code="paid").count() == 1


def test_the_dead_are_not_paid(city: City, finance: Finance) -> None:
    held = grant(city)
    held.holder.died_on = "2026-11-01"
    held.holder.save()
    with pytest.raises(Refused, match="没有需要发放"):
        finance.draft()


def test_the_ledger_can_not_be_rewritten_or_booked_otherwise(db: None) -> None:
    book("k", "a", "b", 100, "x")
    book("k", "a", "b", 100, "x")
    assert Transfer.objects.count() == 1
    with pytest.raises(ValueError, match="booked before"):
        book("k", "a", "b", 101, "x")
    for attack in (
        "UPDATE grants_transfer SET amount_fen = 1",
        "DELETE FROM grants_transfer",
        "INSERT INTO grants_transfer (key, at, debit, credit, amount_fen, text) VALUES ('n', '2026-01-01', 'a', 'a', 1, '')",
        "INSERT INTO grants_transfer (key, at, debit, credit, amount_fen, text) VALUES ('n', '2026-01-01', 'a', 'b', 0, '')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_draft_one_run(city: City, finance: Finance) -> None:
    grant(city)
    barrier, outcomes = threading.Barrier(4), []

    def draft() -> None:
        barrier.wait()
        try:
            outcomes.append(finance.draft().count)
        except (Refused, IntegrityError):
            outcomes.append(0)
        finally:
            connection.close()

    threads = [threading.Thread(target=draft) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [0, 0, 0, 1]
    assert PaymentItem.objects.count() == 1
