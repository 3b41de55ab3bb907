"""
Working days with the State Council's holidays and make-up days. Beyond the last published year the answer is marked
provisional; beyond what can honestly be said at all it is refused.
"""

import time
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
import holidays
from django.utils import timezone

from onewindow.kernel.calendar.models import CalendarDay

FIRST = date(2004, 1, 1)
PUBLISHED_UNTIL = max(chinese_calendar.constants.workdays | chinese_calendar.constants.holidays).replace(month=12, day=31)
FURTHEST_YEARS = 2
KEPT_SECONDS = 60


class BeyondCalendar(ValueError):
    """No honest answer: before 2004, or more than two years beyond the last published holidays."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day:%Y-%m-%d}超出工作日历的范围({FIRST.year}年至{PUBLISHED_UNTIL.year + FURTHEST_YEARS}年)。")


@dataclass(frozen=True)
class Due:
    on: date
    provisional: bool
    """The holidays of that year are not published yet: the date may still move."""


def today() -> date:
    """The business date, in the city's own time zone."""
    return timezone.localdate()


_own: dict[date, bool] = {}
_read_at = float("-inf")


def _own_days() -> dict[date, bool]:
    """The city's table, read at most once a minute."""
    global _own, _read_at
    if time.monotonic() - _read_at > KEPT_SECONDS:
        _own, _read_at = dict(CalendarDay.objects.values_list("on", "is_working")), time.monotonic()
    return _own


def forget_own_days() -> None:
    """Called after the table was changed, and between tests."""
    global _read_at
    _read_at = float("-inf")


def horizon() -> date:
    """The last day whose holidays are known: of the package, or of a later year that the city has loaded."""
    years = {day.year for day in _own_days()}
    year = PUBLISHED_UNTIL.year
    while year + 1 in years:
        year += 1
    return date(year, 12, 31)


_statutory = holidays.country_holidays("CN")


def is_working_day(day: date) -> bool:
    own = _own_days().get(day)
    if own is not None:
        return own
    if day < FIRST or day.year > PUBLISHED_UNTIL.year + FURTHEST_YEARS:
        raise BeyondCalendar(day)
    if day <= PUBLISHED_UNTIL:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in _statutory


def add_working_days(start: date, working_days: int) -> Due:
    """The last day of a limit that begins on the day after `start` (民法典 a201: the first day is not counted)."""
    if working_days < 0:
        raise ValueError("a limit is not negative")
    day = start
    for _ in range(working_days):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return Due(day, provisional=day > horizon())


def add_calendar_days(start: date, days: int) -> date:
    return start + timedelta(days=days)


def working_days_between(after: date, until: date) -> int:
    """Working days later than `after` and not later than `until`; 0 where `until` is not later."""
    return sum(is_working_day(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))
