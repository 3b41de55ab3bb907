from datetime import date
from typing import Any

import pytest

from onewindow.fields.finding.actions import recomputing
from onewindow.fields.finding.models import Lead, Recomputation, RecomputationLine
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.cases.models import Message
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.amounts import in_force
from onewindow.kernel.grants.models import Grant, GrantAmount
from onewindow.kernel.outbox.sending import send_waiting
from onewindow.kernel.people.models import RegisterEntry
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.posts import Post
from onewindow.project.searching.rechecking import recheck
from onewindow.project.searching.tests.conftest import OLD_STANDARD, STANDARD, Town
from onewindow.rules.case import situation
from tests.factories import HEPING, NANKAI

BEFORE, RAISED = "2025-08", "2025-09"


class Office:
    def __init__(self, town: Town, district: str = HEPING) -> None:
        self.officer, self.chief = (
            town.staff(Post.DISTRICT_OFFICER, district),
            town.staff(Post.DISTRICT_CHIEF, district),
        )

    def approve(self) -> Recomputation:
        told = Recomputation.unscoped.get(state="draft")
        recomputing.check_list(self.officer, told, digest=told.digest)
        return recomputing.approve_list(self.chief, told, digest=told.digest)


def due(grant: Grant, month: str) -> int:
    return int(in_force(month).get(pk=grant.pk).due_fen)


def test_grants_that_agree_with_the_law_are_only_counted(town: Town) -> None:
    town.granted()
    search = recheck(SYSTEM, BEFORE)
    assert (search.counts["agree"], Lead.unscoped.count(), Recomputation.unscoped.count()) == (1, 0, 0)


def test_a_raised_standard_becomes_a_list_with_count_total_and_digest(town: Town) -> None:
    for _ in range(3):
        town.granted()
    recheck(SYSTEM, RAISED)
    told = Recomputation.unscoped.get()
    assert (told.count, told.before_fen, told.after_fen) == (3, 3 * OLD_STANDARD, 3 * STANDARD)
    assert told.digest == recomputing.digest_of(told) and told.place_id == HEPING
    assert not Lead.unscoped.exists() and not GrantAmount.objects.exists()


def test_two_people_approve_and_the_new_sums_hold_from_the_month_on(town: Town) -> None:
    grants = [town.granted() for _ in range(3)]
    recheck(SYSTEM, RAISED)
    told = Office(town).approve()
    assert not GrantAmount.objects.exists(), "the worker writes, not the page"
    send_waiting()
    told.refresh_from_db()
    assert (told.state, told.written, told.left) == ("applied", 3, 0)
    for grant in grants:
        assert (due(grant, BEFORE), due(grant, RAISED), due(grant, "2026-03")) == (OLD_STANDARD, STANDARD, STANDARD)
        assert Grant.unscoped.get(pk=grant.pk).amount_fen == OLD_STANDARD, "what was decided stays"
    assert Message.objects.filter(text__contains="自2025-09起每月1,045.00元").count() == 3
    assert AuditLine.objects.filter(action="grant.change_amounts").get().detail["digest"] == told.digest


def test_the_payroll_pays_the_new_sum_and_an_older_month_the_old_one(town: Town) -> None:
    town.granted()
    recheck(SYSTEM, RAISED)
    recomputing.write_list(Office(town).approve().pk)
    maker, place = town.staff(Post.DISTRICT_FINANCE, HEPING), Place.objects.get(pk=HEPING)
    paid = {
        month: payroll.draft_run(maker, place, benefit="dibao", month=month).total_fen for month in (BEFORE, RAISED)
    }
    assert paid == {BEFORE: OLD_STANDARD, RAISED: STANDARD}


def test_after_the_writing_everything_agrees(town: Town) -> None:
    town.granted()
    recheck(SYSTEM, RAISED)
    recomputing.write_list(Office(town).approve().pk)
    assert recheck(SYSTEM, RAISED).counts["agree"] == 1
    assert Recomputation.unscoped.count() == 1


def test_who_checked_may_not_approve(town: Town) -> None:
    town.granted()
    recheck(SYSTEM, RAISED)
    told, officer = Recomputation.unscoped.get(), town.staff(Post.DISTRICT_OFFICER, HEPING)
    both = town.staff(Post.DISTRICT_CHIEF, HEPING, person=officer.person)
    recomputing.check_list(both, told, digest=told.digest)
    with pytest.raises(Refused, match="另一人"):
        recomputing.approve_list(both, told, digest=told.digest)


@pytest.mark.parametrize(
    ("post", "place"),
    [(Post.STREET_CHIEF, HEPING), (Post.DISTRICT_FINANCE, HEPING), (Post.DISTRICT_OFFICER, HEPING), (Post.DISTRICT_CHIEF, NANKAI)],
)  # fmt: skip
def test_who_may_not_approve(town: Town, post: str, place: str) -> None:
    town.granted()
    recheck(SYSTEM, RAISED)
    told = Recomputation.unscoped.get()
    recomputing.check_list(Office(town).officer, told, digest=told.digest)
    with pytest.raises(NotAllowed):
        recomputing.approve_list(town.staff(post, place), told, digest=told.digest)


def test_another_list_than_the_one_on_the_screen_is_refused(town: Town) -> None:
    town.granted()
    recheck(SYSTEM, RAISED)
    office, told = Office(town), Recomputation.unscoped.get()
    RecomputationLine.objects.update(after_fen=999_999)
    with pytest.raises(Refused, match="不一致"):
        recomputing.check_list(office.officer, told, digest=told.digest)


def test_what_is_drafted_for_payment_is_left_and_counted(town: Town) -> None:
    grant = town.granted()
    town.granted()
    recheck(SYSTEM, RAISED)
    told = Office(town).approve()
    maker, place = town.staff(Post.DISTRICT_FINANCE, HEPING), Place.objects.get(pk=HEPING)
    Grant.unscoped.exclude(pk=grant.pk).update(place_id="120104001000")
    payroll.draft_run(maker, place, benefit="dibao", month=RAISED)
    done = recomputing.write_list(told.pk)
    assert (done.written, done.left, due(grant, RAISED)) == (1, 1, OLD_STANDARD)


def test_a_month_that_was_paid_by_the_old_sum_is_made_up_for(town: Town) -> None:
    """Standards are often raised from a month that has been paid already."""
    grant = town.granted()
    maker, checker = town.staff(Post.DISTRICT_FINANCE, HEPING), town.staff(Post.DISTRICT_FINANCE_CHECKER, HEPING)
    run = payroll.draft_run(maker, Place.objects.get(pk=HEPING), benefit="dibao", month=RAISED)
    run = payroll.mark_sent(SYSTEM, payroll.approve_run(checker, run, digest=run.digest))
    lines = [{"key": item.key, "amount_fen": item.amount_fen, "state": "paid"} for item in run.items.all()]
    payroll.take_answer(SYSTEM, run, lines=lines)
    recheck(SYSTEM, RAISED)
    done = recomputing.write_list(Office(town).approve().pk)
    assert (done.written, done.left, due(grant, RAISED)) == (1, 0, STANDARD)
    assert grant.adjustments.get().amount_fen == STANDARD - OLD_STANDARD


def test_writing_goes_on_where_it_was_killed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        town.granted()
    recheck(SYSTEM, RAISED)
    told = Office(town).approve()
    honest, calls = recomputing.change_amounts, []

    def dying(*args: Any, **kwargs: Any) -> Any:
        done = honest(*args, **kwargs)
        calls.append(done)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(recomputing, "change_amounts", dying)
    with pytest.raises(KeyboardInterrupt):
        recomputing.write_list(told.pk, size=2)
    assert GrantAmount.objects.count() == 2
    seen: list[tuple[int, int]] = []
    done = recomputing.write_list(told.pk, lambda n, of: seen.append((n, of)), size=2)
    assert GrantAmount.objects.count() == 5 == done.written and seen == [(4, 5), (5, 5)]
    assert recomputing.write_list(told.pk).written == 5, "once more changes nothing"


def test_a_fact_that_a_register_changed_becomes_a_lead_and_no_new_sum(town: Town) -> None:
    grant = town.granted()
    RegisterEntry.objects.create(
        person=grant.holder, source="HRSS_PENSION", item="transfer_net_income", value=30_000, as_of=date(2025, 8, 5)
    )
    recheck(SYSTEM, RAISED)
    lead = Lead.unscoped.get()
    assert (lead.kind, lead.now_fen, lead.expected_fen, lead.grant) == (
        "recheck",
        OLD_STANDARD,
        STANDARD - 30_000,
        grant,
    )
    assert "人社养老金" in lead.facts[0]["source"] and not RecomputationLine.objects.exists()


def test_a_death_becomes_a_lead_and_ends_nothing_by_itself(town: Town) -> None:
    grant = town.granted()
    grant.holder.died_on = date(2025, 8, 30)
    grant.holder.save()
    recheck(SYSTEM, RAISED)
    lead = Lead.unscoped.get()
    assert (lead.cause, lead.expected_fen) == ("death", 0) and "去世" in lead.reason
    assert Grant.unscoped.get(pk=grant.pk).until_month == ""


def test_a_member_who_has_become_tekun_leaves_the_dibao_of_the_family(town: Town) -> None:
    holder, spouse = town.known(), town.known()
    town.household(holder, spouse)
    grant = town.granted(2 * OLD_STANDARD, person=holder)
    recheck(SYSTEM, BEFORE)
    assert not Lead.unscoped.exists()
    other = town.granted(decided_on=date(2025, 7, 28))
    Grant.unscoped.filter(pk=other.pk).update(holder=spouse, benefit="tekun")
    recheck(SYSTEM, BEFORE)
    lead = Lead.unscoped.get()
    assert (lead.grant, lead.now_fen, lead.expected_fen) == (grant, 2 * OLD_STANDARD, OLD_STANDARD)
    assert [each["what"] for each in lead.facts] == ["已认定为特困人员、正在救助供养"]
    told = situation(grant.case, BEFORE)["persons"]
    assert told[spouse.public_id.hex]["receives_tekun"] == {BEFORE: True}, "the window reckons so too"
    assert "receives_tekun" not in told[holder.public_id.hex]


def test_who_is_over_the_limit_is_asked_and_not_ended(town: Town) -> None:
    grant = town.granted()
    grant.case.facts["people"][grant.holder.public_id.hex]["wage_income"] = 500_000
    grant.case.save()
    recheck(SYSTEM, RAISED)
    lead = Lead.unscoped.get()
    assert (lead.cause, lead.expected_fen) == ("law", 0)


def test_a_newer_list_replaces_one_that_nobody_approved(town: Town) -> None:
    town.granted()
    recheck(SYSTEM, RAISED)
    town.granted()
    recheck(SYSTEM, RAISED)
    assert [each.state for each in Recomputation.unscoped.order_by("id")] == ["cancelled", "draft"]


def test_nobody_cancels_without_a_reason(town: Town) -> None:
    town.granted()
    recheck(SYSTEM, RAISED)
    officer: Actor = Office(town).officer
    with pytest.raises(Refused, match="作废原因"):
        recomputing.cancel_list(officer, Recomputation.unscoped.get(), reason=" ")
