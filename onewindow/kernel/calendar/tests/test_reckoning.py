"""Limits in working days, against the State Council's notices of 2019–2026."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onewindow.kernel.calendar.reckoning import BeyondCalendar, WorkingCalendar

PACKAGE_ONLY = WorkingCalendar({}, frozenset())
KNOWN = st.dates(date(2004, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("accepted", "limit", "due"),
    [
        ("2025-01-20", 20, "2025-02-21"),
        ("2025-04-28", 3, "2025-05-06"),
        ("2024-09-30", 10, "2024-10-18"),
        ("2019-03-29", 30, "2019-05-14"),
        ("2026-02-10", 20, "2026-03-16"),
        ("2025-09-24", 30, "2025-11-11"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-10-09", 1, "2026-10-10"),
    ],
)
def test_a_limit_steps_over_holidays_and_counts_make_up_days(accepted, limit, due):
    found = PACKAGE_ONLY.add(date.fromisoformat(accepted), limit)
    assert (found.on.isoformat(), found.provisional) == (due, False)


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_make_up_days_of_2026_are_worked_though_on_a_weekend(day):
    on = date.fromisoformat(day)
    assert on.weekday() >= 5 and PACKAGE_ONLY.is_working_day(on)


def test_nine_days_of_spring_festival_2026_are_not_worked():
    assert PACKAGE_ONLY.between(date(2026, 2, 14), date(2026, 2, 23)) == 0
    assert PACKAGE_ONLY.add(date(2026, 2, 14), 1).on == date(2026, 2, 24)


def test_thirty_working_days_from_today_reach_an_unpublished_year_and_say_so():
    found = PACKAGE_ONLY.add(date(2026, 11, 23), 30)
    assert (found.on, found.provisional) == (date(2027, 1, 5), True)
    assert not PACKAGE_ONLY.add(date(2026, 11, 23), 20).provisional


def test_statutory_days_of_an_unpublished_year_are_off_all_the_same():
    assert not PACKAGE_ONLY.is_working_day(date(2027, 1, 1))
    assert not PACKAGE_ONLY.is_working_day(date(2027, 10, 1))
    assert PACKAGE_ONLY.is_working_day(date(2027, 10, 12))


def test_the_last_days_of_december_are_settled_only_by_the_next_notice():
    assert PACKAGE_ONLY.add(date(2026, 12, 29), 1).provisional
    published = WorkingCalendar({date(2026, 12, 31): False, date(2027, 1, 1): False}, frozenset({2027}))
    found = published.add(date(2026, 12, 29), 2)
    assert (found.on, found.provisional) == (date(2027, 1, 4), False)


def test_a_published_year_makes_the_provisional_date_a_firm_one_and_may_move_it():
    days = {date(2027, 1, 1): False, date(2027, 1, 4): False, date(2027, 1, 9): True}
    published = WorkingCalendar(days, frozenset({2027}))
    found = published.add(date(2026, 11, 23), 30)
    assert (found.on, found.provisional) == (date(2027, 1, 6), False)
    assert published.last == date(2029, 12, 31)


def test_a_gap_between_published_years_is_not_passed_over():
    assert WorkingCalendar({date(2028, 1, 1): False}, frozenset({2028})).horizon.year == 2026


def test_the_citys_own_day_wins_over_the_package():
    calendar = WorkingCalendar({date(2026, 3, 4): False, date(2026, 3, 7): True}, frozenset())
    assert not calendar.is_working_day(date(2026, 3, 4))
    assert calendar.is_working_day(date(2026, 3, 7))


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2029, 1, 1), date.max, date.min])
def test_what_can_not_be_known_is_refused_in_chinese(day):
    with pytest.raises(BeyondCalendar, match="超出工作日历的范围"):
        PACKAGE_ONLY.is_working_day(day)
    with pytest.raises(BeyondCalendar):
        PACKAGE_ONLY.add(day, 1)


def test_a_limit_that_runs_out_of_the_calendar_is_refused():
    with pytest.raises(BeyondCalendar):
        PACKAGE_ONLY.add(date(2028, 12, 28), 30)
    with pytest.raises(BeyondCalendar):
        PACKAGE_ONLY.between(date(2026, 1, 1), date(2031, 1, 1))


def test_a_limit_is_not_negative():
    with pytest.raises(ValueError, match="negative"):
        PACKAGE_ONLY.add(date(2026, 1, 5), -1)


@given(start=KNOWN, days=st.integers(0, 250))
def test_counting_back_gives_the_limit_that_was_counted_forward(start, days):
    assume(start < date(2027, 12, 1))
    due = PACKAGE_ONLY.add(start, days).on
    assert PACKAGE_ONLY.between(start, due) == days
    assert days == 0 or PACKAGE_ONLY.is_working_day(due)


@given(first=KNOWN, second=KNOWN, days=st.integers(0, 250))
def test_who_is_accepted_later_is_never_due_earlier(first, second, days):
    early, late = sorted((first, second))
    assume(late < date(2027, 12, 1))
    assert PACKAGE_ONLY.add(early, days).on <= PACKAGE_ONLY.add(late, days).on
    assert PACKAGE_ONLY.add(early, days).on <= PACKAGE_ONLY.add(early, days + 1).on


@given(first=KNOWN, middle=KNOWN, last=KNOWN)
def test_parts_of_a_time_add_up(first, middle, last):
    first, middle, last = sorted((first, middle, last))
    between = PACKAGE_ONLY.between
    assert between(first, middle) + between(middle, last) == between(first, last)


@given(after=KNOWN, span=st.integers(-40, 40))
def test_the_fast_count_is_the_count_day_by_day(after, span):
    until = after + timedelta(days=span)
    assume(date(2004, 1, 1) <= until <= date(2028, 12, 31))
    slow = sum(PACKAGE_ONLY.is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))
    assert PACKAGE_ONLY.between(after, until) == slow
