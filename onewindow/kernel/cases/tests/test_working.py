from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.audit.scoped import UnscopedRead
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.actions import applying, disputing, working
from onewindow.kernel.cases.clock import case_remaining
from onewindow.kernel.cases.models import Case, Decision, StepRun
from onewindow.kernel.cases.tests.conftest import Adapters
from onewindow.kernel.catalog import matter_named
from onewindow.kernel.people.models import Kinship
from onewindow.kernel.staff.actor import NOBODY, SYSTEM, Actor
from tests.factories import HEPING, NANKAI_STREET, City, number_of, open_run, visit


class Street:
    """Everybody at one street office."""

    def __init__(self, city: City) -> None:
        self.clerk, self.chief = city.staff("street_window"), city.staff("street_chief")
        self.officer, self.second = city.staff("street_officer"), city.staff("street_officer")

    def visit(self, case: Case) -> Case:
        return working.finish_step(
            self.officer, open_run(case), outcome="done", record=visit(today()), with_number=number_of(self.second)
        )

    def to_opinion(self, case: Case, outcome: str = "propose_grant") -> Case:
        return working.finish_step(self.officer, open_run(case), outcome=outcome, record={"reason": "拟办意见：属实。"})

    def to_decision(self, case: Case) -> Case:
        """Through visit, opinion and a quiet public notice."""
        case = self.to_opinion(self.visit(case))
        with time_machine.travel(today() + timedelta(days=9)):
            disputing.end_public_notices()
        return case


@pytest.fixture
def street(city: City) -> Street:
    return Street(city)


@pytest.fixture
def me(city: City) -> Actor:
    return city.resident()


@pytest.fixture
def case(city: City, street: Street, me: Actor) -> Case:
    return city.accepted(me, street.clerk)


def test_the_window_tells_once_everything_that_is_missing(city: City, street: Street, me: Actor) -> None:
    case = city.submitted(me, serious_disease="yes")
    with pytest.raises(Refused, match="一次性告知"):
        working.finish_step(street.clerk, open_run(case), outcome="accept")
    case = working.finish_step(street.clerk, open_run(case), outcome="supplement")
    notice = case.notices.get()
    assert {item["code"] for item in notice.items} == {
        f"consent:{me.person.public_id.hex}", "paper:serious_disease_record",
    }  # fmt: skip
    assert case.state == Case.State.SUPPLEMENT and notice.letter is not None and not notice.is_fault


def test_a_second_notice_counts_as_a_fault(city: City, street: Street, me: Actor) -> None:
    case = working.finish_step(street.clerk, open_run(city.submitted(me)), outcome="supplement")
    case = applying.submit_case(me, case)
    case = working.finish_step(street.clerk, open_run(case), outcome="supplement")
    assert list(case.notices.order_by("id").values_list("is_fault", flat=True)) == [False, True]


def test_papers_are_not_asked_for_when_nothing_is_missing(city: City, street: Street, me: Actor) -> None:
    case = city.submitted(me)
    applying.give_consent(me, case, person_id=me.person_id)
    with pytest.raises(Refused, match="没有缺少的材料"):
        working.finish_step(street.clerk, open_run(case), outcome="supplement")


def test_acceptance_starts_the_clock_of_the_street(case: Case) -> None:
    assert case.is_delegated and case.limit_working_days == 20
    assert case.due_on == add_working_days(today(), 20).on


@time_machine.travel("2021-08-31T02:00:00Z")
def test_before_the_delegation_the_district_decides_in_thirty_days(city: City, me: Actor) -> None:
    street = Street(city)
    case = city.accepted(me, street.clerk)
    assert not case.is_delegated and case.limit_working_days == 30
    case = street.to_decision(case)
    assert open_run(case).post == "district_chief"


@time_machine.travel("2026-11-23T02:00:00Z")
def test_a_deadline_in_a_year_without_published_holidays_is_provisional(city: City, street: Street, me: Actor) -> None:
    case = city.accepted(me, street.clerk)
    assert not case.due_is_provisional
    disputing.make_special(case)
    assert case.due_on.year == 2027 and case.due_is_provisional


def test_suspended_days_move_the_due_date_and_nothing_else(case: Case, street: Street) -> None:
    before = case.due_on
    working.suspend_case(street.officer, case, kind="hearing", article="行政许可法第四十五条")
    case.refresh_from_db()
    assert case_remaining(case).colour == "paused"
    with time_machine.travel(add_working_days(today(), 4).on):
        working.resume_case(street.officer, case)
    case.refresh_from_db()
    assert case.due_on == add_working_days(before, 4).on
    assert case.suspensions.get().article == "行政许可法第四十五条"


def test_a_suspension_needs_a_reason_and_an_article(case: Case, street: Street) -> None:
    with pytest.raises(Refused, match="条款"):
        working.suspend_case(street.officer, case, kind="hearing", article=" ")
    with pytest.raises(Refused, match="原因"):
        working.suspend_case(street.officer, case, kind="tea", article="第一条")
    assert not case.suspensions.exists()


def test_a_case_is_extended_once_by_a_chief(case: Case, street: Street) -> None:
    before = case.due_on
    with pytest.raises(NotAllowed):
        working.extend_case(street.officer, case, working_days=5, reason="难以核实", article="第二十二条")
    working.extend_case(street.chief, case, working_days=5, reason="难以核实", article="第二十二条")
    case.refresh_from_db()
    assert case.due_on == add_working_days(before, 5).on
    with pytest.raises(Refused, match="只能延期一次"):
        working.extend_case(street.chief, case, working_days=5, reason="难以核实", article="第二十二条")


def test_a_visit_needs_two_different_people(case: Case, street: Street) -> None:
    for number in ("", number_of(street.officer), "不存在"):
        with pytest.raises(Refused):
            working.finish_step(
                street.officer, open_run(case), outcome="done", record=visit(today()), with_number=number
            )
    assert street.visit(case).runs.get(step_code="home_visit").done_with_id == street.second.person_id


def test_a_visit_is_not_in_the_future(case: Case, street: Street) -> None:
    with pytest.raises(Refused) as wrong:
        working.finish_step(
            street.officer, open_run(case), outcome="done", record=visit(today() + timedelta(days=1)),
            with_number=number_of(street.second),
        )  # fmt: skip
    assert wrong.value.errors == {"visited_on": ["调查日期不能晚于今天。"]}  # type: ignore[attr-defined]


def test_maker_is_not_checker_by_person_whatever_the_account(city: City, case: Case, street: Street) -> None:
    case = street.to_decision(case)
    both = city.staff("street_chief", person=street.officer.person)
    with pytest.raises(Refused, match="不同的人"):
        working.finish_step(both, open_run(case), outcome="grant")
    assert not Decision.objects.exists()
    case = working.finish_step(street.chief, open_run(case), outcome="grant")
    assert case.state == Case.State.APPROVED and case.decisions.get().amount_fen == 100_000


def test_a_claimed_step_is_not_finished_by_another(case: Case, street: Street) -> None:
    working.claim_step(street.officer, open_run(case))
    with pytest.raises(Refused, match="认领"):
        working.finish_step(
            street.second, open_run(case), outcome="done", record=visit(today()), with_number=number_of(street.officer)
        )
    with pytest.raises(Refused, match="只有认领人"):
        working.release_step(street.second, open_run(case))
    working.release_step(street.officer, open_run(case))
    assert open_run(case).claimed_by is None


def test_a_step_is_finished_once(case: Case, street: Street) -> None:
    run = open_run(case)
    street.visit(case)
    with pytest.raises(Refused, match="已经办结"):
        working.finish_step(
            street.officer, run, outcome="done", record=visit(today()), with_number=number_of(street.second)
        )


def test_nobody_of_another_street_or_post_can_work_on_it(city: City, case: Case) -> None:
    run = open_run(case)
    for actor in (
        city.staff("street_officer", place=NANKAI_STREET), city.staff("street_window"), city.staff("auditor", HEPING),
        city.resident(), NOBODY,
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            working.finish_step(actor, run, outcome="done", record=visit(today()))


def test_family_of_staff_is_registered_and_visited_by_the_district(city: City, street: Street) -> None:
    me = city.resident()
    Kinship.objects.create(person=me.person, relative=street.chief.person, kind="71")
    case = city.accepted(me, street.clerk)
    assert case.is_relative_of_staff
    case = street.visit(case)
    assert open_run(case).step_code == "district_visit" and open_run(case).post == "district_officer"


def test_staff_stand_aside_for_their_own_family(city: City, street: Street) -> None:
    me = city.resident()
    Kinship.objects.create(person=street.officer.person, relative=me.person, kind="11")
    case = city.accepted(me, street.clerk)
    with pytest.raises(Refused, match="回避"):
        street.visit(case)


def test_an_in_law_is_no_near_relative(city: City, street: Street) -> None:
    me = city.resident()
    Kinship.objects.create(person=me.person, relative=street.chief.person, kind="28")
    assert not city.accepted(me, street.clerk).is_relative_of_staff


def test_a_notice_shows_name_members_and_amount_and_nothing_else(case: Case, street: Street) -> None:
    case = street.to_opinion(street.visit(case))
    notice = case.public_notices.get()
    assert notice.shows == {"name": case.applicant.name, "members": 1, "amount_fen": 100_000}
    assert notice.until_on == today() + timedelta(days=7)


def test_an_objection_leads_to_a_new_investigation_and_a_new_notice(case: Case, street: Street) -> None:
    case = street.to_opinion(street.visit(case))
    disputing.raise_objection(NOBODY, case.public_notices.get(), text="他家在外面还有两套房子出租着")
    case.refresh_from_db()
    assert case.limit_working_days == 45 and open_run(case).step_code == "reinvestigate"
    case = working.finish_step(
        street.officer, open_run(case), outcome="done", with_number=number_of(street.second),
        record=visit(today(), is_upheld="no", answer="经查，房屋不属于该户。"),
    )  # fmt: skip
    assert case.objections.get().is_upheld is False
    street.to_opinion(case)
    assert case.public_notices.count() == 2


def test_a_notice_ends_only_after_its_last_day(case: Case, street: Street) -> None:
    case = street.to_opinion(street.visit(case))
    last = case.public_notices.get().until_on
    with time_machine.travel(last):
        assert disputing.end_public_notices() == 0
    with time_machine.travel(last + timedelta(days=1)):
        assert disputing.end_public_notices() == 1
        assert disputing.end_public_notices() == 0
    assert open_run(case).step_code == "decide"


def test_a_refusal_says_why_and_how_to_fight_it(case: Case, street: Street) -> None:
    case = street.to_opinion(street.visit(case), "propose_refuse")
    with pytest.raises(Refused, match="理由"):
        working.finish_step(street.chief, open_run(case), outcome="refuse")
    case = working.finish_step(street.chief, open_run(case), outcome="refuse", record={"reason": "人均收入高于标准。"})
    letter = case.decisions.get().letter
    assert case.state == Case.State.REJECTED and letter is not None
    assert "人均收入高于标准" in letter.content["reason"] and "60日" in letter.content["remedy"]


def test_what_the_rules_refuse_is_not_granted(case: Case, street: Street, adapters: Adapters) -> None:
    case = street.to_decision(case)
    adapters.is_eligible = False
    with pytest.raises(Refused, match="不符合条件"):
        working.finish_step(street.chief, open_run(case), outcome="grant")
    adapters.problem = "标准未找到来源"
    with pytest.raises(Refused, match="标准未找到来源"):
        working.finish_step(street.chief, open_run(case), outcome="grant")
    assert case.state == Case.State.ACCEPTED and not Decision.objects.exists()


def test_an_appeal_is_a_linked_case_that_can_overturn(city: City, case: Case, street: Street, me: Actor) -> None:
    case = street.to_opinion(street.visit(case), "propose_refuse")
    case = working.finish_step(street.chief, open_run(case), outcome="refuse", record={"reason": "收入高于标准"})
    appeal = disputing.open_appeal(me, case, grounds="收入是去年的，现在已经失业了")
    with pytest.raises(Refused, match="无需重复"):
        disputing.open_appeal(me, case, grounds="收入是去年的，现在已经失业了")
    reviewer, chief = city.staff("district_officer", HEPING), city.staff("district_chief", HEPING)
    appeal = working.finish_step(reviewer, open_run(appeal), outcome="propose_revoke", record={"reason": "确已失业"})
    appeal = working.finish_step(chief, open_run(appeal), outcome="revoke", record={"reason": "确已失业"})
    case.refresh_from_db()
    assert appeal.state == Case.State.COMPLETED and case.state == Case.State.ACCEPTED
    assert case.decisions.get().overturned_at is not None and open_run(case).step_code == "opinion"


def test_an_appeal_after_sixty_days_is_sent_to_the_court(case: Case, street: Street, me: Actor) -> None:
    case = street.to_opinion(street.visit(case), "propose_refuse")
    case = working.finish_step(street.chief, open_run(case), outcome="refuse", record={"reason": "收入高于标准"})
    with time_machine.travel(today() + timedelta(days=61)), pytest.raises(Refused, match="60日"):
        disputing.open_appeal(me, case, grounds="收入是去年的，现在已经失业了")


def test_a_corrected_fact_is_a_new_version_with_its_difference(case: Case, street: Street) -> None:
    working.correct_fact(
        street.officer, case, sheet="household", field="monetary_property", value="5000", reason="核对报告"
    )
    sheet = case.fact_sheets.order_by("-version").first()
    assert sheet is not None and sheet.version == 2
    assert sheet.changes == [{"sheet": "household", "field": "monetary_property", "from": 0, "to": 500_000}]


def test_the_step_waits_for_the_sources_and_then_goes_on_once(city: City, street: Street, adapters: Adapters) -> None:
    adapters.answers_come = True
    case = city.accepted(city.resident(), street.clerk)
    assert open_run(case).step_code == "means_check"
    for _ in range(2):
        working.finish_means_check(SYSTEM, case)
    assert open_run(case).step_code == "home_visit"
    with pytest.raises(NotAllowed):
        working.finish_means_check(street.officer, case)


def test_the_queue_is_of_the_post_and_the_place(city: City, case: Case, street: Street) -> None:
    assert [run.case_id for run in StepRun.objects.seen_by(street.officer)] == [case.pk]
    assert not StepRun.objects.seen_by(street.chief).exists()
    assert not StepRun.objects.seen_by(city.staff("street_officer", place=NANKAI_STREET)).exists()


def test_another_district_never_sees_the_case(city: City, case: Case, street: Street, me: Actor) -> None:
    for actor in (
        city.staff("street_officer", place=NANKAI_STREET), city.staff("district_chief", "120104000000"),
        city.staff("auditor", "120000000000"), city.resident(), NOBODY,
    ):  # fmt: skip
        assert not Case.objects.seen_by(actor).exists()
    for actor in (street.officer, street.clerk, city.staff("district_officer", HEPING), me):
        assert Case.objects.seen_by(actor).exists()


def test_a_window_of_another_street_sees_what_it_took_until_it_is_accepted(city: City, street: Street) -> None:
    far = city.staff("street_window", place=NANKAI_STREET)
    person = city.person()
    case = applying.start_case(far, None, matter=matter_named("dibao"), applicant=person, mandate="本人到场")
    assert Case.objects.seen_by(far).exists()
    Case.unscoped.filter(pk=case.pk).update(state=Case.State.ACCEPTED)
    assert not Case.objects.seen_by(far).exists()


def test_history_can_not_be_rewritten(case: Case) -> None:
    for attack in (
        lambda: case.events.update(text="改了"),
        lambda: case.events.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack()


def test_reading_without_saying_who_reads_is_refused(db: None) -> None:
    with pytest.raises(UnscopedRead):
        Case.objects.all()
    with pytest.raises(UnscopedRead):
        Case.objects.filter(pk=1)
