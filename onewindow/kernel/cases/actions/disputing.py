"""Objections to a public notice or a check, and appeals as linked cases."""

from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import add_calendar_days, today
from onewindow.kernel.cases import clock, engine
from onewindow.kernel.cases.actions.applying import is_applicant
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.models import Case, Objection, PublicNotice
from onewindow.kernel.cases.numbers import new_case_number
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.catalog import Outcome
from onewindow.kernel.outbox.sending import sweep
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.permission import anybody

APPEAL_DAYS = 60
OBJECTED = Outcome(code="objected", name="公示期内有异议", to="reinvestigate")


@action("notice.object", "提出异议", may=anybody)
def raise_objection(
    actor: Actor, notice: PublicNotice, *, text: str, by_name: str = "", by_phone: str = ""
) -> Objection:
    """Anybody may, without signing in. The notice ends, and the case goes to re-investigation （办法 a19)."""
    if notice.closed_at is not None or notice.until_on < today():
        raise Refused("公示期已结束。如有问题可拨打监督电话，或向区民政局实名举报。")
    if len(text.strip()) < 10:
        raise Refused("请把情况写清楚（至少10个字），便于核查。", "text")
    objection = Objection.objects.create(
        case=notice.case, about=Objection.About.NOTICE, public_notice=notice, text=text.strip()[:1000],
        by_name=by_name[:60], by_phone=by_phone[:20], received_at=timezone.now(),
    )  # fmt: skip
    notice.closed_at = timezone.now()
    notice.save(update_fields=["closed_at"])
    make_special(notice.case)
    add_event(notice.case, "objection", "公示期内收到异议，将重新调查。", actor)
    engine.end_run(notice.run, OBJECTED, actor=SYSTEM)
    tell(notice.case, f"您的办件{notice.case.number}公示期内收到异议，街道将重新调查，请配合。")
    return objection


def make_special(case: Case) -> None:
    """An objection is a special case: 45 working days （最低生活保障审核确认办法 a22)."""
    case.is_special = True
    clock.set_due(case)
    case.save()


@action("check.object", "对核对结果提出异议", may=is_applicant)
def object_to_check(actor: Actor, case: Case, *, text: str) -> Objection:
    """The applicant contradicts what the sources said （办法 a18); the officer answers by re-investigation."""
    if case.state != Case.State.ACCEPTED:
        raise Refused("办理中的办件可以对核对结果提出异议；已作出决定的，可以申诉。")
    if len(text.strip()) < 10:
        raise Refused("请写明哪一项不对、实际情况是什么（至少10个字）。", "text")
    if case.objections.filter(about=Objection.About.CHECK, answered_at=None).exists():
        raise Refused("您的异议正在处理，请等待答复。")
    objection = Objection.objects.create(
        case=case, about=Objection.About.CHECK, text=text.strip()[:1000], by_name=case.applicant.name,
        received_at=timezone.now(),
    )  # fmt: skip
    make_special(case)
    add_event(case, "objection", "申请人对核对结果提出异议，将重新核实。", actor)
    return objection


@action("case.appeal", "申诉", may=is_applicant)
def open_appeal(actor: Actor, case: Case, *, grounds: str) -> Case:
    """A linked case that the district reviews; within 60 days of the decision. Courts and reconsideration stay open."""
    decision = case.decisions.filter(overturned_at=None).order_by("-id").first()
    if decision is None or case.kind == Case.Kind.APPEAL:
        raise Refused("作出决定后可以申诉。")
    if today() > add_calendar_days(decision.decided_on, APPEAL_DAYS):
        raise Refused("已超过60日的申诉期限，仍可在6个月内向人民法院提起行政诉讼。")
    if case.linked.filter(state__in=Case.OPEN).exists():
        raise Refused("您的申诉正在办理，无需重复提交。")
    if len(grounds.strip()) < 10:
        raise Refused("请写明申诉的理由（至少10个字）。", "grounds")
    appeal = Case(
        kind=Case.Kind.APPEAL, parent=case, matter_code=case.matter_code, matter_version=case.matter_version,
        applicant=case.applicant, household=case.household, place=case.place, channel=Case.Channel.PHONE,
        state=Case.State.ACCEPTED, facts=case.facts, facts_version=case.facts_version,
        submitted_at=timezone.now(), accepted_at=timezone.now(),
    )  # fmt: skip
    appeal.number = new_case_number(case)
    appeal.save()
    clock.set_due(appeal)
    appeal.save()
    add_event(appeal, "submitted", f"申诉理由：{grounds.strip()[:500]}", actor)
    add_event(case, "appealed", f"申请人提出申诉，编号{appeal.number}。", actor)
    engine.begin(appeal)
    return appeal


@sweep
def end_public_notices() -> int:
    """Notices whose last day is over and that nobody objected to lead on to the decision."""
    ended = 0
    for notice in PublicNotice.objects.filter(closed_at=None, until_on__lt=today()).select_related("run")[:500]:
        ended += end_public_notice(SYSTEM, notice)
    return ended


@action("notice.end", "公示期满", may=lambda actor, notice: actor.is_system)
def end_public_notice(actor: Actor, notice: PublicNotice) -> bool:
    if notice.closed_at is not None or notice.run.ended_at is not None:
        return False
    notice.closed_at = timezone.now()
    notice.save(update_fields=["closed_at"])
    engine.end_run(notice.run, step_of_run(notice.run).outcome("done"), actor=actor)
    return True
