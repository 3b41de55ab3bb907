"""From a proposal's real simulation to grants recomputed by the new standard; and the past replayed by the old one."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from onewindow.fields.finding.actions import recomputing
from onewindow.fields.finding.models import Recomputation
from onewindow.fields.policy import law
from onewindow.fields.policy.actions import deciding, drafting, simulating
from onewindow.fields.policy.models import SimulationRun, StandardProposal
from onewindow.fields.policy.tests.conftest import RAISE, files_only
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.models import Assessment, Case
from onewindow.kernel.cases.tests.conftest import adapters
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.kernel.staff.posts import Post
from onewindow.project.replaying import Replay
from onewindow.project.searching.rechecking import recheck
from onewindow.project.searching.tests.conftest import Town, town
from onewindow.project.searching.tests.test_rechecking import due
from onewindow.project.standards import counted
from onewindow.rules.case import assess_case
from onewindow.rules.reforming import changeable
from onewindow.rules.system import law_version
from tests.factories import CITY, HEPING

__all__ = ["adapters", "files_only", "town"]


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00+08:00", tick=True):
        yield


def simulated(town: Town, population: str, months: int = 1, **other: Any) -> StandardProposal:
    officer = town.staff(Post.CITY_POLICY, CITY)
    proposal = drafting.draft_proposal(officer, None, **{**RAISE, **other})
    proposal = simulating.ask_for_simulation(officer, proposal, population=population)
    SimulationRun.objects.update(months=months)
    assert proposal.run_id is not None
    simulating.simulate_run(proposal.run_id)
    proposal.refresh_from_db()
    return drafting.submit_proposal(officer, proposal)


def approved(town: Town) -> StandardProposal:
    proposal = simulated(town, "synthetic")
    for _ in range(2):
        leader = town.staff(Post.CITY_LEADER, CITY)
        proposal = deciding.approve_proposal(leader, proposal, digest=proposal.digest)
    law.look(now=True)
    return proposal


def test_a_real_simulation_tells_the_cost_by_district_and_month(town: Town) -> None:
    run = simulated(town, "synthetic", months=2).run
    assert run is not None
    whole, by = run.result["whole"], run.result["by"]
    assert whole["after_fen"] > whole["before_fen"] and whole["gaining"] > whole["newly"] > 0
    assert len(by["district"]) == 16 and sum(line["households"] for line in by["district"]) == run.households > 30_000
    assert [each["month"] for each in run.result["months"]] == ["2027-01", "2027-02"]
    assert run.result["months"][0]["after_fen"] == whole["after_fen"] and run.percent == 100


def test_every_sum_that_can_be_proposed_is_counted_by_the_simulation(town: Town) -> None:
    """A sum that the simulation forgets would be shown as free."""
    by_month = {each.name for each in changeable("2027-01") if each.per in drafting.COUNTED}
    assert "standard.unified" in by_month & counted("2027-01")
    assert {each.name for each in drafting.proposable("2027-01")} == by_month & counted("2027-01")


def test_from_its_month_on_grants_are_recomputed_by_the_approved_standard(town: Town) -> None:
    grant = town.granted(fen=104_500)
    approved(town)
    assert recheck(SYSTEM, "2026-12").counts["agree"] == 1
    told = recheck(SYSTEM, "2027-01").lists.get()
    assert (told.before_fen, told.after_fen, told.law_version) == (104_500, 108_000, law_version())
    told = recomputing.check_list(town.staff(Post.DISTRICT_OFFICER, HEPING), told, digest=told.digest)
    told = recomputing.approve_list(town.staff(Post.DISTRICT_CHIEF, HEPING), told, digest=told.digest)
    recomputing.write_list(told.pk)
    assert (due(grant, "2026-12"), due(grant, "2027-01")) == (104_500, 108_000)


def test_a_standard_on_which_new_sums_rest_is_not_withdrawn_and_a_draft_goes_with_it(town: Town) -> None:
    town.granted(fen=104_500)
    proposal, leader = approved(town), town.staff(Post.CITY_LEADER, CITY)
    told = recheck(SYSTEM, "2027-01").lists.get()
    Recomputation.unscoped.filter(pk=told.pk).update(state="approved")
    with pytest.raises(Refused, match="已有重算名单"):
        deciding.withdraw_proposal(leader, proposal, reason="有误")
    Recomputation.unscoped.filter(pk=told.pk).update(state="checked")
    deciding.withdraw_proposal(leader, proposal, reason="有误")
    assert Recomputation.unscoped.get(pk=told.pk).state == "cancelled"


def test_decisions_of_before_replay_by_the_law_of_their_day(town: Town) -> None:
    """Made before the approval, after it, and by formulas that are no more."""

    def decided(fen: int) -> None:
        case = Case.unscoped.get(pk=town.granted(fen=fen).case_id)
        found = assess_case(case, case.decisions.get().decided_on)
        told = {"month": found.month, "law_version": found.law_version, "result": found.result}
        kept = Assessment.objects.create(case=case, facts_version=1, **told)
        case.decisions.update(assessment=kept)

    decided(101_000)
    before = law_version()
    approved(town)
    assert law_version() != before
    decided(101_000)
    replay = Replay()
    assert list(replay.flaws()) == [] and (replay.same, replay.older) == (2, 0)
    Assessment.objects.filter(law_version=before).update(law_version="0" * 16)
    replay = Replay()
    assert list(replay.flaws()) == [] and (replay.same, replay.older) == (1, 1)
    kept = Assessment.objects.get(law_version=law_version())
    kept.result["outputs"]["dibao_amount"] += 1
    Assessment.objects.filter(pk=kept.pk).update(result=kept.result)
    assert len(list(Replay().flaws())) == 1


@pytest.mark.django_db(transaction=True)
def test_the_city_s_own_population_are_the_families_that_are_paid(town: Town) -> None:
    """Of the others the means are unknown; they are not all poor."""
    town.granted(fen=104_500)
    for _ in range(3):
        town.alone()
    run = simulated(town, "own").run
    assert run is not None and (run.state, run.households, run.persons) == ("done", 1, 1)
    assert (run.result["whole"]["before_fen"], run.result["whole"]["after_fen"]) == (104_500, 108_000)
    heping = next(line for line in run.result["by"]["district"] if line["name"] == "120101")
    assert heping["gaining"] == 1
