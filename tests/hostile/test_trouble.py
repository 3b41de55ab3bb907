"""When the database refuses or is away: 409, 400, or 503 with when to come back; the same for pages and programs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection
from django.db.models import ProtectedError
from django.test import Client

from tests.walk.town import Town
from tests.walk.walking import client_of

pytestmark = pytest.mark.django_db
EXPECTED = {IntegrityError: 409, DataError: 400, OperationalError: 503}
CANARY = "canary 120101199001011234"


@contextmanager
def failing(error: Exception, when: Callable[[str], bool]) -> Iterator[None]:
    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if when(sql):
            raise error
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def reads_cases(sql: str) -> bool:
    return sql.startswith("SELECT") and 'FROM "cases_' in sql


@pytest.mark.parametrize("kind", EXPECTED)
@pytest.mark.parametrize("url", ["/api/v1/cases", "/api/v1/queue", "/desk/queue", "/desk/cases/"])
def test_a_database_that_refuses_is_answered_in_words(town: Town, url: str, kind: type[Exception]) -> None:
    client = client_of(town.officer)
    assert client.get(url).status_code == 200
    with failing(kind(CANARY), reads_cases):
        response = client.get(url)
    assert response.status_code == EXPECTED[kind]
    assert "canary" not in response.content.decode()
    assert (response.status_code == 503) == ("Retry-After" in response.headers)
    if url.startswith("/api/"):
        assert set(json.loads(response.content)) == {"code", "message", "fields"}


@pytest.mark.parametrize("url", ["/api/v1/cases", "/desk/queue", "/"])
def test_also_while_we_ask_who_it_is(town: Town, url: str) -> None:
    client = client_of(town.officer)
    with failing(OperationalError("gone"), lambda sql: "django_session" in sql or "people_account" in sql):
        response = client.get(url)
    assert response.status_code == 503 and response.headers["Retry-After"] == "5"


def test_a_row_that_others_need_stays(town: Town) -> None:
    with failing(ProtectedError("needed", set()), reads_cases):
        response = client_of(town.officer).get("/api/v1/cases")
    assert response.status_code == 409 and json.loads(response.content)["code"] == "in_use"


def test_what_is_our_fault_says_so_with_a_number_and_nothing_else(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    with failing(RuntimeError(CANARY), reads_cases):
        response = client_of(town.officer).get("/api/v1/cases")
    problem = json.loads(response.content)
    assert response.status_code == 500 and problem["code"] == "broken" and "canary" not in problem["message"]
    assert problem["message"].split("编号")[1][:12] in caplog.text


@pytest.mark.parametrize("path", ["v1/nothing", "v2/", "v1/cases/not-an-id", "v1/cases/%00", "v1/cases?after=%00"])
def test_programs_are_always_told_in_their_own_shape(db: None, path: str) -> None:
    response = Client().get(f"/api/{path}")
    assert response.status_code in (400, 401, 404, 422)
    assert set(json.loads(response.content)) == {"code", "message", "fields"}


def test_a_write_needs_the_token_of_the_session(town: Town) -> None:
    client = client_of(town.applicants[3])
    client.handler.enforce_csrf_checks = True
    url = f"/api/v1/cases/{town.draft.public_id}/discard"
    refused = client.post(url, content_type="application/json")
    assert refused.status_code == 403 and json.loads(refused.content)["code"] == "csrf"
    town.draft.refresh_from_db()
    assert town.draft.is_draft
    client.cookies["csrftoken"] = token = "a" * 32
    assert client.post(url, content_type="application/json", headers={"X-CSRFToken": token}).status_code == 204


def test_an_objection_through_another_site_is_made_in_nobody_s_name(town: Town) -> None:
    """It needs no token, since it needs no session; so the session must not sign it."""
    client = client_of(town.officer)
    client.handler.enforce_csrf_checks = True
    body = json.dumps({"text": "他家另有住房一套出租，请核实。"})
    url = f"/api/v1/notices/{town.posted.public_notices.get().public_id}/objections"
    assert client.post(url, body, content_type="text/plain").status_code == 201
    assert town.posted.events.get(code="objection").actor == "未登录"
