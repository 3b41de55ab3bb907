from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from onewindow.kernel.audit.models import AuditLine
from tests.walk.addresses import addresses
from tests.walk.routes import Route, everything
from tests.walk.town import Town
from tests.walk.walking import client_of, lets_in, text_of, undone


@pytest.fixture(scope="module")
def built_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), undone():
        yield Town().fill()


@pytest.fixture
def town(built_once: Town, db: None) -> Town:
    """Whatever a test does to it is undone."""
    return built_once


@dataclass(frozen=True)
class Seen:
    who: str
    route: Route
    url: str
    status: int
    is_let_in: bool
    text: str
    looks: int
    """Lines of the log about somebody that this reading left."""


@pytest.fixture(scope="module")
def readings(built_once: Town) -> list[Seen]:
    """Every page and reading operation, asked by everybody of the town."""
    return [seen for who in built_once.insiders for seen in _read_everything(built_once, who)]


def _read_everything(town: Town, who: str) -> Iterator[Seen]:
    client, about_somebody = client_of(town.insiders[who]), AuditLine.objects.exclude(subject=None)
    for route in everything():
        for url in addresses(route, town) if "GET" in route.methods else ():
            before = about_somebody.count()
            response = client.get(url)
            text, looks = text_of(response), about_somebody.count() - before
            yield Seen(who, route, url, response.status_code, lets_in(response), text, looks)
