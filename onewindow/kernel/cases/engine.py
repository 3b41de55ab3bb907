"""How a case moves. Called by actions inside their transaction; nothing here asks who may."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases import clock, letters, own_acts
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.models import Assessment, Case, Decision, PublicNotice, StepRun
from onewindow.kernel.cases.ports import Assessed, ports
from onewindow.kernel.cases.steps import first_step, step_after, step_of, step_of_run
from onewindow.kernel.catalog import STAY, Outcome, Step
from onewindow.kernel.papers.letters import void_letter
from onewindow.kernel.staff.actor import SYSTEM

ASSESSED_BEFORE = ("opinion", "aid", "decision")
"""Records for which the officer must see what the rules say."""
WORDS_AT_END = {
    Case.State.APPROVED: "已审核确认",
    Case.State.REJECTED: "不予确认",
    Case.State.NOT_ACCEPTED: "不予受理",
    Case.State.TERMINATED: "已终止办理",
    Case.State.COMPLETED: "已办结",
}


def begin(case: Case) -> StepRun:
    """Open the first step of a submitted case."""
    return open_step(case, first_step(case))


def open_step(case: Case, step: Step, since: date | None = None) -> StepRun:
    """`since`: where it follows a step that the clock ended, its days run from that one's last, however late the clock."""
    due = clock.step_due(step, since or today())
    now = timezone.now()
    due_at = now + timedelta(hours=step.hours) if step.hours else None
    due_on = due.on if due else (timezone.localdate(due_at) if due_at else case.due_on)
    run = StepRun.unscoped.create(
        case=case,
        step_code=step.code,
        post=post_for(case, step) if step.by == "staff" else "",
        place_id=case.place_id,
        started_at=now,
        due_on=due_on,
        due_is_provisional=bool(due and due.provisional) or (due is None and case.due_is_provisional),
        due_at=due_at,
        sort_on=due_on or clock.FAR,
    )
    if step.record in ASSESSED_BEFORE:
        assess(case)
    BEGINNINGS.get(step.by, lambda run, step: None)(run, step)
    return run


def post_for(case: Case, step: Step) -> str:
    """Who does the step: the street where the decision is delegated, somebody higher where the sum is beyond it."""
    post = step.delegated_post if step.delegated_post and case.is_delegated else step.post
    if step.escalates_to and ports.assess(case, today()).within_limit is False:
        return step.escalates_to
    return post


def ask_the_exchange(run: StepRun, step: Step) -> None:
    if not ports.ask_sources(SYSTEM, run.case):
        end_run(run, step.outcome("done"), actor=SYSTEM)


def post_notice(run: StepRun, step: Step) -> None:
    """公示 in the community of the hukou: frozen, and nothing but what the step says it shows."""
    case = run.case
    assessed = case.assessment
    everything = {
        "name": case.applicant.name,
        "members": case.members.count(),
        "amount_fen": assessed.amount_fen if assessed else None,
    }
    community = case.applicant.place_id or case.place_id
    PublicNotice.objects.create(
        case=case, run=run, place_id=community, shows={name: everything[name] for name in step.shows},
        from_on=today(), until_on=run.due_on or today(),
    )  # fmt: skip
    text = f"已在社区公示，公示期至{run.due_on:%Y年%m月%d日}。"
    add_event(case, "notice_posted", text, SYSTEM)
    tell(case, f"您的{case.matter.name}申请{text}")


BEGINNINGS: dict[str, Callable[[StepRun, Step], None]] = {"exchange": ask_the_exchange, "clock": post_notice}


def end_run(
    run: StepRun, outcome: Outcome, *, actor: Any, record: dict[str, Any] | None = None, since: date | None = None
) -> None:
    """Close the step and go on to where its outcome leads."""
    case, step = run.case, step_of_run(run)
    run.ended_at, run.outcome, run.record = timezone.now(), outcome.code, record or {}
    run.done_by_id = run.done_by_id or actor.person_id
    run.save()
    add_event(case, f"step.{step.code}", f"{step.name}：{outcome.name}", actor, detail={"run": run.pk})
    if outcome.decides:
        decide(run, outcome, actor)
    if outcome.ends:
        end_case(case, outcome, actor, reason=str(run.record.get("reason", "")))
    elif outcome.to != STAY:
        after = step_after(case, step, outcome)
        if after is not None:
            open_step(case, after, since)


def assess(case: Case, on: date | None = None) -> Assessment:
    """Ask the rules, and keep the answer with inputs, outputs and steps."""
    answer: Assessed = ports.assess(case, on or today())
    case.assessment = Assessment.objects.create(
        case=case,
        facts_version=case.facts_version,
        month=answer.month,
        law_version=answer.law_version,
        is_eligible=answer.is_eligible,
        amount_fen=answer.amount_fen,
        result=answer.result,
        problem=answer.problem[:400],
    )
    case.save(update_fields=["assessment"])
    return case.assessment


def decide(run: StepRun, outcome: Outcome, actor: Any) -> Decision:
    case, is_approval = run.case, outcome.decides == "approve"
    if is_approval:
        own_acts.must_not_object(case)
    assessment = assess(case)
    proposer = case.runs.filter(step_code__in=step_of_run(run).four_eyes).exclude(done_by=None).order_by("-id").first()
    amount = run.record.get("amount_fen", assessment.amount_fen) if is_approval else None
    decision = Decision.objects.create(
        case=case,
        run=run,
        is_approval=is_approval,
        proposed_by=proposer.done_by if proposer else None,
        decided_by=actor.person,
        decided_on=today(),
        amount_fen=amount,
        reason=str(run.record.get("reason", ""))[:1000],
        assessment=assessment,
    )
    certificate = own_acts.approved(case, decision) if is_approval else {}
    decision.letter = letters.send_decision(decision, outcome, actor, certificate)
    decision.save(update_fields=["letter"])
    if is_approval:
        ports.on_approved(case, decision)
    return decision


def end_case(case: Case, outcome: Outcome, actor: Any, reason: str = "") -> None:
    state = Case.State(str(outcome.ends))
    case.state, case.closed_at, case.outcome_reason = state, timezone.now(), reason[:1000]
    case.save()
    case.runs.filter(ended_at=None, post="").update(ended_at=timezone.now(), outcome="closed")
    words = WORDS_AT_END[state]
    add_event(case, "ended", f"{words}。{reason}".strip(), actor)
    if outcome.letter and not outcome.decides:
        letters.send_ending(case, outcome, actor, reason)
    tell(case, f"您的{case.matter.name}办件({case.number}){words}，可查看文书和理由。")
    if case.parent and outcome.code == "revoke":
        reopen(case.parent, actor, reason)


def reopen(case: Case, actor: Any, reason: str) -> None:
    """An appeal has won: the decision is overturned and the case goes back to the step that prepared it."""
    decision = case.decisions.filter(overturned_at=None).order_by("-id").first()
    if decision is not None:
        decision.overturned_at = timezone.now()
        decision.save(update_fields=["overturned_at"])
        if decision.letter is not None:
            void_letter(decision.letter, "revoked", actor.account, note=reason)
        ports.on_overturned(case, decision)
    case.state, case.closed_at, case.is_special = Case.State.ACCEPTED, None, True
    clock.set_due(case)
    case.save()
    prepared = step_of_run(decision.run).four_eyes[0] if decision and step_of_run(decision.run).four_eyes else None
    open_step(case, step_of(case, prepared) if prepared else first_step(case))
    add_event(case, "reopened", "复核决定撤销原决定，重新办理。", actor, detail={"reason": reason})
