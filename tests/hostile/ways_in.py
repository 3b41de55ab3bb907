"""For every act and operation somebody whom it lets in, so that a hostile input reaches all the way down."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from onewindow.kernel.staff.actor import NOBODY
from tests.walk.addresses import addresses
from tests.walk.routes import Route, everything
from tests.walk.town import Town
from tests.walk.walking import ask, body_of, client_of, lets_in, undone

NOT_ASKED = ("/accounts/", "/exchange/")
"""A library's own pages; and partners, whose messages have attacks of their own (onewindow/exchange/tests)."""
MOST_TRIES = 30


@dataclass(frozen=True)
class Way:
    route: Route
    method: str
    url: str
    client: Client
    body: dict[str, Any]

    def ask(self, body: dict[str, Any]) -> HttpResponse:
        with undone():
            return ask(self.client, self.route, self.method, self.url, body)

    def get(self, url: str, query: dict[str, str]) -> HttpResponse:
        with undone():
            return getattr(self.client, self.method.lower())(url, query_params=query)

    def __str__(self) -> str:
        return f"{self.method} {self.route.template}"


def ways(town: Town) -> Iterator[Way]:
    clients = {who: client_of(actor) for who, actor in (*town.insiders.items(), ("nobody", NOBODY))}
    for route in everything():
        likely = {who: client for who, client in clients.items() if _may_be(town, who, route)}
        for method in () if route.template.startswith(NOT_ASKED) else route.methods:
            way = _way(town, route, method, likely)
            if way is not None:
                yield way


def _may_be(town: Town, who: str, route: Route) -> bool:
    """As the permission of a page says; an operation's says less."""
    actor = town.insiders.get(who, NOBODY)
    kind, _, posts = route.permission.partition(": ")
    if kind == "staff":
        return actor.is_staff and (posts.startswith("any") or actor.holds(*posts.split(", ")))
    return kind != "resident" or (actor.person is not None and not actor.is_staff)


def _way(town: Town, route: Route, method: str, clients: dict[str, Client]) -> Way | None:
    """The best there is: let in and understood, else let in, else nobody's."""
    body, best = body_of(route, town), None
    for url, client in islice(product(addresses(route, town), clients.values()), MOST_TRIES):
        with undone():
            response = ask(client, route, method, url, body)
        if lets_in(response):
            best = best or Way(route, method, url, client, body)
        if response.status_code < 400 and lets_in(response):
            return Way(route, method, url, client, body)
    return best


@pytest.fixture(scope="module")
def every_way(built_once: Town) -> list[Way]:
    return list(ways(built_once))
