from datetime import date
from pathlib import Path

import pytest
import time_machine

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.calendar import working_days
from onewindow.kernel.calendar.business_day import today
from onewindow.kernel.calendar.models import CalendarDay
from onewindow.kernel.calendar.notice import UnreadableNotice, flaws_of, read_notice
from onewindow.kernel.calendar.publishing import publish_holidays
from onewindow.kernel.staff.actor import NOBODY, SYSTEM

EXAMPLE = (Path(__file__).parent.parent / "notice_example.yaml").read_text(encoding="utf-8")
# What a notice for 2027 could look like: it also names the eve of its new year.
MADE_UP_2027 = """
year: 2027
source: 示例〔2026〕1号
holidays:
  - {name: 元旦, from: 2026-12-31, until: 2027-01-02}
  - {name: 春节, from: 2027-02-05, until: 2027-02-12}
  - {name: 劳动节, from: 2027-05-01, until: 2027-05-05}
  - {name: 国庆节, from: 2027-10-01, until: 2027-10-07}
worked:
  - {name: 元旦调休, day: 2026-12-26}
  - {name: 春节调休, day: 2027-02-20}
"""


@pytest.fixture(autouse=True)
def table_read_anew():
    working_days.forget_own_days()
    yield
    working_days.forget_own_days()


def published(text: str, **changed) -> int:
    notice = read_notice(text)
    told = {"year": notice.year, "days": notice.days, "source": notice.source, **changed}
    return publish_holidays(SYSTEM, None, **told)


@pytest.mark.django_db
def test_a_published_notice_moves_the_deadline_and_makes_it_firm(django_capture_on_commit_callbacks):
    before = working_days.add_working_days(date(2026, 12, 24), 5)
    with django_capture_on_commit_callbacks(execute=True):
        published(MADE_UP_2027)
    after = working_days.add_working_days(date(2026, 12, 24), 5)
    assert (before.on, before.provisional) == (date(2026, 12, 31), True)
    assert (after.on, after.provisional) == (date(2026, 12, 30), False)
    assert working_days.horizon().year == 2027


@pytest.mark.django_db
def test_publishing_again_replaces_the_years_notice():
    published(MADE_UP_2027)
    shorter = MADE_UP_2027.replace("until: 2027-02-12", "until: 2027-02-11")
    assert published(shorter) == CalendarDay.objects.count()
    assert not CalendarDay.objects.filter(on=date(2027, 2, 12)).exists()
    assert CalendarDay.objects.filter(on=date(2026, 12, 26), is_working=True, notice_year=2027).exists()


@pytest.mark.django_db
def test_the_table_is_read_once_for_many_questions(django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(50):
            working_days.is_working_day(date(2026, 3, 4))
            working_days.working_days_between(date(2026, 3, 4), date(2026, 4, 4))


@pytest.mark.django_db
def test_a_resident_can_not_publish_holidays():
    notice = read_notice(MADE_UP_2027)
    with pytest.raises(NotAllowed):
        publish_holidays(NOBODY, None, year=2027, days=notice.days, source="x")


@pytest.mark.django_db
def test_half_a_notice_is_refused_because_its_deadlines_would_look_firm():
    half = {on: day for on, day in read_notice(MADE_UP_2027).days.items() if on < date(2027, 5, 1)}
    with pytest.raises(Refused, match="缺少法定节假日2027-05-01"):
        published(MADE_UP_2027, days=half)
    assert not CalendarDay.objects.exists()


def test_the_example_file_agrees_with_the_package():
    notice = read_notice(EXAMPLE)
    assert flaws_of(notice) == []
    calendar = working_days.WorkingCalendar({}, frozenset())
    assert all(calendar.is_working_day(on) is is_worked for on, (is_worked, _) in notice.days.items())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("source: 示例〔2026〕1号", "source: ''"), "文号"),
        (("day: 2027-02-20", "day: 2027-02-22"), "不是调休上班的周末"),
        (("year: 2027", "year: 2028"), "不属于2028年"),
    ],
)
def test_a_slip_of_the_pen_in_a_notice_is_named(change, says):
    assert any(says in flaw for flaw in flaws_of(read_notice(MADE_UP_2027.replace(*change))))


@pytest.mark.parametrize(
    "text", ["", "[]", "year: 2027", ": :", EXAMPLE.replace("2026-01-04", "2026-01-02"), "year: !!x"]
)
def test_an_unreadable_notice_is_refused_in_chinese(text):
    with pytest.raises(UnreadableNotice, match="请"):
        read_notice(text)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles"])
def test_the_business_date_is_the_citys_and_not_the_machines(zone, monkeypatch):
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    with time_machine.travel("2026-12-31T15:59:59+00:00"):
        assert today() == date(2026, 12, 31)
    with time_machine.travel("2026-12-31T16:00:00+00:00"):
        assert today() == date(2027, 1, 1)
    monkeypatch.undo()
    time.tzset()
