"""
Limits in working days. The city's own table of holidays wins over the package; beyond the last published notice an
answer is marked provisional, and beyond what can honestly be said it is refused (`BeyondCalendar`).
"""

import time
from datetime import date, timedelta

from onewindow.kernel.calendar.business_day import today
from onewindow.kernel.calendar.models import CalendarDay
from onewindow.kernel.calendar.reckoning import BeyondCalendar, Due, WorkingCalendar

__all__ = [
    "BeyondCalendar", "Due", "add_calendar_days", "add_working_days", "horizon", "is_working_day", "today",
    "working_days_between",
]  # fmt: skip

KEPT_SECONDS = 60
"""Another process sees newly published holidays at the latest after this time."""

_calendar = WorkingCalendar({}, frozenset())
_read_at = float("-inf")


def _current() -> WorkingCalendar:
    global _calendar, _read_at
    if time.monotonic() - _read_at > KEPT_SECONDS:
        rows = list(CalendarDay.objects.values_list("on", "is_working", "notice_year"))
        read = WorkingCalendar({day: worked for day, worked, _ in rows}, frozenset(year for _, _, year in rows))
        if read != _calendar:  # the reckoned days of the old one are kept otherwise
            _calendar = read
        _read_at = time.monotonic()
    return _calendar


def forget_own_days() -> None:
    """Read the table again at the next question."""
    global _read_at
    _read_at = float("-inf")


def horizon() -> date:
    return _current().horizon


def is_working_day(day: date) -> bool:
    return _current().is_working_day(day)


def add_working_days(start: date, working_days: int) -> Due:
    """The last day of a limit that begins on the day after `start` (民法典 a201: the first day is not counted)."""
    return _current().add(start, working_days)


def add_calendar_days(start: date, days: int) -> date:
    """Likewise: the day of the event is not counted."""
    return start + timedelta(days=days)


def working_days_between(after: date, until: date) -> int:
    """Working days later than `after` and not later than `until`; 0 where `until` is not later."""
    return _current().between(after, until)
