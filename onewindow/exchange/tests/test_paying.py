"""A month's money through a real bank process, whose own book is the oracle."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from onewindow.exchange.models import PaymentOrder, Received, RejectedMessage
from onewindow.exchange.paying import ask_for_lost_results, file_of
from onewindow.exchange.protocol.messages import payment_digest
from onewindow.exchange.simulators import book
from onewindow.exchange.tests.conftest import COMMUNITY, World, a_person
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.models import Case, Decision, StepRun
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.grants.awarding import work_done
from onewindow.kernel.grants.conservation import flaws_of_ledger
from onewindow.kernel.grants.ledger import balance
from onewindow.kernel.grants.models import Grant, PaymentItem, PaymentRun
from onewindow.kernel.grants.payroll import approve_run, close_run, draft_run
from onewindow.kernel.grants.tests.tampering import without_triggers
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor, HeldPost

MONTH, DISTRICT = "2026-12", "120103000000"
ACCOUNTS = {"张三": "6222000000000001", "李四": "6222000000000004", "王五": "6222000000000005"}


@pytest.fixture
def people() -> list[dict[str, Any]]:
    return [
        {"id_number": f"12010319800101{n}", "name": name, "accounts": [{"account": account, "balance_fen": 0}]}
        for n, (name, account) in enumerate(ACCOUNTS.items())
    ]


def a_grant(name: str, sequence: int, amount_fen: int, account: str) -> Grant:
    person = a_person(name, "19700101", sequence)
    common = {"place_id": COMMUNITY[:9] + "000"}
    case = Case.unscoped.create(
        matter_code="dibao", matter_version="t", number=f"N{sequence}", applicant=person, channel="phone", state="approved", **common
    )  # fmt: skip
    run = StepRun.unscoped.create(
        case=case, step_code="decide", started_at=timezone.now(), sort_on="2026-12-01", **common
    )
    decision = Decision.objects.create(
        case=case, run=run, is_approval=True, decided_by=person, decided_on="2026-11-20", amount_fen=amount_fen
    )
    return Grant.unscoped.create(
        case=case, decision=decision, benefit="dibao", holder=person, every="month", amount_fen=amount_fen,
        from_month=MONTH, pay_to=account, pay_to_name=name, **common,
    )  # fmt: skip


@pytest.fixture
def checker(places: None) -> Actor:
    return Actor(person=a_person("复核", "19690101", 998), posts=(HeldPost("district_finance_checker", DISTRICT),))


@pytest.fixture
def maker(places: None) -> Actor:
    return Actor(person=a_person("制单", "19680101", 999), posts=(HeldPost("district_finance", DISTRICT),))


@pytest.fixture
def run(places: None, checker: Actor, maker: Actor) -> PaymentRun:
    """Three grants, one to an account whose name is another; drafted by one, approved by another."""
    for n, (name, account) in enumerate(ACCOUNTS.items(), 995):
        a_grant("王武" if name == "王五" else name, n, 100_000 + n, account)
    run = draft_run(maker, Place.objects.get(pk=DISTRICT), benefit="dibao", month=MONTH)
    return approve_run(checker, run, digest=run.digest)


def booked(world: World) -> list[dict[str, Any]]:
    return book.booked(world.book)


def state(run: PaymentRun) -> str:
    run.refresh_from_db()
    return run.state


def agrees_with_the_banks_book(world: World, run: PaymentRun) -> None:
    """To the fen: what the bank booked, what the run says, what the ledger holds."""
    paid = {e["payment_key"]: e["amount_fen"] for e in booked(world) if e["state"] == "paid"}
    assert len(booked(world)) == 3
    items = run.items.filter(state=PaymentItem.State.PAID)
    assert paid == {item.key: item.amount_fen for item in items}
    assert (balance("paid:dibao"), balance(f"owed:{run.file_id}")) == (sum(paid.values()), 0)


def test_the_file_carries_the_digest_that_was_approved(run) -> None:
    file = file_of(run)
    assert file.digest == run.digest == payment_digest(file)
    assert file.total_fen == sum(line.amount_fen for line in file.lines) == run.total_fen


def test_a_month_is_paid_answered_and_closed(world: World, run, checker) -> None:
    world.work()
    world.wait(lambda: state(run) == "answered")
    agrees_with_the_banks_book(world, run)
    returned = run.items.get(state=PaymentItem.State.RETURNED)
    assert (returned.account_name, returned.bank_reason) == ("王武", "账号户名不符")
    assert returned.grant.case.runs.filter(step_code="fix_account", ended_at=None).exists()
    assert close_run(checker, run).state == "closed"


@pytest.mark.parametrize("mode", ["lost", "500"])
def test_before_it_is_sent_again_the_bank_is_asked(world: World, run, mode: str) -> None:
    world.mode("bank", mode)
    world.work()
    assert state(run) == "sent" and OutMessage.objects.filter(channel="payment", sent_at=None).exists()
    world.mode("bank", "normal")
    world.wait(lambda: world.work() == 0 and state(run) in ("sent", "answered"))
    PaymentOrder.objects.update(asked_at=timezone.now() - timedelta(minutes=3))
    world.wait(lambda: ask_for_lost_results() >= 0 and state(run) == "answered")
    agrees_with_the_banks_book(world, run)


def test_a_result_that_never_came_is_asked_for(world: World, run) -> None:
    world.mode("bank", "never")
    world.work()
    assert ask_for_lost_results() == 0
    world.wait(
        lambda: (
            PaymentOrder.objects.update(asked_at="2026-01-01T00:00Z")
            and ask_for_lost_results()
            and state(run) == "answered"
        )
    )
    agrees_with_the_banks_book(world, run)
    assert Received.objects.get().url.endswith(run.file_id)


def test_told_twice_is_booked_once(world: World, run) -> None:
    world.mode("bank", "twice")
    world.work()
    world.wait(lambda: Received.objects.count() == 2)
    agrees_with_the_banks_book(world, run)


def test_the_worker_run_again_sends_nothing_twice(world: World, run) -> None:
    for _ in range(3):
        OutMessage.objects.filter(channel="payment").update(sent_at=None)
        PaymentRun.unscoped.filter(pk=run.pk).update(state="sent" if state(run) != "approved" else "approved")
        world.work()
    world.wait(lambda: state(run) == "answered")
    agrees_with_the_banks_book(world, run)


@pytest.mark.parametrize(
    ("mode", "kind"), [("lying", "mismatch"), ("partial", "partial"), ("wrong_total", "wrong_total")]
)
def test_a_wrong_result_stands_in_suspense_until_the_bank_puts_it_right(
    world: World, run, checker, mode: str, kind: str
) -> None:
    world.mode("bank", mode)
    world.work()
    world.wait(lambda: run.suspenses.exists())
    held = run.suspenses.get()
    assert (held.kind, state(run)) == (kind, "sent") and run.differences
    assert balance("suspense:dibao") == held.claimed_fen > 0 and balance("paid:dibao") == 0
    assert RejectedMessage.objects.filter(reason="wrong_request").exists(), "the bank hears of it"
    with pytest.raises(Refused):
        close_run(checker, run)
    world.mode("bank", "normal")
    PaymentOrder.objects.update(asked_at=timezone.now() - timedelta(minutes=3))
    world.wait(lambda: ask_for_lost_results() >= 0 and state(run) == "answered")
    held.refresh_from_db()
    assert held.freed_at and balance("suspense:dibao") == 0 and not run.differences
    agrees_with_the_banks_book(world, run)
    assert list(flaws_of_ledger()) == [] and close_run(checker, run).state == "closed"


def test_the_order_of_the_lines_is_the_banks(world: World, run) -> None:
    world.mode("bank", "out_of_order")
    world.work()
    world.wait(lambda: state(run) == "answered")
    agrees_with_the_banks_book(world, run)


def test_what_came_back_is_work_for_the_street_and_goes_again_with_the_corrected_account(
    world: World, run, checker, maker, monkeypatch
) -> None:
    monkeypatch.setattr(ports, "on_work_done", work_done)
    world.mode("bank", "returned")
    world.work()
    world.wait(lambda: state(run) == "answered")
    assert run.items.filter(state="returned").count() == 3 and balance("paid:dibao") == 0
    work = StepRun.unscoped.filter(step_code="fix_account", ended_at=None)
    assert work.count() == 3 and {each.due_on for each in work} == {add_working_days(today(), 5).on}
    clerk = Actor(person=checker.person, posts=(HeldPost("street_window", COMMUNITY[:9] + "000"),))
    for each in work:
        record = {"account": ACCOUNTS["张三"], "account_name": "张三"}
        working.finish_step(clerk, each, outcome="done", record=record)
    world.mode("bank", "normal")
    again = draft_run(maker, Place.objects.get(pk=DISTRICT), benefit="dibao", month=MONTH)
    assert (again.serial, again.count) == (2, 3)
    approve_run(checker, again, digest=again.digest)
    world.work()
    world.wait(lambda: state(again) == "answered")
    paid = [each for each in booked(world) if each["state"] == "paid"]
    assert sum(each["amount_fen"] for each in paid) == balance("paid:dibao") == again.total_fen
    assert list(flaws_of_ledger()) == []


@pytest.fixture
def relief(places: None, checker: Actor, maker: Actor) -> PaymentRun:
    """Two persons whose relief is paid once, by single orders; one of them names a wrong account holder."""
    for n, (name, account) in enumerate(ACCOUNTS.items(), 995):
        once = a_grant("王武" if name == "王五" else name, n, 50_000 + n, account)
        Grant.unscoped.filter(pk=once.pk).update(benefit="emergency_relief", every="once", until_month=MONTH)
    run = draft_run(maker, Place.objects.get(pk=DISTRICT), benefit="emergency_relief", month=MONTH)
    return approve_run(checker, run, digest=run.digest)


def agrees_by_orders(world: World, run: PaymentRun) -> None:
    book_, ours = booked(world), run.items.values_list("key", "amount_fen", "state")
    assert sorted((e["payment_key"], e["amount_fen"], e["state"]) for e in book_) == sorted(ours)
    paid = sum(e["amount_fen"] for e in book_ if e["state"] == "paid")
    assert (balance("paid:emergency_relief"), balance(f"owed:{run.file_id}")) == (paid, 0)
    assert list(flaws_of_ledger()) == []


def test_relief_is_paid_at_once_by_single_orders(world: World, relief, checker) -> None:
    world.work()
    assert state(relief) == "answered" and len(booked(world)) == 3
    assert relief.items.get(state="returned").bank_reason == "账号户名不符"
    agrees_by_orders(world, relief)
    assert close_run(checker, relief).state == "closed"


@pytest.mark.parametrize("mode", ["lost", "late", "500", "lying"])
def test_an_order_without_the_banks_word_is_asked_after_before_anything_is_sent_again(
    world: World, relief, mode: str
) -> None:
    world.mode("bank", mode)
    world.work()
    assert state(relief) == "sent" and relief.items.filter(state="sent").exists()
    log = world.mode("bank", "normal")["log"]
    world.work()
    assert world.mode("bank", "normal")["log"] == log, "a fresh order is left alone: its answer may be on its way"
    PaymentItem.objects.exclude(asked_at=None).update(asked_at=timezone.now() - timedelta(minutes=3))
    world.work()
    assert state(relief) == "answered"
    agrees_by_orders(world, relief)
    ordered = [line for line in world.mode("bank", "normal")["log"] if line.startswith("order")]
    assert len(ordered) == len(set(ordered)) == 3, "what the bank has is not sent again"


@pytest.mark.parametrize(("mode", "reason"), [("forged", "bad_signature"), ("truncated", "bad_digest")])
def test_a_false_result_is_refused(world: World, run, mode: str, reason: str) -> None:
    world.mode("bank", mode)
    world.work()
    world.wait(lambda: RejectedMessage.objects.exists())
    assert RejectedMessage.objects.first().reason == reason and state(run) == "sent"


def test_a_run_changed_after_approval_is_not_sent(world: World, run) -> None:
    with without_triggers():
        PaymentItem.objects.filter(pk=run.items.first().pk).update(amount_fen=1)
    world.work()
    assert state(run) == "approved" and not PaymentOrder.objects.exists() and booked(world) == []
