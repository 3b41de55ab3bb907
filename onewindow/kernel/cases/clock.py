"""The clocks of a case. They run in working days from acceptance; suspended days do not count."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils import timezone

from onewindow.kernel.calendar.working_days import Due, add_working_days, is_working_day, today, working_days_between
from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.catalog import Step
from onewindow.kernel.staff.models import Delegation

FAR = date(9999, 12, 31)
YELLOW_DAYS, YELLOW_SHARE = 3, 0.2


def is_delegated(case: Case, on: date) -> bool:
    """Has the district handed this decision to the street by that day?"""
    prefixes = [case.place_id[:2].ljust(12, "0"), case.place_id[:6].ljust(12, "0"), case.place_id]
    delegations = Delegation.objects.filter(matter=case.matter_code, place_id__in=prefixes, from_on__lte=on)
    return delegations.exclude(until_on__lte=on).exists()


def limit_of(case: Case) -> int | None:
    """Working days that the law gives （最低生活保障审核确认办法 a22; 2022-10-20 notice 四（一）)."""
    matter = case.matter
    if case.is_special and matter.special_working_days:
        return matter.special_working_days
    if case.is_delegated and matter.delegated_working_days:
        return matter.delegated_working_days
    return matter.statutory_working_days


def suspended_working_days(case: Case, until: date) -> int:
    return sum(working_days_between(each.from_on, each.until_on or until) for each in case.suspensions.all())


def set_due(case: Case) -> None:
    """Compute the due date anew from acceptance, limit, extensions and the suspension ledger. Does not save."""
    limit = case.limit_working_days = limit_of(case)
    if case.accepted_at is None:
        return
    accepted_on = timezone.localdate(case.accepted_at)
    if case.matter.statutory_hours:
        case.due_at = case.accepted_at + timedelta(hours=case.matter.statutory_hours)
    if limit is None:
        return
    moved = sum(each.working_days for each in case.extensions.all()) + suspended_working_days(case, today())
    due = add_working_days(accepted_on, limit + moved)
    case.due_on, case.due_is_provisional = due.on, due.provisional
    if case.matter.promised_working_days:
        case.promised_on = add_working_days(accepted_on, min(case.matter.promised_working_days, limit) + moved).on


def step_due(step: Step, on: date) -> Due | None:
    """The step's own clock, cut by no other: working days, or the calendar days of a public notice."""
    if step.working_days is not None:
        return add_working_days(on, step.working_days)
    if step.calendar_days is not None:
        last = on + timedelta(days=step.calendar_days)
        if step.rolls and not is_working_day(last):
            return add_working_days(last, 1)
        return Due(last, provisional=False)
    return None


@dataclass(frozen=True)
class Remaining:
    """What a badge shows. `days`: working days left, negative when overdue; None where no limit is set."""

    days: int | None
    colour: Literal["green", "yellow", "red", "paused", "none"]
    provisional: bool = False
    due_on: date | None = None


def remaining(
    due_on: date | None, *, provisional: bool = False, total: int | None = None, paused: bool = False
) -> Remaining:
    """Yellow at 80 % of the time or three working days left, red when overdue."""
    if paused:
        return Remaining(None, "paused", provisional, due_on)
    if due_on is None or due_on >= FAR:
        return Remaining(None, "none")
    now = today()
    if due_on < now:
        return Remaining(-working_days_between(due_on, now), "red", provisional, due_on)
    days = working_days_between(now, due_on)
    is_close = days <= YELLOW_DAYS or (total is not None and days <= total * YELLOW_SHARE)
    return Remaining(days, "yellow" if is_close else "green", provisional, due_on)


def case_remaining(case: Case) -> Remaining:
    return remaining(
        case.due_on,
        provisional=case.due_is_provisional,
        total=case.limit_working_days,
        paused=case.paused_from is not None,
    )


def run_remaining(run: StepRun) -> Remaining:
    return remaining(run.due_on, provisional=run.due_is_provisional)
