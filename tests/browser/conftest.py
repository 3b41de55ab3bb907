"""The whole city in one process of tests: real pages, real rules, and partners as processes of their own."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from onewindow.exchange.demo import lay_partners
from onewindow.exchange.models import Query
from onewindow.exchange.simulators.tests.conftest import free_port
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import work_once
from onewindow.kernel.people.models import Account, Person
from onewindow.kernel.staff.actor import Actor
from onewindow.web import demo_door
from onewindow.web.demo_door import DemoAccount
from tests.factories import HEPING, City

LATE_SECONDS = 20


class Town:
    """A family, a street office, the district's finance, and the door through which each of them signs in."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.husband, self.wife = city.resident("欧阳建国"), city.resident("吕䶮霞")
        assert self.husband.person is not None and self.wife.person is not None
        self.household = city.household(self.husband.person, self.wife.person)
        self.clerk, self.chief = city.staff("street_window"), city.staff("street_chief")
        self.officer, self.second = city.staff("street_officer"), city.staff("street_officer")
        self.maker, self.checker = (
            city.staff("district_finance", HEPING),
            city.staff("district_finance_checker", HEPING),
        )
        demo_door.open_door(self.accounts)

    def accounts(self) -> list[DemoAccount]:
        return [DemoAccount(each.username, str(each.person), "", "") for each in Account.objects.all()]

    def records(self, deposit_fen: int) -> Iterator[dict[str, Any]]:
        for person in Person.unscoped.filter(id_index__isnull=False):
            account = {"account": person.bank_account, "product": "demand", "balance_fen": 0}
            if person.pk == self.wife.person_id:
                account["balance_fen"] = deposit_fen
            yield {"id_number": person.id_number, "name": person.name, "accounts": [account], "homes": []}


@pytest.fixture
def town(transactional_db: None) -> Town:
    return Town(City().lay())


@pytest.fixture
def partners(town: Town, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    """A bank that knows of a deposit which the family forgets, and the real-estate register."""
    settings.EXCHANGE_URL = settings.PUBLIC_URL = live_server.url
    commands = lay_partners(tmp_path, town.records(30_000_00), bank_port=free_port(), house_port=free_port())
    running = [subprocess.Popen(each, stdout=subprocess.DEVNULL) for each in commands]
    yield
    for each in running:
        each.terminate()
        each.wait(5)


@pytest.fixture
def work() -> Callable[[Callable[[], bool]], None]:
    """The background worker's rounds, until something has come true."""

    def until(is_so: Callable[[], bool]) -> None:
        last = time.monotonic() + LATE_SECONDS
        while time.monotonic() < last:
            OutMessage.objects.filter(sent_at=None).update(not_before="2020-01-01T00:00Z")
            work_once()
            if is_so():
                return
            time.sleep(0.2)
        raise AssertionError(f"did not come true: {list(Query.unscoped.values_list('state', 'problem'))}")

    return until


def sign_in(page: Page, actor: Actor) -> None:
    assert actor.account is not None and actor.person is not None
    page.context.clear_cookies()
    page.goto("/login")
    page.locator(f'form:has(input[value="{actor.account.username}"]) button').click()
    expect(page.get_by_role("button", name="退出")).to_be_attached()


def press(page: Page, name: str) -> None:
    """A button, and the dialog that asks once more where there is one."""
    page.get_by_role("button", name=name, exact=True).first.click()
    sure = page.locator("dialog[open] button.button--main, dialog[open] button.button--danger")
    if sure.count():
        sure.first.click()
