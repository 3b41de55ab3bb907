"""Real partner processes over HTTP, in each of their moods."""

from datetime import timedelta

import pytest

from onewindow.exchange.asking import complete_by_letter, mark_late_queries
from onewindow.exchange.models import Answer, Query, Received, RejectedMessage
from onewindow.exchange.report import report_of
from onewindow.exchange.tests.conftest import World, begin_check
from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.outbox.models import OutMessage

State = Query.State


def states() -> set[str]:
    return set(Query.unscoped.values_list("state", flat=True))


def is_over(case) -> bool:
    return StepRun.unscoped.get(case=case, step_code="means_check").ended_at is not None


def test_all_answer_and_the_case_goes_on(world: World, case) -> None:
    begin_check(case)
    assert world.work() >= 4
    world.wait(lambda: is_over(case))
    report = report_of(case)
    assert (report.conclusion, report.missing) == ("consistent", [])
    assert states() == {State.ANSWERED} and Query.unscoped.filter(sent_at=None).count() == 0
    assert StepRun.unscoped.filter(case=case, step_code="home_visit").exists()


def test_a_lying_bank_and_register_contradict_the_declaration(world: World, case) -> None:
    world.mode("bank", "lying")
    world.mode("real_estate", "lying")
    begin_check(case)
    world.work()
    world.wait(lambda: is_over(case))
    report = report_of(case)
    assert report.conclusion == "inconsistent"
    assert {row.fact: row.severity for row in report.differences} == {
        "monetary_property": "alert",
        "home_count": "alert",
    }


def test_a_late_bank_is_replaced_by_a_letter_and_may_still_answer(world: World, case, officer) -> None:
    world.mode("bank", "late")
    begin_check(case)
    world.work()
    world.wait(lambda: Query.unscoped.filter(state=State.ANSWERED).count() == 2)
    due = Query.unscoped.filter(partner__code="bank").first().due_on
    assert mark_late_queries(due + timedelta(days=1)) == 2
    assert report_of(case).conclusion == "cannot_conclude"
    by_letter = Query.unscoped.filter(state=State.LATE).first()
    complete_by_letter(officer, by_letter, amount=15_000_00, reason="津银函1号，2026-11-20，逾期未答复")
    assert not is_over(case)
    world.mode("bank", "normal")
    world.wait(lambda: is_over(case))
    world.wait(lambda: Received.objects.filter(partner__code="bank").count() == 2)
    assert states() == {State.ANSWERED, State.LETTER} and report_of(case).missing == []


def test_a_silent_bank_leaves_a_named_gap(world: World, case) -> None:
    world.mode("bank", "never")
    begin_check(case)
    world.work()
    world.wait(lambda: Answer.objects.count() == 2)
    assert not is_over(case)
    assert len(report_of(case).missing) == 2


@pytest.mark.parametrize("mode", ["500", "lost"])
def test_a_bank_that_is_down_is_asked_again_until_it_is_up(world: World, case, mode: str) -> None:
    world.mode("bank", mode)
    begin_check(case)
    world.work()
    assert OutMessage.objects.filter(channel="query", sent_at=None, attempts=1).count() == 2
    world.mode("bank", "normal")
    world.work()
    world.wait(lambda: is_over(case))
    assert set(Query.unscoped.filter(partner__code="bank").values_list("attempts", flat=True)) == {2}


def test_said_twice_is_taken_once(world: World, case) -> None:
    world.mode("bank", "twice")
    begin_check(case)
    world.work()
    world.wait(lambda: Received.objects.filter(partner__code="bank").count() == 4)
    assert Answer.objects.filter(query__partner__code="bank").count() == 2


@pytest.mark.parametrize(
    ("mode", "reason"), [("forged", "bad_signature"), ("truncated", "bad_digest"), ("wrong_person", "wrong_person")]
)
def test_what_is_false_is_refused_with_its_reason(world: World, case, mode: str, reason: str) -> None:
    world.mode("bank", mode)
    begin_check(case)
    world.work()
    world.wait(lambda: RejectedMessage.objects.count() >= 2)
    assert set(RejectedMessage.objects.values_list("partner", "reason")) == {("bank", reason)}
    assert not Answer.objects.filter(query__partner__code="bank").exists() and not is_over(case)


def test_sending_twice_asks_once(world: World, case) -> None:
    begin_check(case)
    world.work()
    world.wait(lambda: is_over(case))
    OutMessage.objects.update(sent_at=None)
    Query.unscoped.update(sent_at=None, state=State.QUEUED)
    world.work()
    world.wait(lambda: Received.objects.count() == 8)
    assert Answer.objects.count() == 4
