"""Asking as somebody, and seeing whether the answer holds what it should not."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from onewindow.kernel.staff.actor import Actor
from tests.walk.routes import Route
from tests.walk.town import Town
from tests.walk.words import REASON, VALUES, names_read, sample

PAGING = ("after", "before", "sort")
TRICKS = {
    "expand": "applicant",
    "format": "json",
    "page_size": "1000000000",
    "order_by": "applicant__name",
    "fields": "*",
}


def client_of(actor: Actor) -> Client:
    client = Client(raise_request_exception=False)
    if actor.account is not None:
        client.force_login(actor.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: HttpResponse) -> str:
    """With the text inside a workbook. A PDF's can't be read: that there is one says enough."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return headers + "\n" + ("\n".join(_unpacked(body)) if body.startswith(b"PK") else body.decode(errors="replace"))


def _unpacked(body: bytes) -> list[str]:
    with ZipFile(BytesIO(body)) as book:
        return [book.read(name).decode() for name in book.namelist() if not name.startswith("docProps")]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in here did not."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def queries(route: Route, town: Town) -> list[tuple[str, dict[str, str]]]:
    """What was searched for, and the query: a list is asked for other people's rows by every name it may know."""
    if route.parameters:
        return [("", {})]
    names = {*names_read("GET"), *PAGING, *_query_names(route)}
    person = town.people[0]
    searched = [person.name, str(town.decided.number), "120101"]
    return [("", {}), *((text, {**dict.fromkeys(names, text), **TRICKS}) for text in searched)]


def _query_names(route: Route) -> list[str]:
    parameters = route.operation.get("parameters", []) if route.operation else []
    return [each["name"] for each in parameters if each["in"] == "query"]


def body_of(route: Route, town: Town) -> dict[str, Any]:
    """A plausible body in which every identity is one of the district's."""
    foreign = _foreign(town, as_uuid=route.operation is not None)
    if route.operation is None:
        return {**{name: VALUES.get(name, REASON) for name in names_read("POST")}, **foreign}
    content = route.operation.get("requestBody", {}).get("content", {})
    schema = next((each["schema"] for each in content.values()), None)
    return sample(schema, "", foreign) if schema else {}


def _foreign(town: Town, *, as_uuid: bool) -> dict[str, Any]:
    person = town.people[0]
    return {
        "person": str(person.public_id) if as_uuid else str(person.pk),
        "paper": str(town.paper.paper_id),
        "digest": town.next_run.digest,
        "username": town.officer.account.username if town.officer.account else "",
        "account_name": person.name,
    }


def ask(client: Client, route: Route, method: str, url: str, body: dict[str, Any]) -> HttpResponse:
    """As a form for pages, as JSON for the API."""
    if method == "GET":
        return client.get(url)
    send = getattr(client, method.lower())
    is_form = route.operation is None or "multipart/form-data" in str(route.operation.get("requestBody"))
    if is_form:
        return send(url, {name: _encodable(value) for name, value in body.items() if isinstance(value, str | int)})
    return send(url, json.dumps(body), content_type="application/json")


def _encodable(value: str | int) -> str | int:
    """A form can't send half a character, as JSON can."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def lets_in(response: HttpResponse) -> bool:
    """Neither turned away nor led to the sign-in page."""
    to_login = response.headers.get("Location", "").startswith(settings.LOGIN_URL)
    return response.status_code not in (401, 403, 404, 405) and not to_login


def leaks(text: str, secrets: set[str], said: str = "") -> list[str]:
    """What was asked with comes back in the search field, and is no leak."""
    return sorted(secret for secret in {*secrets, "%PDF-"} if secret in text and secret not in said)


def without_tokens(text: str) -> str:
    """The same page twice differs in its CSRF token, its nonce and its clock."""
    text = re.sub(r"(csrfmiddlewaretoken\" value=|CSRFToken\": |nonce[-=]|csrftoken=)\"?[\w/+=-]+", "", text)
    return re.sub(r"(?m)^(Content-Security-Policy|Content-Length|Set-Cookie|Expires|Date|Vary): .*$", "", text)
