"""What comes due by itself."""

from datetime import date

import pytest
import time_machine

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.grants import awarding, payroll, sweeping
from onewindow.kernel.grants.models import Adjustment, Grant
from onewindow.kernel.grants.tests.test_changing import pay
from onewindow.kernel.grants.tests.test_payroll import Finance, answer, finance, grant
from tests.factories import City

__all__ = ["finance"]
REVIEW_MONTHS = 12


def dies(held: Grant, on: str) -> None:
    held.holder.died_on = date.fromisoformat(on)
    held.holder.save()


def test_a_death_ends_the_grant_and_what_went_out_later_is_asked_back(city: City, finance: Finance) -> None:
    held = grant(city, 100_000)
    pay(finance, "2026-12"), pay(finance, "2027-01")
    dies(held, "2026-12-20")
    assert (sweeping.end_grants_of_the_dead(), sweeping.end_grants_of_the_dead()) == (1, 0)
    held.refresh_from_db()
    assert held.until_month == "2026-12"
    assert [(each.month, each.amount_fen) for each in Adjustment.objects.all()] == [("2027-01", -100_000)]


def test_a_payment_on_its_way_at_the_death_is_asked_back_when_it_arrives(city: City, finance: Finance) -> None:
    held = grant(city, 100_000)
    run = finance.sent()
    dies(held, "2026-11-25")
    sweeping.end_grants_of_the_dead()
    assert not Adjustment.objects.exists() and sweeping.recover_what_arrived_after_the_end() == 0
    answer(run)
    assert (sweeping.recover_what_arrived_after_the_end(), sweeping.recover_what_arrived_after_the_end()) == (1, 0)
    assert Adjustment.objects.get().amount_fen == -100_000


@pytest.fixture
def reviewed(city: City, finance: Finance) -> StepRun:
    ports.on_work_done = awarding.work_done
    held = grant(city)
    with time_machine.travel("2027-11-30T04:00Z", tick=False):
        assert sweeping.open_reviews() == 0
    with time_machine.travel("2027-12-01T04:00Z", tick=False):
        assert (sweeping.open_reviews(), sweeping.open_reviews()) == (1, 0)
    run: StepRun = held.case.runs.get(step_code="review_grant")
    return run


def test_a_review_opens_by_itself_as_work_with_a_clock(reviewed: StepRun) -> None:
    assert reviewed.post == "street_officer" and reviewed.due_on is not None
    assert reviewed.case.events.filter(code="review_opened").exists()


def test_a_review_that_changes_nothing_is_due_again_a_year_later(city: City, reviewed: StepRun) -> None:
    with time_machine.travel("2027-12-10T04:00Z", tick=False):
        working.finish_step(city.staff("street_officer"), reviewed, outcome="keep", record={"reason": "情况未变"})
    assert Grant.unscoped.get(case=reviewed.case).turns.get().kind == "review"
    for day, opened in (("2028-11-30T04:00Z", 0), ("2028-12-01T04:00Z", 1)):
        with time_machine.travel(day, tick=False):
            assert sweeping.open_reviews() == opened


def test_a_stop_takes_two_people(city: City, finance: Finance, reviewed: StepRun) -> None:
    officer, chief = city.staff("street_officer"), city.staff("street_chief")
    both = city.staff("street_chief", person=officer.person)
    with time_machine.travel("2027-12-10T04:00Z", tick=False):
        working.finish_step(officer, reviewed, outcome="propose_stop", record={"reason": "收入超过标准"})
        run = reviewed.case.runs.get(step_code="confirm_stop")
        with pytest.raises(NotAllowed):
            working.finish_step(city.staff("street_window"), run, outcome="stop", reason="同意")
        with pytest.raises(Refused, match="不能再由您"):
            working.finish_step(both, run, outcome="stop", reason="同意")
        working.finish_step(chief, run, outcome="stop", reason="收入超过标准")
    assert Grant.unscoped.get(case=reviewed.case).until_month == "2027-12"
    with pytest.raises(Refused, match="没有需要发放"):
        payroll.draft_run(finance.maker, finance.place, benefit="dibao", month="2028-01")
