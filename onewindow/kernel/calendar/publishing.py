"""Loading a year's holidays when the State Council has published them."""

from datetime import date
from typing import Any

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.models import CalendarDay
from onewindow.kernel.calendar.working_days import forget_own_days


@action("calendar.publish", "公布放假安排", may=lambda actor, _: actor.is_system, logs=("year", "source"))
def publish_holidays(actor: Any, _: None, *, year: int, days: dict[date, tuple[bool, str]], source: str) -> int:
    """`days`: date → (is it a working day, name). Replaces what was loaded for the year; returns how many days."""
    if not source.strip():
        raise Refused("请写明国务院办公厅通知的文号。")
    if not days or any(day.year != year for day in days):
        raise Refused(f"放假安排须全部属于{year}年,且不能为空。")
    CalendarDay.objects.filter(on__year=year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(on=day, is_working=is_working, name=name, source=source) for day, (is_working, name) in days.items()
    )
    forget_own_days()
    return len(days)
