"""A standard changes when one person drafts it, the city is reckoned, and two others approve what they saw."""

from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from onewindow.fields.policy import law
from onewindow.fields.policy.actions import deciding, drafting, simulating
from onewindow.fields.policy.models import LawChange, ProposalNote, SimulationRun, StandardProposal
from onewindow.fields.policy.tests.conftest import RAISE, Hall
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.staff.posts import Post
from onewindow.rules.assess import assess
from onewindow.rules.system import in_force, law_version
from tests.factories import CITY, HEPING

ALONE = {"persons": {"a": {"birth": "1980-01-01"}}, "household": {"applicant": "a"}}
State = StandardProposal.State


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel("2026-11-24 10:00+08:00", tick=False):
        yield


def paid(month: str) -> int:
    return assess(ALONE, month, ["dibao_amount"]).fen("dibao_amount")


def test_two_approve_and_the_law_changes_from_its_month(hall: Hall) -> None:
    before = law_version()
    proposal = hall.approved()
    assert proposal.state == State.APPROVED and (proposal.first_by, proposal.second_by) == (
        hall.leader.person,
        hall.second.person,
    )
    assert (paid("2026-12"), paid("2027-01")) == (104_500, 108_000)
    assert law_version() != before and before in law.by_version() and law_version() in law.by_version()
    acts = list(
        AuditLine.objects.filter(action__startswith="standard.").order_by("id").values_list("action", flat=True)
    )
    assert acts == ["standard.draft", "standard.simulate", "standard.submit", "standard.approve", "standard.approve"]


def test_one_approval_changes_nothing(hall: Hall) -> None:
    proposal = hall.approved(hall.leader)
    assert proposal.state == State.HALF and in_force() == () and paid("2027-01") == 104_500


def test_nobody_approves_twice_or_what_they_drafted(hall: Hall) -> None:
    proposal = hall.approved(hall.leader)
    with pytest.raises(Refused, match="您已经批准过"):
        deciding.approve_proposal(hall.leader, proposal, digest=proposal.digest)
    drafter = hall.officer.person
    assert drafter is not None
    also_leader = hall.city.staff(Post.CITY_LEADER, CITY, drafter)
    with pytest.raises(Refused, match="起草人"):
        deciding.approve_proposal(also_leader, proposal, digest=proposal.digest)
    assert not LawChange.objects.exists()


def test_what_was_not_on_the_screen_is_not_approved(hall: Hall) -> None:
    proposal = hall.submitted()
    with pytest.raises(Refused, match="不一致"):
        deciding.approve_proposal(hall.leader, proposal, digest="0" * 64)
    StandardProposal.unscoped.filter(pk=proposal.pk).update(value_fen=200_000)
    with pytest.raises(Refused, match="不一致"):
        deciding.approve_proposal(hall.leader, proposal, digest=proposal.digest)


def test_a_simulation_that_was_tampered_with_is_not_approved(hall: Hall) -> None:
    proposal = hall.submitted()
    SimulationRun.objects.filter(pk=proposal.run_id).update(result={"whole": {"after_fen": 1}})
    with pytest.raises(Refused, match="不一致"):
        deciding.approve_proposal(hall.leader, proposal, digest=proposal.digest)


@pytest.mark.parametrize("post", [Post.CITY_POLICY, Post.DISTRICT_CHIEF, Post.AUDITOR, Post.STREET_WINDOW])
def test_only_leaders_approve_and_send_back(hall: Hall, post: str) -> None:
    proposal, other = hall.submitted(), hall.city.staff(post, CITY if post != Post.DISTRICT_CHIEF else HEPING)
    with pytest.raises(NotAllowed):
        deciding.approve_proposal(other, proposal, digest=proposal.digest)
    with pytest.raises(NotAllowed):
        deciding.return_proposal(other, proposal, reason="不清楚")


def test_only_a_policy_officer_drafts_and_only_the_drafter_goes_on(hall: Hall) -> None:
    for actor in (hall.leader, hall.city.staff(Post.DISTRICT_OFFICER, HEPING), hall.city.resident()):
        with pytest.raises(NotAllowed):
            drafting.draft_proposal(actor, None, **RAISE)
    proposal = hall.simulated()
    for act in (
        lambda: drafting.change_proposal(hall.other_officer, proposal, **RAISE),
        lambda: drafting.submit_proposal(hall.other_officer, proposal),
        lambda: simulating.ask_for_simulation(hall.other_officer, proposal, population="own"),
        lambda: deciding.withdraw_proposal(hall.other_officer, proposal, reason="不要了"),
        lambda: deciding.withdraw_proposal(hall.leader, proposal, reason="不要了"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_without_a_simulation_nothing_is_handed_in(hall: Hall) -> None:
    proposal = hall.drafted()
    with pytest.raises(Refused, match="先完成试算"):
        drafting.submit_proposal(hall.officer, proposal)
    proposal = hall.simulate(proposal)
    proposal = drafting.change_proposal(hall.officer, proposal, **{**RAISE, "value_fen": 109_000})
    with pytest.raises(Refused, match="先完成试算"):
        drafting.submit_proposal(hall.officer, proposal)


def test_sent_back_it_is_changed_and_approved_by_both_anew(hall: Hall) -> None:
    proposal = hall.approved(hall.leader)
    with pytest.raises(Refused, match="退回原因"):
        deciding.return_proposal(hall.second, proposal, reason=" ")
    proposal = deciding.return_proposal(hall.second, proposal, reason="幅度偏大。")
    assert (proposal.state, proposal.first_by, proposal.digest) == (State.RETURNED, None, "")
    drafting.change_proposal(hall.officer, proposal, **{**RAISE, "value_fen": 106_500})
    hall.simulate(proposal)
    proposal.refresh_from_db()
    proposal = drafting.submit_proposal(hall.officer, proposal)
    for leader in (hall.leader, hall.third):
        proposal = deciding.approve_proposal(leader, proposal, digest=proposal.digest)
    law.look(now=True)
    assert paid("2027-01") == 106_500
    assert [n.text for n in ProposalNote.objects.filter(what="退回")] == ["幅度偏大。"]


def test_withdrawn_before_its_date_it_never_was(hall: Hall) -> None:
    before, proposal = law_version(), hall.approved()
    between = law_version()
    with pytest.raises(NotAllowed):
        deciding.withdraw_proposal(hall.officer, proposal, reason="有误")
    deciding.withdraw_proposal(hall.leader, proposal, reason="文件未印发。")
    law.look(now=True)
    assert law_version() == before and paid("2027-01") == 104_500 and between in law.by_version()


def test_once_its_month_has_begun_it_stays(hall: Hall) -> None:
    proposal = hall.approved()
    with time_machine.travel("2027-01-01 00:30+08:00"), pytest.raises(Refused, match="已经开始"):
        deciding.withdraw_proposal(hall.leader, proposal, reason="有误")


def test_a_proposal_whose_month_came_is_not_approved_any_more(hall: Hall) -> None:
    proposal = hall.submitted()
    with time_machine.travel("2027-01-01 00:30+08:00"), pytest.raises(Refused, match="执行月份应在"):
        deciding.approve_proposal(hall.leader, proposal, digest=proposal.digest)


def test_of_two_proposals_for_one_month_only_one_becomes_law(hall: Hall) -> None:
    one, other = hall.submitted(), hall.submitted(value_fen=110_000)
    for leader in (hall.leader, hall.second):
        one = deciding.approve_proposal(leader, one, digest=one.digest)
    law.look(now=True)
    with pytest.raises(Refused, match="重新试算"):
        deciding.approve_proposal(hall.leader, other, digest=other.digest)
    with pytest.raises(Refused, match="已有规定"):
        hall.drafted(value_fen=111_000)
    assert hall.drafted(value_fen=111_000, month="2027-02").before_fen == 108_000


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"month": "2026-11"}, "之后"), ({"month": "2025-01"}, "之后"), ({"month": "明年"}, "样式"),
        ({"month": "2027-13"}, "样式"), ({"figure": "standard.nothing"}, "选择一项"),
        ({"figure": "tekun.elder_age"}, "选择一项"), ({"figure": "funerals.uncovered"}, "选择一项"),
        ({"value_fen": 104_500}, "相同"), ({"value_fen": 10_800_000}, "单位"), ({"value_fen": 0}, "单位"),
        ({"document": " "}, "文号"), ({"reason": ""}, "理由"),
    ],
)  # fmt: skip
def test_what_cannot_be_proposed_is_said_in_words(hall: Hall, told: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        hall.drafted(**told)


def test_the_database_itself_wants_three_people(hall: Hall) -> None:
    proposal = hall.submitted()
    rows = StandardProposal.unscoped.filter(pk=proposal.pk)
    drafter, leader = hall.officer.person, hall.leader.person
    for wrong in (
        {"first_by": drafter}, {"second_by": drafter}, {"first_by": leader, "second_by": leader}, {"state": "approved"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    told = {"kind": "enact", "proposal": proposal, "figure": "x", "month": "2027-01", "value_fen": 1, "document": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        LawChange.objects.create(**told, digest="x", drafted_by=drafter, first_by=leader, second_by=leader)


def test_what_was_decided_is_neither_changed_nor_deleted(hall: Hall) -> None:
    hall.approved()
    for rows in (LawChange.objects.all(), ProposalNote.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(digest="")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_a_process_that_knows_nothing_of_it_looks_every_few_seconds(
    hall: Hall, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LAW_SECONDS = 60
    law._looked_at = law.NEVER
    hall.approved()
    law._seen, law._looked_at = 0, law.NEVER
    from onewindow.rules.system import put_in_force

    put_in_force(())
    law.look()
    assert len(in_force()) == 1
    with django_assert_num_queries(0):
        law.look()
    law._looked_at -= 61
    with django_assert_num_queries(1):
        law.look()


def test_a_study_is_of_any_month_and_never_becomes_law(hall: Hall) -> None:
    study = hall.simulated(month="2025-08", value_fen=104_500, is_study=True)
    assert study.before_fen == 101_000 and study.run is not None and study.run.months == 1
    with pytest.raises(Refused, match="只作试算"):
        drafting.submit_proposal(hall.officer, study)
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardProposal.unscoped.filter(pk=study.pk).update(state=State.SUBMITTED)
    with pytest.raises(Refused, match="已有数额"):
        hall.drafted(month="2012-08", value_fen=104_500, is_study=True)
    changed = drafting.change_proposal(hall.officer, study, **RAISE)
    assert not changed.is_study and hall.simulate(changed).run is not None
    returned = deciding.return_proposal(hall.leader, hall.submitted(), reason="幅度偏大。")
    with pytest.raises(Refused, match="另行起草"):
        drafting.change_proposal(hall.officer, returned, **RAISE, is_study=True)
