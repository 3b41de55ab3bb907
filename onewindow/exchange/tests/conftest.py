"""A household whose economic check begins, partners with keys in the database, and partners as real processes."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.utils import timezone

from onewindow.exchange.asking import ask_sources, sources_settled
from onewindow.exchange.demo import lay_partners
from onewindow.exchange.models import Partner
from onewindow.exchange.partners import add_key, register_partner
from onewindow.exchange.protocol.keys import Key
from onewindow.exchange.protocol.suites import INTL
from onewindow.exchange.report import own_findings, report_of
from onewindow.exchange.simulators.tests.conftest import free_port, switch
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases import engine
from onewindow.kernel.cases.models import Case, CaseMember, FactSheet
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import SENDERS, send_waiting
from onewindow.kernel.people.identity import check_digit
from onewindow.kernel.people.models import Consent, Household, Person
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM, Actor, HeldPost

STREET, COMMUNITY = "120103001000", "120103001001"
OTHER_STREET = "120101001000"
FACTS = {"monetary_property": 20_000_00, "home_count": 1, "non_residential_property": False}


@pytest.fixture(autouse=True)
def plugged(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, adapter in {
        "ask_sources": ask_sources, "sources_settled": sources_settled, "report": report_of, "own_findings": own_findings,
    }.items():  # fmt: skip
        monkeypatch.setattr(ports, name, adapter)
    monkeypatch.setitem(SENDERS, "sms", lambda message: None)


@pytest.fixture
def places(db: None) -> None:
    Place.objects.create(code="120103000000", name="河西区", level="district")
    Place.objects.create(code=STREET, name="大营门街道", level="street")
    Place.objects.create(code=COMMUNITY, name="示例社区", level="community")
    Place.objects.create(code="120101000000", name="和平区", level="district")
    Place.objects.create(code=OTHER_STREET, name="劝业场街道", level="street")


def id_number(birth: str, sequence: int) -> str:
    first = f"120103{birth}{sequence}"
    return first + check_digit(first)


def a_person(name: str, birth: str, sequence: int, **values: Any) -> Person:
    born = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    number = id_number(birth, sequence)
    return Person.unscoped.create(name=name, id_number=number, birth=born, place_id=COMMUNITY, **values)


def consent_of(case: Case, person: Person, sources: tuple[str, ...] = ("BANK", "HOUSE")) -> Consent:
    return Consent.objects.create(
        person=person, purpose=case.matter_code, about=str(case.public_id), sources=list(sources), text_version="t",
        given_by="self", given_at=timezone.now(), valid_to=today() + timedelta(days=365),
    )  # fmt: skip


@pytest.fixture
def case(places: None) -> Case:
    """张三, his wife, and a child who is asked nothing; accepted, not yet checked."""
    husband, wife = a_person("张三", "19800101", 991), a_person("阿依古丽·买买提", "19820202", 992)
    household = Household.objects.create(number="H1", place_id=COMMUNITY, address="示例里1号")
    case = Case.unscoped.create(
        matter_code="dibao", matter_version="2022-10", number="1201032026000001", applicant=husband, household=household,
        place_id=STREET, channel="phone", state=Case.State.ACCEPTED, accepted_at=timezone.now(),
        facts={"household": FACTS, "people": {}}, facts_version=1, pay_to="6222000000000001", pay_to_name="张三",
    )  # fmt: skip
    for person, relation in ((husband, "01"), (wife, "10"), (a_person("张小宝", "20180303", 993), "20")):
        CaseMember.objects.create(case=case, person=person, relation=relation, is_applicant=person == husband)
    FactSheet.objects.create(case=case, version=1, facts=case.facts, by="张三")
    for person in (husband, wife):
        consent_of(case, person)
    return case


def begin_check(case: Case) -> Any:
    """Opens the step that asks the sources."""
    return engine.open_step(case, case.matter.step("means_check"))


@pytest.fixture
def officer(case: Case) -> Actor:
    person = a_person("赵办", "19750505", 994)
    return Actor(person=person, posts=(HeldPost("street_officer", STREET, "大营门街道"),))


KEYS = {code: Key(f"{code}-1", INTL.new_key()) for code in ("bank", "real_estate", "tax")}


@pytest.fixture
def partners(db: None) -> dict[str, Partner]:
    """Registered, with keys that the tests hold; nobody listens at their addresses."""
    found = {}
    for code, source in (("bank", "BANK"), ("real_estate", "HOUSE"), ("tax", "")):
        found[code] = register_partner(
            SYSTEM,
            None,
            code=code,
            base_url="http://127.0.0.1:9",
            name=f"示例{code}",
            source=source,
            is_paying=code == "bank",
        )
        add_key(SYSTEM, found[code], key_id=f"{code}-1", public_pem=KEYS[code].public_pem)
    return found


class World:
    """Two partner processes and our own server, and a worker that works when told."""

    def __init__(self, directory: Path, people: list[dict[str, Any]]) -> None:
        self.directory, self.ports = directory, {"bank": free_port(), "real_estate": free_port()}
        commands = lay_partners(directory, people, bank_port=self.ports["bank"], house_port=self.ports["real_estate"])
        self.processes = [
            subprocess.Popen([*c, "--latency", "0.02"], stdout=subprocess.PIPE, text=True) for c in commands
        ]
        for process in self.processes:
            assert process.stdout is not None and process.stdout.readline()

    def mode(self, partner: str, mode: str) -> dict[str, Any]:
        return switch(f"http://127.0.0.1:{self.ports[partner]}", mode)

    def work(self) -> int:
        OutMessage.objects.filter(sent_at=None).update(not_before=timezone.now())
        return send_waiting()

    def wait(self, is_so: Callable[[], bool], seconds: float = 8) -> None:
        until = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < until, "it did not come about in time"
            time.sleep(0.03)

    @property
    def book(self) -> Path:
        return self.directory / "bank-book.sqlite3"

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def people() -> list[dict[str, Any]]:
    """What the partners know: as declared, and a joint account that both spouses hold."""
    joint = {"account": "6222000000000001", "product": "demand", "balance_fen": 15_000_00, "inflow_12_months_fen": 1}
    home = {
        "reference": "JIN-2012-0001", "address": "示例里1号", "use": "residential", "area_square_decimetres": 5600, "share": "1/2",
    }  # fmt: skip
    return [
        {"id_number": id_number("19800101", 991), "name": "张三", "accounts": [joint], "homes": [home]},
        {"id_number": id_number("19820202", 992), "name": "阿依古丽·买买提", "accounts": [joint], "homes": [home]},
    ]


class Quiet:
    """Requests that our server is still at work on: the database is emptied only when there are none."""

    def __init__(self) -> None:
        self.running, self.lock = 0, threading.Lock()

    def begin(self, **_: Any) -> None:
        with self.lock:
            self.running += 1

    def end(self, **_: Any) -> None:
        with self.lock:
            self.running -= 1

    def wait(self) -> None:
        time.sleep(0.05)
        until = time.monotonic() + 10
        while self.running > 0 and time.monotonic() < until:
            time.sleep(0.02)


@pytest.fixture
def quiet() -> Iterator[Quiet]:
    quiet = Quiet()
    request_started.connect(quiet.begin)
    request_finished.connect(quiet.end)
    yield quiet
    request_started.disconnect(quiet.begin)
    request_finished.disconnect(quiet.end)


@pytest.fixture
def world(
    live_server: Any, settings: Any, tmp_path: Path, people: list[dict[str, Any]], quiet: Quiet
) -> Iterator[World]:
    settings.EXCHANGE_URL = live_server.url
    world = World(tmp_path / "partners", people)
    yield world
    world.stop()
    quiet.wait()
