"""Strangers from another street or district, with the addresses of real records: nothing leaks, nothing changes."""

from itertools import product

import pytest

from tests.walk.addresses import addresses
from tests.walk.keeping import changes, kept
from tests.walk.routes import Route, everything, operations, pages
from tests.walk.town import STRANGERS, Town
from tests.walk.walking import ask, body_of, client_of, leaks, queries, text_of, undone, without_tokens

WINDOW = "clerk of another district"
SHOWS_NAMES = {
    "/notices/": "who is under public notice is named there, by law (最低生活保障审核确认办法 a19)",
    "/api/v1/notices": "likewise",
}
"""For everybody."""
SHOWS_A_LETTER = ("/check/", "/api/v1/letter-checks/")
"""To whoever has its code: what is printed on the paper, and of the recipient the surname."""
SERVES_THE_CITY = {
    "/desk/people": "a window serves every resident of the city: it finds them by whole number or name",
    "/api/v1/people": "likewise",
    "/desk/people/<uuid:public_id>/start": "代办: it takes a matter for them",
    "POST /api/v1/cases": "likewise",
}
"""For windows only. What they are shown is masked, and one ID number is opened with a reason that the person reads."""
REVEALS = ("/desk/people/<uuid:public_id>/reveal", "/api/v1/people/{public_id}/reveal")
OF_THE_CITY = ("/desk/standards/",)
"""For leaders of the city: the standards of all districts are theirs to decide, and no family stands there."""
OPEN_ACTS = ("/notices/<uuid:public_id>", "/api/v1/notices/{public_id}/objections")
"""Anybody may object to a public notice; that changes the case, as it should."""


def begins(route: Route, known: dict[str, str]) -> bool:
    return any(route.template.startswith(each) or str(route) == each for each in known)


def forbidden(route: Route, town: Town, who: str) -> set[str]:
    if begins(route, SHOWS_NAMES):
        return town.secrets
    if route.template.startswith(SHOWS_A_LETTER):
        return (town.secrets | town.names) - town.letter_numbers
    if who == WINDOW and begins(route, SERVES_THE_CITY):
        return town.secrets - town.masked
    return town.secrets | town.names


def gets(route: Route) -> bool:
    return "GET" in route.methods


@pytest.mark.parametrize("who", STRANGERS)
def test_no_page_or_operation_shows_a_stranger_anything(town: Town, who: str) -> None:
    found: list[str] = []
    client = client_of(town.strangers[who])
    for route in filter(gets, everything()):
        secrets = forbidden(route, town, who)
        for n, url in enumerate(addresses(route, town, most=3)):
            for said, query in queries(route, town)[: None if n == 0 else 1]:
                response = client.get(url, query)
                found += [f"{route} shows {each}" for each in leaks(text_of(response), secrets, said)]
                assert response.status_code < 500, (url, query)
    assert not found, sorted(set(found))


@pytest.mark.parametrize("who", STRANGERS)
def test_no_act_of_a_stranger_changes_anything(town: Town, who: str) -> None:
    found: list[str] = []
    client, before = client_of(town.strangers[who]), kept()
    for route in everything():
        if route.template in OPEN_ACTS or (who == WINDOW and begins(route, SERVES_THE_CITY)):
            continue
        if who == "leader of the city" and route.template.startswith(OF_THE_CITY):
            continue
        body, secrets = body_of(route, town), forbidden(route, town, who)
        for url, method in product(addresses(route, town, most=2), set(route.methods) - {"GET"}):
            response = ask(client, route, method, url, body)
            found += [f"{route} shows {each}" for each in leaks(text_of(response), secrets, str(body))]
            assert response.status_code < 500, (url, body)
            if route.parameters and not route.is_public and not route.permission.startswith("partner"):
                turned_away = response.status_code in (302, 401, 403, 404, 405)
                found += (
                    [] if turned_away or route.template.endswith("/apply") else [f"{route}: {response.status_code}"]
                )
    assert not found, sorted(set(found))
    assert not changes(before, town)


@pytest.mark.parametrize("who", [WINDOW])
def test_a_window_changes_no_record_of_the_people_it_serves(town: Town, who: str) -> None:
    """It begins drafts for them and opens one number at a time, each with a line in the log; nothing else."""
    client, before = client_of(town.strangers[who]), kept()
    for route in everything():
        if not begins(route, SERVES_THE_CITY) or route.template in REVEALS:
            continue
        for url, method in product(addresses(route, town, most=2), set(route.methods) - {"GET"}):
            with undone():
                response = ask(client, route, method, url, body_of(route, town))
                text = text_of(response)
            assert not leaks(text, town.secrets - town.masked, str(body_of(route, town)))
    assert not changes(before, town)


@pytest.mark.parametrize("who", [WINDOW, "resident of another district", "officer of another district"])
def test_one_s_own_case_opens_no_part_of_another(town: Town, who: str) -> None:
    """Nested addresses with the parent swapped: /cases/<own>/…/<another's>."""
    found: list[str] = []
    client, own = client_of(town.strangers[who]), str(town.own_case.public_id)
    foreign = {str(case.public_id) for case in town.cases}
    for route in everything():
        if len(route.parameters) < 2 or "step" in route.parameters or "verb" in route.parameters:
            continue
        for url, method in product(addresses(route, town, most=3), route.methods):
            swapped = next((url.replace(each, own) for each in foreign if each in url), None)
            if swapped is None:
                continue
            with undone():
                response = ask(client, route, method, swapped, body_of(route, town))
            found += [] if response.status_code in (302, 401, 403, 404, 405) else [f"{method} {swapped}"]
            found += [f"{route} shows {each}" for each in leaks(text_of(response), town.secrets)]
    assert not found, sorted(set(found))


@pytest.mark.parametrize("who", ["officer of another district", "resident of another district"])
def test_out_of_sight_is_as_absent_as_unknown(town: Town, who: str) -> None:
    client = client_of(town.strangers[who])
    unknown = "00000000-0000-4000-8000-000000000000"
    for route in (*pages(), *operations()):
        if "public_id" not in route.parameters or not gets(route) or route.is_public:
            continue
        url = next(addresses(route, town, most=3))
        known = next(part for part in url.replace(".pdf", "").split("/") if len(part) == 36)
        answers = [client.get(each) for each in (url, url.replace(known, unknown))]
        assert answers[0].status_code == answers[1].status_code, str(route)
        if answers[0].status_code == 404:
            seen, absent = (text_of(each).replace(known, "").replace(unknown, "") for each in answers)
            assert without_tokens(seen) == without_tokens(absent), str(route)
