from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from onewindow.fields.organisations.models import Organisation
from onewindow.fields.organisations.uscc import body_code, check_sign, new_code
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.models import Case
from onewindow.kernel.staff.actor import Actor
from tests.carrying import Office, submitted
from tests.factories import City

NAME = "天津市海河读书协会"
ASSOCIATION = {
    "name": NAME, "address": "花园路1号", "purpose": "读书", "funds": "30000", "person_members": "50",
    "unit_members": "0", "has_charter": "yes",
}  # fmt: skip


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.fixture
def me(city: City) -> Actor:
    return city.resident("周明")


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00+08:00"):
        yield


@pytest.fixture
def made(office: Office, me: Actor) -> Organisation:
    office.to_end(submitted(me, "association", **ASSOCIATION))
    return Organisation.unscoped.get()


def test_codes_have_the_check_characters_of_the_standards(db: None) -> None:
    assert check_sign("91350100M000100Y4") == "3"  # the standard's own example
    assert body_code(12345678)[:8] == "12345678"
    code = new_code("51", "120101")
    assert len(code) == 18 and code.startswith("51120101") and check_sign(code[:17]) == code[17]


def test_a_name_is_kept_and_nobody_else_has_it(city: City, office: Office, me: Actor) -> None:
    told = {"division": "天津市", "word": "海河", "field": "读书", "form": "协会"}
    case = office.to_end(submitted(me, "organisation_name", **told))
    assert NAME in str(case.letters.get(letter__kind="certificate").letter.content)
    with pytest.raises(Refused, match="其他发起人保留"):
        submitted(city.resident(), "organisation_name", **told)
    with pytest.raises(Refused, match="中华"):
        submitted(me, "organisation_name", **told | {"word": "中华"})
    assert office.to_end(submitted(me, "organisation_name", **told), "refuse").state == Case.State.REJECTED


def test_from_establishment_to_the_last_report(office: Office, made: Organisation, me: Actor) -> None:
    code = {"uscc": made.uscc}
    office.to_end(submitted(me, "organisation_change", item="address", new="花园路2号", **code))
    report = {"year": "2025", "income": "100", "spending": "50", "staff": "2"}
    office.to_end(submitted(me, "annual_report", **code, **report))
    with pytest.raises(Refused, match="已经报告过"):
        submitted(me, "annual_report", **code, **report)
    office.to_end(submitted(me, "charity_recognition", is_nonprofit="yes", voted="yes", **code))
    with pytest.raises(Refused, match="满一年"):
        submitted(me, "public_fundraising", related="0", council="5", **code)
    with time_machine.travel("2027-11-24 10:00+08:00"):
        office.to_end(submitted(me, "public_fundraising", related="0", council="5", **code))
        made.refresh_from_db()
        assert (made.address, made.is_charity, made.may_raise_funds) == ("花园路2号", True, True)
        told = {"why": "done", "liquidated_on": "2027-11-20", "debts_settled": "yes", "residual": "捐赠"}
        office.to_end(submitted(me, "organisation_cancellation", **code, **told))
    made.refresh_from_db()
    assert made.cancelled_on == date(2027, 11, 24)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"person_members": "49"}, "50个以上个人"),
        ({"funds": "29999.99"}, "3万元"),
        ({"has_charter": "no"}, "章程"),
        ({"name": "海河读书协会"}, "行政区划"),
    ],
)
def test_what_an_association_lacks_is_said_at_once(office: Office, me: Actor, told: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        submitted(me, "association", **ASSOCIATION | told)


def test_the_register_refuses_a_second_of_the_name(city: City, office: Office, made: Organisation, me: Actor) -> None:
    with pytest.raises(Refused, match="已有登记在册"):
        submitted(city.resident(), "association", **ASSOCIATION)
    other = submitted(me, "association", **ASSOCIATION | {"name": "天津市新港读书协会"})
    with pytest.raises(Refused, match="两个社会团体"):
        office.to_end(other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.unscoped.filter(pk=made.pk).update(may_raise_funds=True)


def test_the_office_refuses_with_a_reason(office: Office, me: Actor) -> None:
    assert office.to_end(submitted(me, "association", **ASSOCIATION), "refuse").state == Case.State.REJECTED
    assert not Organisation.unscoped.exists()


def test_a_service_institution_and_a_foundation(office: Office, me: Actor) -> None:
    told = ASSOCIATION | {"name": "天津市海河助老中心"}
    assert office.to_end(submitted(me, "service_institution", **told)).state == Case.State.APPROVED
    refused = submitted(me, "service_institution", **told | {"name": "天津市海河社工中心"})
    assert office.to_end(refused, "refuse").state == Case.State.REJECTED
    fund = told | {
        "name": "天津市海河基金会",
        "fundraising": "private",
        "funds": "2000000",
        "council": "9",
        "related": "3",
    }
    assert office.to_end(submitted(me, "foundation", **fund)).state == Case.State.APPROVED
    fund["name"] = "天津市新港基金会"
    assert office.to_end(submitted(me, "foundation", **fund), "refuse").state == Case.State.REJECTED
    for wrong in ({"related": "4"}, {"funds": "1999999"}, {"fundraising": "public"}):
        with pytest.raises(Refused, match=r"三分之一|万元"):
            submitted(me, "foundation", **fund | wrong)


def test_only_its_own_representative_asks(city: City, office: Office, made: Organisation, me: Actor) -> None:
    stranger = city.resident()
    for matter in (
        "organisation_change",
        "organisation_cancellation",
        "annual_report",
        "charity_recognition",
        "public_fundraising",
    ):
        with pytest.raises(Refused, match="没有查到"):
            submitted(
                stranger,
                matter,
                uscc=made.uscc,
                item="address",
                year="2025",
                why="done",
                liquidated_on="2026-11-20",
                council="5",
            )


@pytest.mark.parametrize(
    ("matter", "told"),
    [
        ("organisation_change", {"item": "address", "new": "别处"}),
        ("organisation_cancellation", {"why": "done", "liquidated_on": "2026-11-20", "debts_settled": "yes"}),
        ("annual_report", {"year": "2025"}),
        ("charity_recognition", {"is_nonprofit": "yes", "voted": "yes"}),
    ],
)
def test_each_is_refused_without_a_trace(
    office: Office, made: Organisation, me: Actor, matter: str, told: dict[str, str]
) -> None:
    before = Organisation.unscoped.values().get()
    assert office.to_end(submitted(me, matter, uscc=made.uscc, **told), "refuse").state == Case.State.REJECTED
    assert Organisation.unscoped.values().get() == before and not made.reports.exists()
