"""Every field, query parameter and part of an address, with every input of the zoo: an answer in words, never a 5xx."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse

from onewindow.api.guard import UNSTORABLE
from tests.hostile.ways_in import Way
from tests.hostile.zoo import IN_ADDRESSES, TEXTS, VALUES
from tests.walk.routes import PARAMETER
from tests.walk.walking import PAGING
from tests.walk.words import names_read

pytestmark = pytest.mark.django_db
IN_QUERIES = {name: text for name, text in TEXTS.items() if not UNSTORABLE.search(text) or "\x00" in text}
"""Halves of characters can't be written in an address."""
FEW = {name: TEXTS[name] for name in ("NUL", "many digits", "other digits")}
"""For pages of one record, which hardly read a query."""
WORST = {
    name: TEXTS[name]
    for name in ("NUL inside", "half a character", "long", "quote", "format", "not a number", "huge exponent", "many digits",
                 "one too many", "other digits", "not a day", "almost an id")
}  # fmt: skip
"""For pages, which read through Django's forms."""
Asked = Iterator[tuple[Way, str, HttpResponse]]


def fault(way: Way, response: HttpResponse) -> str:
    """What is wrong with an answer; empty where it is one that was promised."""
    if response.status_code >= 500:
        return f"{response.status_code}"
    if way.route.operation is None:
        return ""
    if str(response.status_code) not in {str(code) for code in way.route.operation["responses"]}:
        return f"{response.status_code} is not in the description"
    if response.status_code >= 400:
        problem = json.loads(response.content)
        if set(problem) != {"code", "message", "fields"} or problem["message"].isascii():
            return f"no problem in words: {problem}"
    return ""


def faults(asked: Asked) -> list[str]:
    return sorted({f"{way} {what}: {wrong}" for way, what, response in asked if (wrong := fault(way, response))})


def test_every_operation_and_act_has_somebody_whom_it_lets_in(every_way: list[Way]) -> None:
    assert len([way for way in every_way if way.route.operation]) > 40
    assert len([way for way in every_way if not way.route.operation and way.method == "POST"]) > 25


def test_every_field_of_every_operation(every_way: list[Way]) -> None:
    def asked() -> Asked:
        for way in every_way:
            if way.route.operation is None or way.method == "GET":
                continue
            for field in way.body:
                for name, value in VALUES.items():
                    yield way, f"{field} = {name}", way.ask({**way.body, field: value})

    assert not faults(asked())


FREE = {
    "facts": [{"household": dict.fromkeys(("monetary_property", "car_count", "cause", "non_residential_property"))}],
    "finish": [
        {"outcome": outcome, "record": dict.fromkeys(names_read("POST")), "with_number": "S1"}
        for outcome in ("done", "propose_grant", "accept", "supplement", "grant", "propose_uphold")
    ],
    "correct": [
        {"sheet": "household", "field": field, "value": None, "reason": "依据核对报告"}
        for field in ("monetary_property", "car_count", "cause", "study_abroad")
    ],
}
"""By the last word of the address: facts and records have the fields that a matter declares."""


def filled(body: Any, value: Any) -> Any:
    if isinstance(body, dict):
        return {name: filled(inner, value) for name, inner in body.items()}
    return value if body is None else body


def test_every_field_of_facts_and_records(every_way: list[Way]) -> None:
    def asked() -> Asked:
        for way in every_way:
            for body in FREE.get(way.url.rpartition("/")[2], []) if way.route.operation else []:
                for name, value in VALUES.items():
                    yield way, f"free form = {name}", way.ask(filled(body, value))

    assert not faults(asked())


def test_every_query_parameter(every_way: list[Way]) -> None:
    """An operation's one by one, a page's all at once."""

    def asked() -> Asked:
        for way in every_way:
            if way.method != "GET":
                continue
            declared = way.route.operation.get("parameters", []) if way.route.operation else []
            names = [each["name"] for each in declared if each["in"] == "query"]
            for field in names if way.route.operation else ["+".join((*names_read("GET"), *PAGING))]:
                for name, text in (
                    IN_QUERIES if way.route.operation else FEW if way.route.parameters else WORST
                ).items():
                    told = dict.fromkeys(field.split("+"), text.encode("utf-8", "replace").decode())
                    yield way, f"?{field} = {name}", way.get(way.url, told)

    assert not faults(asked())


def test_every_part_of_an_address(every_way: list[Way]) -> None:
    def asked() -> Asked:
        for way in every_way:
            for found in PARAMETER.finditer(way.route.template):
                before, after = way.route.template[: found.start()], way.route.template[found.end() :]
                for name, text in IN_ADDRESSES.items():
                    url = PARAMETER.sub("1", before) + quote(text, safe="") + PARAMETER.sub("1", after)
                    yield way, f"{found[0]} = {name}", way.get(url, {})

    assert not [each for each in faults(asked()) if not each.endswith("not in the description")]


def test_every_page_that_is_posted_to(every_way: list[Way]) -> None:
    """All its fields at once."""

    def asked() -> Asked:
        for way in every_way:
            if way.route.operation is not None or way.method == "GET":
                continue
            for name, text in WORST.items():
                yield way, f"all = {name}", way.ask(dict.fromkeys(way.body, text))

    assert not faults(asked())
