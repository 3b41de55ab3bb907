"""Which days are worked, from the State Council's yearly notices, and what follows from it for limits. No database here."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

import chinese_calendar

from onewindow.kernel.audit.acting import Refused

FIRST_YEAR = 2004
PACKAGE_YEAR = max(chinese_calendar.constants.holidays).year
FURTHEST_YEARS = 2
SETTLED_UNTIL = (12, 28)
"""A notice can reach back into the old year: that of 2019 made 2018-12-29 a day of work and 2018-12-31 a day off."""


class BeyondCalendar(Refused):
    """No honest answer: before 2004, or more than two years beyond the last published holidays."""


@dataclass(frozen=True)
class Due:
    on: date
    provisional: bool
    """The holidays up to that day are not all published yet: the date may still move."""


@dataclass(frozen=True)
class WorkingCalendar:
    own_days: Mapping[date, bool]
    """The city's table, which wins: date → is it worked."""
    own_years: frozenset[int]
    """Years whose whole notice is in that table."""

    @cached_property
    def last_published_year(self) -> int:
        year = PACKAGE_YEAR
        while year + 1 in self.own_years:
            year += 1
        return year

    @cached_property
    def horizon(self) -> date:
        """The last day of which it is settled whether it is worked."""
        return date(self.last_published_year, *SETTLED_UNTIL)

    @cached_property
    def last(self) -> date:
        return date(self.last_published_year + FURTHEST_YEARS, 12, 31)

    @cached_property
    def _worked(self) -> list[date]:
        return [day for day in _days(date(FIRST_YEAR, 1, 1), self.last) if self._is_worked(day)]

    def _is_worked(self, day: date) -> bool:
        own = self.own_days.get(day)
        if own is not None:
            return own
        if day.year <= PACKAGE_YEAR:
            return day in _made_up or (day.weekday() < 5 and day not in _off)
        # A loaded notice lists every exception; without one, make-up days and joined weekends can't be known.
        return day.weekday() < 5 and (day.year in self.own_years or day not in _statutory())

    def _must_know(self, day: date) -> None:
        if not FIRST_YEAR <= day.year <= self.last.year:
            raise BeyondCalendar(
                f"{day:%Y-%m-%d}超出工作日历的范围（{FIRST_YEAR}年至{self.last.year}年），不能推算工作日。"
                "请核对日期；如确需推算更远的期限，请先导入国务院办公厅公布的放假安排。"
            )

    def is_working_day(self, day: date) -> bool:
        self._must_know(day)
        place = bisect_right(self._worked, day)
        return place > 0 and self._worked[place - 1] == day

    def add(self, start: date, working_days: int) -> Due:
        if working_days < 0:
            raise ValueError("a limit is not negative")
        self._must_know(start)
        place = bisect_right(self._worked, start) + working_days - 1
        if place >= len(self._worked):
            self._must_know(self.last + timedelta(days=1))
        on = self._worked[place] if working_days else start
        return Due(on, provisional=on > self.horizon)

    def between(self, after: date, until: date) -> int:
        if until <= after:
            return 0
        self._must_know(after)
        self._must_know(until)
        return bisect_right(self._worked, until) - bisect_right(self._worked, after)


# The package's tables themselves: its is_workday() takes fifteen times as long for the same answer.
_made_up, _off = chinese_calendar.constants.workdays, chinese_calendar.constants.holidays


@cache
def _statutory() -> Any:
    import holidays  # noqa: PLC0415 half a second, which no start of the city should wait for

    return holidays.country_holidays("CN")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
