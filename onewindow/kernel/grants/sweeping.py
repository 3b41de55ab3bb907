"""What comes due by itself: grants of the dead end, what was paid after an end is asked back, reviews open as work with a clock."""

from django.db.models import Exists, F, OuterRef, QuerySet

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.engine import open_step
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.cases.steps import EXTRA_STEPS
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.changing import end_grant, make_up
from onewindow.kernel.grants.models import Adjustment, Grant, GrantTurn, PaymentItem, PaymentLine
from onewindow.kernel.grants.months import month_of, months_after
from onewindow.kernel.outbox.sending import sweep
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.permission import system

AT_ONCE = 200
"""Of one round; the next round takes the rest."""


@sweep
def end_grants_of_the_dead() -> int:
    """Paid for the month of the death and no further; what went out after it is asked back."""
    dead = Grant.unscoped.filter(until_month="", every=Grant.Every.MONTH, holder__died_on__isnull=False)
    found = list(dead.select_related("holder").order_by("id")[:AT_ONCE])
    for grant in found:
        died_on = grant.holder.died_on
        assert died_on is not None
        end_grant(SYSTEM, grant, last_month=month_of(died_on), reason=f"领取人于{died_on:%Y年%m月%d日}去世")
    return len(found)


@action("grant.make_up", "核对停发后的款项", may=system)
def recover(actor: Actor, grant: Grant) -> list[Adjustment]:
    return make_up(grant, f"发放至{grant.until_month}，之后到账的款项应退回", grant.law_version, actor)


@sweep
def recover_what_arrived_after_the_end() -> int:
    """A payment that was on its way when the grant ended."""
    asked = Adjustment.objects.filter(grant=OuterRef("item__grant"), month=OuterRef("month"), settles=None)
    late = PaymentLine.objects.filter(kind=PaymentLine.Kind.REGULAR, item__state=PaymentItem.State.PAID)
    late = (
        late.exclude(item__grant__until_month="").filter(month__gt=F("item__grant__until_month")).filter(~Exists(asked))
    )
    found = list(Grant.unscoped.filter(pk__in=late.values("item__grant")).order_by("id")[:AT_ONCE])
    for grant in found:
        recover(SYSTEM, grant)
    return len(found)


def due_for_review(benefit: str, months: int, month: str) -> QuerySet[Grant]:
    """In force for so long without a review, and none under way."""
    since = months_after(month, -months)
    reviewed = GrantTurn.objects.filter(grant=OuterRef("pk"), kind=GrantTurn.Kind.REVIEW, from_month__gt=since)
    open_run = StepRun.unscoped.filter(
        case=OuterRef("case"), step_code__in=("review_grant", "confirm_stop"), ended_at=None
    )
    held = Grant.unscoped.filter(benefit=benefit, every=Grant.Every.MONTH, until_month="", from_month__lte=since)
    return held.filter(~Exists(reviewed), ~Exists(open_run), holder__died_on=None)


@sweep
def open_reviews() -> int:
    """最低生活保障审核确认办法 a33: whoever receives a benefit is looked at again at the interval that the matter names."""
    opened = 0
    for matter in matters().values():
        if matter.grant and matter.grant.review_months:
            due = due_for_review(matter.code, matter.grant.review_months, month_of(today()))
            for grant in due.order_by("from_month", "id")[: AT_ONCE - opened]:
                open_review(SYSTEM, grant)
                opened += 1
    return opened


@action("grant.open_review", "发起定期复核", may=system)
def open_review(actor: Actor, grant: Grant) -> Grant:
    case = grant.case
    if case.runs.filter(step_code="review_grant", ended_at=None).exists():
        raise Refused("这项待遇的复核已在办理中。")
    open_step(case, EXTRA_STEPS["review_grant"])
    add_event(case, "review_opened", f"{case.matter.name}到了定期复核的时间。", actor)
    tell(case, f"您的{case.matter.name}到了定期复核的时间，街道工作人员将核实家庭情况。复核期间照常发放。")
    return grant


def reviewed(run: StepRun, actor: Actor = SYSTEM) -> None:
    """The officer keeps it, or a chief confirms the stop that the officer proposed."""
    month = month_of(today())
    for grant in Grant.unscoped.filter(case=run.case, until_month="", every=Grant.Every.MONTH):
        if run.outcome == "keep":
            reason = str(run.record.get("reason") or "定期复核，情况没有变化")[:200]
            grant.turns.create(kind=GrantTurn.Kind.REVIEW, from_month=month, reason=reason, by=actor.label)
        elif run.outcome == "stop":
            end_grant(SYSTEM, grant, last_month=month, reason=f"定期复核：{run.record.get('reason', '')}")
