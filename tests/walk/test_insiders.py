"""Those whose work or record it is: the walk of strangers means something only where somebody gets in."""

from itertools import product

import pytest
from django.test import Client

from tests.walk.addresses import addresses
from tests.walk.conftest import Seen
from tests.walk.routes import Route, everything
from tests.walk.town import APPEALED, FOUND, OBJECTED, TOLD, UPLOADED, Town
from tests.walk.walking import ask, body_of, client_of, leaks, lets_in, undone

pytestmark = pytest.mark.django_db
NOBODY_S = {
    "/api/v1/": "the root of the API",
    "/login/demo": "the door of the demo is not open here",
    "/accounts/": "the city's own sign-in service is not there",
    "/exchange/": "partners sign",
}
"""Where nobody of the town gets in, and why."""
TYPED_BY_ITS_OWNER = ("/cases/<uuid:public_id>/fill/<slug:step>", "/desk/cases/<uuid:public_id>/fill/<slug:step>")
"""The account that is being filled in stands in its own field."""


def somebody_s() -> list[Route]:
    known = (*NOBODY_S, "/api/v1/openapi.json")
    return [r for r in everything() if r.operation or r.template == "/" or not r.template.startswith(known)]


def test_every_page_and_reading_operation_lets_somebody_in(readings: list[Seen]) -> None:
    """So that the addresses of the walk lead to records, and not all to nothing."""
    opened = {seen.route for seen in readings if seen.is_let_in and (seen.status == 200 or not seen.route.operation)}
    only_posted_to = {seen.route for seen in readings if seen.status == 405}
    asked = {route for route in somebody_s() if "GET" in route.methods}
    assert not [str(route) for route in asked - opened - only_posted_to]


def test_every_act_lets_somebody_in(town: Town, readings: list[Seen]) -> None:
    only_read = {seen.route for seen in readings if seen.is_let_in and not seen.route.operation}
    acts = [route for route in somebody_s() if set(route.methods) - {"GET"} and route not in only_read]
    acts.sort(key=lambda route: "logout" in route.template)  # a client that has signed out is nobody afterwards
    clients = {who: client_of(actor) for who, actor in town.insiders.items()}
    assert not [str(route) for route in acts if not any(_may(town, client, route) for client in clients.values())]


def _may(town: Town, client: Client, route: Route) -> bool:
    for url, method in product(addresses(route, town), set(route.methods) - {"GET"}):
        with undone():
            response = ask(client, route, method, url, body_of(route, town))
        assert response.status_code < 500, url
        if lets_in(response):
            return True
    return False


def test_what_is_planted_is_seen_by_those_who_may(town: Town, readings: list[Seen]) -> None:
    said = {who: "".join(seen.text for seen in readings if seen.who == who) for who in town.insiders}
    for planted in (TOLD, OBJECTED, UPLOADED, str(town.decided.number), *town.masked):
        assert planted in said["officer"], planted
    for planted in (*town.names, *town.masked):
        assert planted in said["clerk"], planted
    assert town.next_run.digest in said["checker"] and str(town.decided.number) in said["checker"]
    assert APPEALED in said["applicant"]


def test_no_reading_breaks(readings: list[Seen]) -> None:
    assert not [(seen.who, seen.url) for seen in readings if seen.status >= 500]


def test_full_numbers_are_shown_to_nobody(town: Town, readings: list[Seen]) -> None:
    """Not on the office's own pages either: masked everywhere, opened one by one with a reason."""
    shown = [seen for seen in readings if leaks(seen.text.replace("%PDF-", ""), town.numbers)]
    assert not {(seen.who, str(seen.route)) for seen in shown if seen.route.template not in TYPED_BY_ITS_OWNER}


def test_a_member_of_the_household_sees_their_own_and_nobody_else_s(town: Town, readings: list[Seen]) -> None:
    """PIPL a45: one's own findings; the applicant's form, visit and numbers are the applicant's."""
    assert town.spouse.person is not None
    own = {town.spouse.person.masked_id, FOUND, *town.letter_numbers}  # the letters that their banks answered
    found = [(str(seen.route), leaks(seen.text, town.secrets - own)) for seen in readings if seen.who == "spouse"]
    assert not [(route, leak) for route, leak in found if leak]


@pytest.mark.parametrize("who", ["clerk", "officer", "chief", "district chief"])
def test_every_look_at_a_record_by_staff_is_a_line_that_the_person_reads(
    town: Town, readings: list[Seen], who: str
) -> None:
    looked_at = town.names | town.secrets
    mine = [seen for seen in readings if seen.who == who and "public_id" in seen.route.parameters]
    shown = [seen for seen in mine if seen.status == 200 and not seen.route.is_public and leaks(seen.text, looked_at)]
    assert not {str(seen.route) for seen in shown if not seen.looks}
    assert shown
