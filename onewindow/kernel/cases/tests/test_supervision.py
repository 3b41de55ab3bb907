"""The supervisor counts what the applicant and the officer see."""

from datetime import date, timedelta

import pytest

from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.clock import case_remaining
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.supervision import case_tones, halts, offices
from tests.factories import NANKAI, NANKAI_STREET, City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City().lay()


def accepted(city: City) -> Case:
    return city.accepted(city.resident(), city.staff("street_window"))


def due(case: Case, on: date | None, limit: int | None = 20) -> Case:
    case.due_on, case.limit_working_days = on, limit
    case.save(update_fields=["due_on", "limit_working_days"])
    return case


@pytest.mark.parametrize("limit", [None, 20, 30, 45])
@pytest.mark.parametrize("days", [-30, -1, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 40])
def test_a_case_has_the_colour_that_its_badge_has(city: City, limit: int | None, days: int) -> None:
    on = add_working_days(today(), days).on if days >= 0 else today() + timedelta(days=days)
    case = due(accepted(city), on, limit)
    colours = [tone for tone, condition in case_tones().items() if Case.unscoped.filter(condition, pk=case.pk).exists()]
    assert colours == [case_remaining(case).colour]


def test_a_chief_sees_each_colour_of_the_street_counted(city: City) -> None:
    officer, chief = city.staff("street_officer"), city.staff("street_chief")
    due(accepted(city), today() - timedelta(days=1))
    due(accepted(city), today() - timedelta(days=9))
    due(accepted(city), today() + timedelta(days=90))
    paused = accepted(city)
    working.suspend_case(officer, paused, kind="hearing", article="行政许可法第四十五条")
    city.submitted(city.resident())
    (line,) = offices(chief)
    assert (line.name, line.open) == ("劝业场街道", 5)
    assert (line.red, line.yellow, line.green, line.paused, line.none) == (2, 0, 1, 1, 1)
    assert offices(chief, "emergency_relief") == []
    assert len(offices(chief, "no such matter")) == 1


def test_another_district_is_not_counted_and_the_leader_counts_by_district(city: City) -> None:
    accepted(city)
    assert offices(city.staff("district_officer", NANKAI)) == []
    assert offices(city.staff("street_chief", NANKAI_STREET)) == []
    (line,) = offices(city.staff("city_leader", "120000000000"))
    assert (line.code, line.name, line.open) == ("120101", "和平区", 1)


def test_every_stop_of_a_clock_is_shown_with_its_reason_to_those_who_see_the_case(city: City) -> None:
    officer, chief = city.staff("street_officer"), city.staff("street_chief")
    case = accepted(city)
    working.suspend_case(officer, case, kind="hearing", article="行政许可法第四十五条")
    working.extend_case(chief, case, working_days=10, reason="案情复杂", article="审核确认办法第二十二条")
    told = {(halt.what, halt.why, halt.article, halt.by, halt.working_days) for halt in halts(chief)}
    assert told == {
        ("中止计时", "听证", "行政许可法第四十五条", officer.label, None),
        ("延长期限", "案情复杂", "审核确认办法第二十二条", chief.label, 10),
    }
    assert halts(city.staff("district_chief", NANKAI)) == []
