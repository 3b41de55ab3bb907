"""A bad rating is called back by somebody else, and the rated office never learns whose it was."""

from datetime import timedelta
from typing import Any

import pytest

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.actions.applying import rate_case
from onewindow.kernel.cases.actions.calling_back import end_callback
from onewindow.kernel.cases.callbacks import open_callbacks, rated_offices
from onewindow.kernel.cases.models import Callback, Case, Message, StepRun
from onewindow.kernel.staff.actor import Actor
from tests.factories import HEPING, NANKAI, City

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {
    "called_on": today(),
    "is_justified": True,
    "found": "窗口态度生硬，属实。",
    "measures": "已当面道歉并培训。",
}


@pytest.fixture
def city() -> City:
    return City().lay()


def rated(city: City, stars: int) -> tuple[Actor, Case]:
    resident = city.resident()
    case = city.accepted(resident, city.staff("street_window"))
    Case.unscoped.filter(pk=case.pk).update(state=Case.State.COMPLETED)
    case.refresh_from_db()
    rate_case(resident, case, stars=stars, words="态度不好")
    return resident, case


@pytest.mark.parametrize(("stars", "is_work"), [(5, False), (3, False), (2, True), (1, True)])
def test_only_a_bad_rating_becomes_work_with_fifteen_working_days(city: City, stars: int, is_work: bool) -> None:
    rated(city, stars)
    found = list(open_callbacks(city.staff("district_officer", HEPING)))
    assert [each.due_on for each in found] == [add_working_days(today(), 15).on] * is_work


def test_the_rated_office_sees_figures_and_no_name(city: City) -> None:
    rated(city, 1)
    chief = city.staff("street_chief")
    assert list(open_callbacks(chief)) == []
    (line,) = rated_offices(chief)
    assert (line.name, line.count, line.mean, line.bad, line.open, line.late) == ("劝业场街道", 1, 1.0, 1, 1, 0)
    assert rated_offices(city.staff("district_chief", NANKAI)) == []


def test_the_caller_tells_what_was_found_and_done(city: City) -> None:
    resident, _ = rated(city, 1)
    caller = city.staff("district_officer", HEPING)
    callback = end_callback(caller, Callback.unscoped.get(), **TOLD, stars_again=4)
    assert callback.called_by == caller.person and callback.stars_again == 4
    assert "已当面道歉并培训" in Message.objects.filter(person=resident.person).latest("id").text
    assert list(open_callbacks(caller)) == [] and rated_offices(caller)[0].open == 0
    with pytest.raises(Refused, match="已经回访"):
        end_callback(caller, callback, **TOLD)


def test_nobody_calls_back_about_their_own_work_or_from_elsewhere(city: City) -> None:
    _, case = rated(city, 2)
    callback, hand = Callback.unscoped.get(), city.staff("district_officer", HEPING)
    StepRun.unscoped.filter(case=case, ended_at__isnull=False).update(done_by=hand.person)
    assert list(open_callbacks(hand)) == []
    for actor in (hand, city.staff("street_chief"), city.staff("district_officer", NANKAI), city.resident()):
        with pytest.raises(NotAllowed):
            end_callback(actor, callback, **TOLD)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"measures": ""}, "measures"),
        ({"found": "无"}, "found"),
        ({"called_on": today() + timedelta(days=1)}, "called_on"),
        ({"called_on": today() - timedelta(days=1)}, "called_on"),
        ({"stars_again": 9}, "stars_again"),
    ],
)
def test_what_is_missing_is_asked_for(city: City, wrong: dict[str, Any], field: str) -> None:
    rated(city, 2)
    with pytest.raises(Refused) as refusal:
        end_callback(city.staff("district_officer", HEPING), Callback.unscoped.get(), **{**TOLD, **wrong})
    assert refusal.value.field == field and Callback.unscoped.get().ended_at is None
