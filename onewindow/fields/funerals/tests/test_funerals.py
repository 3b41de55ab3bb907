from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from onewindow.fields.funerals.cremation_package.acts import fee_fen
from onewindow.fields.funerals.models import FuneralClaim, SeaSession
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.staff.actor import Actor
from onewindow.rules.case import assess_case
from tests.carrying import Office, submitted
from tests.factories import City

DIED = {"deceased_number": "11010519491231002X", "deceased_name": "张老", "has_city_hukou": "yes", "cremated_in_city": "yes", "relation": "child"}  # fmt: skip
PACKAGE = {"relation": "child", "relief": "none", "takes_package": "yes"}


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.fixture
def me(city: City) -> Actor:
    return city.resident()


@pytest.fixture
def law(city: City) -> None:
    ports.assess = assess_case


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00+08:00"):
        yield


def test_whoever_saw_to_the_funeral_is_paid_once(law: None, office: Office, city: City, me: Actor) -> None:
    case = office.to_end(submitted(me, "funeral_subsidy", cremated_on="2026-06-24", **DIED))
    assert case.state == Case.State.APPROVED
    assert case.decisions.get().amount_fen == 180_000
    assert "*" in case.facts["household"]["deceased_number"] and FuneralClaim.unscoped.count() == 1
    with pytest.raises(Refused, match="已经发放过"):
        submitted(city.resident(), "funeral_subsidy", cremated_on="2026-06-24", **DIED)


def test_after_six_months_it_is_refused(law: None, office: Office, me: Actor) -> None:
    case = office.step(office.step(submitted(me, "funeral_subsidy", cremated_on="2026-05-23", **DIED)))
    with pytest.raises(Refused, match="不符合条件"):
        office.step(case)
    assert office.step(case, "refuse").state == Case.State.REJECTED


def test_the_last_seat_at_sea_is_given_once(office: Office, city: City, me: Actor) -> None:
    session = SeaSession.unscoped.create(on=date(2026, 12, 5), where="渤海湾", seats=1)
    told = {"session_on": "2026-12-05", "participants": "2", "mode": "sea"}
    late = submitted(city.resident(), "sea_burial", **told)
    case = office.to_end(submitted(me, "sea_burial", **told))
    session.refresh_from_db()
    assert case.state == Case.State.APPROVED and session.taken == 1
    with pytest.raises(Refused, match="已满"):
        office.to_end(late)
    assert office.to_end(late, "refuse").state == Case.State.REJECTED
    with pytest.raises(Refused, match="没有撒海场次"):
        submitted(me, "sea_burial", **told | {"session_on": "2026-12-06"})


def test_a_cremation_is_certified_with_its_price(office: Office, me: Actor) -> None:
    case = office.to_end(submitted(me, "cremation_package", died_on="2026-11-23", **PACKAGE))
    assert "3,000.00" in str(case.letters.get(letter__kind="certificate").letter.content)
    again = office.to_end(submitted(me, "cremation_package", died_on="2026-11-23", **PACKAGE), "refuse")
    assert again.state == Case.State.REJECTED
    assert [fee_fen({"relief": kind}) for kind in ("none", "dibao", "tekun")] == [300_000, 150_000, 0]


def test_no_cemetery_beside_a_reservoir(office: Office, me: Actor) -> None:
    told = {"kind": "hall", "area": "500"}
    assert office.to_end(submitted(me, "funeral_facility", ground="permitted", **told)).state == Case.State.APPROVED
    refused = office.to_end(submitted(me, "funeral_facility", ground="permitted", **told), "refuse")
    assert refused.state == Case.State.REJECTED
    with pytest.raises(Refused, match="禁止建造"):
        submitted(me, "funeral_facility", ground="reservoir", **told)
