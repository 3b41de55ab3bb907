from datetime import date

import pytest
import time_machine

from onewindow.fields.adoption.models import Adoption
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.actions.waiting import end_waiting
from onewindow.kernel.cases.models import Case, PublicNotice
from onewindow.kernel.staff.actor import Actor
from tests.carrying import Office, submitted
from tests.factories import City, open_run

TOLD = {
    "is_married": "yes", "spouse_agrees": "yes", "children": "1", "child_sex": "female", "source": "normal",
    "child_born_on": "2024-05-01", "child_agrees": "yes", "parents_not_found": "no",
}  # fmt: skip
NOW = "2026-11-24 10:00+08:00"


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.fixture
def me(city: City) -> Actor:
    return city.resident(sex=1, birth=date(1986, 1, 1))


@pytest.mark.parametrize(("lost", "days"), [("no", 30), ("yes", 90)])
def test_a_child_is_adopted_after_the_days_and_no_notice_names_it(
    office: Office, me: Actor, lost: str, days: int
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        case = office.step(office.step(submitted(me, "adoption_registration", **TOLD | {"parents_not_found": lost})))
        waits = 0
        while not open_run(case).post:
            clock.shift(24 * 3600)
            waits += 1
            end_waiting()
        assert waits == days + 1
        case = office.step(case)
    assert case.state == Case.State.APPROVED and Adoption.unscoped.count() == 1
    assert not PublicNotice.objects.exists()
    assert Adoption.objects.seen_by(me).exists() and not Adoption.objects.seen_by(office.at["street_window"]).exists()


@time_machine.travel(NOW)
@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"children": "2"}, "一名子女"),
        ({"spouse_agrees": "no"}, "共同收养"),
        ({"child_born_on": "2018-11-24", "child_agrees": "no"}, "本人同意"),
        ({"has_record": "yes"}, "违法犯罪"),
        ({"is_married": "no", "child_born_on": "2025-12-31"}, "40周岁"),
    ],
)
def test_who_may_not_adopt_is_told_why(me: Actor, told: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        submitted(me, "adoption_registration", **TOLD | told)


@time_machine.travel(NOW)
def test_forty_years_to_the_day_and_orphans_beside_two_children(me: Actor) -> None:
    case = submitted(me, "adoption_registration", **TOLD | {"is_married": "no", "child_born_on": "2026-01-01"})
    assert case.number
    assert submitted(me, "adoption_registration", **TOLD | {"children": "2", "source": "orphan"}).number


def test_an_adoption_is_refused_with_a_reason(office: Office, me: Actor) -> None:
    with time_machine.travel(NOW):
        case = office.step(office.step(submitted(me, "adoption_registration", **TOLD)))
    with time_machine.travel("2026-12-25 10:00+08:00"):
        end_waiting()
        assert office.step(case, "refuse", reason="评估不合格。").state == Case.State.REJECTED
    assert not Adoption.unscoped.exists()
