"""What staff do with a case: claim, finish steps, tell once what is missing, suspend, extend, correct."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases import clock, engine, letters
from onewindow.kernel.cases.actions.applying import is_window
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.facts import differences, form_class
from onewindow.kernel.cases.missing import missing
from onewindow.kernel.cases.models import Case, Extension, FactSheet, OnceOnlyNotice, StepRun, Suspension
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.cases.records import read_record
from onewindow.kernel.cases.relatives import is_relative_of_staff, must_stand_aside
from onewindow.kernel.cases.steps import EXTRA_STEPS, step_of_run
from onewindow.kernel.catalog import Outcome, Step
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.models import StaffPost
from onewindow.kernel.staff.permission import post, system
from onewindow.kernel.staff.posts import Post


def may_do_step(actor: Actor, run: StepRun) -> bool:
    """The step's own post at the case's place; the window that took it also checks what it took."""
    if run.post == Post.STREET_WINDOW:
        return is_window(actor, run.case)
    return bool(run.post) and actor.holds(run.post, at=run.place_id)


@action("step.claim", "认领", may=may_do_step)
def claim_step(actor: Actor, run: StepRun) -> StepRun:
    _must_be_open(run)
    if run.claimed_by and run.claimed_by_id != actor.person_id:
        raise Refused(f"已由{run.claimed_by.name}认领。")
    _must_be_free_to_act(actor, run)
    run.claimed_by = actor.person
    run.save(update_fields=["claimed_by"])
    return run


@action("step.release", "退回待办", may=may_do_step)
def release_step(actor: Actor, run: StepRun) -> StepRun:
    if run.claimed_by_id != actor.person_id:
        raise Refused("只有认领人可以退回。")
    run.claimed_by = None
    run.save(update_fields=["claimed_by"])
    return run


def _must_be_open(run: StepRun) -> None:
    if run.ended_at is not None:
        raise Refused("这一环节已经办结，请刷新页面查看最新进度。")


def _must_be_free_to_act(actor: Actor, run: StepRun) -> None:
    """Kin stand aside; whoever made a thing does not check it. Counted by person, not by account."""
    if must_stand_aside(actor, run.case):
        raise Refused("您与本办件的家庭有近亲属关系，应当回避，请由其他人员办理。")
    makers = run.case.runs.filter(step_code__in=step_of_run(run).four_eyes).exclude(done_by=None)
    if any(actor.person_id in (made.done_by_id, made.done_with_id) for made in makers):
        raise Refused("您办理过本案的初审，不能再由您决定（审核与决定须由不同的人办理）。")


@action("step.finish", "办结环节", may=may_do_step, logs=("outcome", "with_number"))
def finish_step(
    actor: Actor,
    run: StepRun,
    *,
    outcome: str,
    record: Any = None,
    with_number: str = "",
    reason: str = "",
    extra_items: tuple[str, ...] = (),
) -> Case:
    """
    End a step with one of its outcomes. `record`: what its form asks; `with_number`: staff number of the second visitor;
    `extra_items`: what a once-only notice names beyond what the system found missing.
    """
    _must_be_open(run)
    _must_be_free_to_act(actor, run)
    if run.claimed_by and run.claimed_by_id != actor.person_id:
        raise Refused(f"本环节已由{run.claimed_by.name}认领，请由其办理或退回待办。")
    step = step_of_run(run)
    chosen = _outcome(step, outcome)
    kept = read_record(step, record or {}) if _needs_record(step, chosen) else {"reason": reason}
    if chosen.needs_reason and not kept.get("reason", "").strip():
        raise Refused("请写明理由和依据。", "reason")
    case = run.case
    if step.people > 1 and _needs_record(step, chosen):
        run.done_with = _second_person(actor, run, with_number)
    if step.code == "accept" or step.before_acceptance:
        _at_the_window(actor, run, chosen, extra_items)
    _sum_must_be_lawful(case, chosen, kept)
    run.done_by = actor.person
    engine.end_run(run, chosen, actor=actor, record=kept)
    if step.code in EXTRA_STEPS:
        ports.on_work_done(run)
    if step.record == "reinvestigation":
        _answer_objections(case, actor, kept)
    case.refresh_from_db()
    return case


def _outcome(step: Step, code: str) -> Outcome:
    try:
        return step.outcome(code)
    except KeyError:
        raise Refused("请选择办理结果。", "outcome") from None


def _needs_record(step: Step, outcome: Outcome) -> bool:
    """A step's form is filled when its work is done, not when the case is sent back or papers are asked for."""
    return (
        bool(step.record)
        and outcome.to != "stay"
        and not (step.record in ("aid", "presence") and outcome.decides != "approve")
    )


def _second_person(actor: Actor, run: StepRun, number: str) -> Person:
    """家庭经济状况调查 needs at least two investigators （最低生活保障审核确认办法 a16)."""
    held = StaffPost.objects.filter(staff__number=number.strip(), staff__is_active=True, until_on=None)
    held = held.select_related("staff__person").filter(place__code__startswith=run.place_id[:6])
    second = next((each.staff.person for each in held), None)
    if second is None:
        raise Refused("请填写同行调查人员的工号（本区在岗人员）。", "with_number")
    if second.pk == actor.person_id:
        raise Refused("须由两名不同的人员调查，同行人员不能是您本人。", "with_number")
    if must_stand_aside(Actor(person=second), run.case):
        raise Refused("同行人员与该家庭有近亲属关系，应当回避。", "with_number")
    return second


def _at_the_window(actor: Actor, run: StepRun, outcome: Outcome, extra_items: tuple[str, ...]) -> None:
    case = run.case
    if outcome.code == "supplement":
        issue_once_only_notice(case, actor, extra_items)
    elif outcome.code == "accept":
        found = missing(case)
        if found:
            names = "、".join(each.name for each in found)
            raise Refused(f"还缺少：{names}。请先一次性告知申请人补正。", "outcome")
        accept(case, actor)


def accept(case: Case, actor: Actor) -> None:
    """受理： the statutory clock begins; relatives of staff are registered separately."""
    case.state, case.accepted_at = Case.State.ACCEPTED, timezone.now()
    case.is_delegated = clock.is_delegated(case, today())
    case.is_relative_of_staff = is_relative_of_staff(case)
    close_suspension(case, actor)
    clock.set_due(case)
    case.save()
    if case.is_relative_of_staff:
        add_event(
            case,
            "relative",
            "申请家庭与经办人员有近亲属关系，已单独登记备案，由区民政局另行入户。",
            actor,
            public=False,
        )
    when = f"应于{case.due_on:%Y年%m月%d日}前办结" if case.due_on else "将尽快办结"
    provisional = "（明年放假安排公布前为暂定日期）" if case.due_is_provisional else ""
    add_event(case, "accepted", f"已受理，{when}{provisional}。", actor)
    letters.send_acceptance(case, actor)
    tell(case, f"您的{case.matter.name}申请已受理，{when}{provisional}。")


def issue_once_only_notice(case: Case, actor: Actor, extra_items: tuple[str, ...] = ()) -> OnceOnlyNotice:
    """
    一次性告知, from what is really missing (最低生活保障审核确认办法 a10). A second one for the same case is counted as
    a fault of the office: it should have been told the first time.
    """
    items = [each.to_json() for each in missing(case)]
    items += [
        {"code": f"extra:{i}", "name": text, "why": "窗口补充", "how": "请按说明补充"}
        for i, text in enumerate(filter(None, map(str.strip, extra_items)))
    ]
    if not items:
        raise Refused("没有缺少的材料，不能要求补正；请直接受理，或写明需要补充的内容。", "extra_items")
    is_second = case.notices.exists()
    notice = OnceOnlyNotice.objects.create(
        case=case, items=items, issued_at=timezone.now(), issued_by=actor.label, is_fault=is_second
    )
    notice.letter = letters.send_once_only_notice(notice, actor)
    notice.save(update_fields=["letter"])
    case.state = Case.State.SUPPLEMENT
    case.save(update_fields=["state"])
    names = "、".join(item["name"] for item in items)
    add_event(case, "once_only_notice", f"一次性告知需补充：{names}", actor, detail={"notice": notice.pk})
    if is_second:
        add_event(case, "second_notice_fault", "重复告知，计入差错。", actor, public=False)
    tell(case, f"您的申请还需补充：{names}。补齐后提交即可，无需重新填写。")
    return notice


def _sum_must_be_lawful(case: Case, outcome: Outcome, record: dict[str, Any]) -> None:
    """No approval of what the rules refuse, no sum above their cap, none where they can't say."""
    grant = case.matter.grant
    if outcome.decides != "approve" or (grant is None and not case.matter.eligible):
        return
    answer = ports.assess(case, today())
    if answer.problem:
        raise Refused(f"现在不能计算：{answer.problem}")
    if answer.is_eligible is False:
        raise Refused(
            "按现有事实计算不符合条件，不能确认。如事实有误请先更正事实；如确不符合请作出不予确认决定。", "outcome"
        )
    if grant is None:
        return
    if grant.cap and (record.get("amount_fen") or 0) > (answer.cap_fen or 0):
        raise Refused(f"金额超过规定上限{(answer.cap_fen or 0) / 100:.2f}元，请调整。", "amount_fen")
    if grant.cap and not record.get("amount_fen"):
        raise Refused("请填写救助金额。", "amount_fen")


def _answer_objections(case: Case, actor: Actor, record: dict[str, Any]) -> None:
    upheld = bool(record["is_upheld"])
    case.objections.filter(answered_at=None).update(
        answered_at=timezone.now(), answer=record["answer"], is_upheld=upheld
    )
    letters.send(case, "objection_answer", {"answer": record["answer"], "is_upheld": upheld}, actor)
    add_event(case, "objection_answered", f"异议{'成立' if upheld else '不成立'}：{record['answer']}", actor)


may_suspend = post(Post.STREET_OFFICER, Post.STREET_CHIEF, Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF)


@action("case.suspend", "中止计时", may=may_suspend, logs=("kind", "article"))
def suspend_case(actor: Actor, case: Case, *, kind: str, article: str) -> Suspension:
    if case.state != Case.State.ACCEPTED:
        raise Refused("只有办理中的办件可以中止计时。")
    if kind not in Suspension.Reason.values:
        raise Refused("请选择中止计时的原因。", "kind")
    if not article.strip():
        raise Refused("请写明依据的条款。", "article")
    if case.suspensions.filter(until_on=None).exists():
        raise Refused("本办件已在中止计时。")
    suspension = Suspension.objects.create(
        case=case, reason=kind, article=article[:120], from_on=today(), opened_by=actor.label
    )
    case.paused_from = today()
    case.save(update_fields=["paused_from"])
    words = f"中止计时：{suspension.get_reason_display()}（依据：{article}）。中止期间不计入办理时限。"
    add_event(case, "suspended", words, actor)
    tell(case, f"您的办件{case.number}{words}")
    return suspension


@action("case.resume", "恢复计时", may=may_suspend)
def resume_case(actor: Actor, case: Case) -> Case:
    if not close_suspension(case, actor):
        raise Refused("本办件没有中止计时。")
    clock.set_due(case)
    case.save()
    add_event(case, "resumed", f"恢复计时，办结期限为{case.due_on:%Y年%m月%d日}。", actor)
    return case


def close_suspension(case: Case, actor: Actor) -> bool:
    """The row keeps its days; the caller computes the due date anew and saves."""
    case.paused_from = None
    return bool(case.suspensions.filter(until_on=None).update(until_on=today(), closed_by=actor.label))


may_extend = post(Post.STREET_CHIEF, Post.DISTRICT_CHIEF)
MAX_EXTENSION = 15


@action("case.extend", "延长期限", may=may_extend, logs=("working_days", "article"))
def extend_case(actor: Actor, case: Case, *, working_days: int, reason: str, article: str) -> Extension:
    if case.state != Case.State.ACCEPTED:
        raise Refused("只有办理中的办件可以延期。")
    if not 1 <= working_days <= MAX_EXTENSION or case.extensions.exists():
        raise Refused(f"每件只能延期一次，1至{MAX_EXTENSION}个工作日。", "working_days")
    if not reason.strip() or not article.strip():
        raise Refused("请写明延期的理由和依据的条款。", "reason")
    extension = Extension.objects.create(
        case=case, working_days=working_days, reason=reason, article=article, by=actor.label, on=today()
    )
    clock.set_due(case)
    case.save()
    words = f"经批准延长{working_days}个工作日，新的办结期限为{case.due_on:%Y年%m月%d日}。理由：{reason}"
    add_event(case, "extended", words, actor)
    tell(case, f"您的办件{case.number}{words}")
    return extension


@action("case.correct_facts", "更正事实", may=may_suspend, logs=("sheet", "field"))
def correct_fact(actor: Actor, case: Case, *, sheet: str, field: str, value: Any, reason: str) -> Case:
    """After a check or visit found otherwise: a new version of the facts with its difference, told to the applicant."""
    if case.state != Case.State.ACCEPTED:
        raise Refused("只有办理中的办件可以更正事实。")
    if not reason.strip():
        raise Refused("请写明更正的依据，例如核对报告或入户调查。", "reason")
    facts = {**case.facts, "people": {key: dict(values) for key, values in case.facts.get("people", {}).items()}}
    group = dict(facts.get("household", {})) if sheet == "household" else facts["people"].get(sheet)
    if group is None:
        raise Refused("没有这一家庭成员。", "sheet")
    group[field] = _read_fact(case, sheet, field, value)
    facts["household" if sheet == "household" else "people"] = (
        group if sheet == "household" else {**facts["people"], sheet: group}
    )
    changes = differences(case.facts, facts)
    if not changes:
        raise Refused("没有改动。", "value")
    case.facts, case.facts_version = facts, case.facts_version + 1
    case.save(update_fields=["facts", "facts_version"])
    FactSheet.objects.create(
        case=case, version=case.facts_version, facts=facts, changes=changes, reason=reason, by=actor.label
    )
    engine.assess(case)
    add_event(case, "corrected", f"经办人更正了申报内容（{reason}）", actor, detail={"changes": changes})
    return case


def _read_fact(case: Case, sheet: str, field: str, value: Any) -> Any:
    """Through the same form field that the applicant fills."""
    fields = form_class(case.matter, "Household" if sheet == "household" else "Member").base_fields
    if field not in fields:
        raise Refused("没有这一项。", "field")
    try:
        cleaned = fields[field].clean(value)
    except ValidationError as error:
        raise Refused("".join(error.messages), "value") from None
    return cleaned.isoformat() if hasattr(cleaned, "isoformat") else cleaned


@action("case.terminate", "终止办理", may=may_suspend)
def terminate_case(actor: Actor, case: Case, *, reason: str) -> Case:
    """The household does not cooperate without good reason （最低生活保障审核确认办法 a29)."""
    if case.state != Case.State.ACCEPTED:
        raise Refused("只有办理中的办件可以终止。")
    if not reason.strip():
        raise Refused("请写明终止办理的理由和依据。", "reason")
    case.runs.filter(ended_at=None).update(ended_at=timezone.now(), outcome="terminated")
    ending = Outcome(code="terminate", name="终止", ends="terminated", letter="terminated")
    engine.end_case(case, ending, actor, reason)
    return case


@action("case.sources_settled", "核对结果齐全", may=system)
def finish_means_check(actor: Actor, case: Case) -> Case:
    """Called when the last source has answered; harmless when called again."""
    run = case.runs.filter(ended_at=None, post="").order_by("-id").first()
    if run is not None and step_of_run(run).by == "exchange" and ports.sources_settled(case):
        engine.assess(case)
        engine.end_run(run, step_of_run(run).outcome("done"), actor=actor)
        tell(case, f"您的办件{case.number}已完成家庭经济状况核对，可查看本人的核对结果。")
    return case
