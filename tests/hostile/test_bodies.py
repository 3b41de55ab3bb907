"""Bodies that are no JSON, too deep, too large, or hold what no database can: refused in words before anything reads them."""

import json
from typing import Any

import pytest
from django.test import Client

from onewindow.api.guard import BODY_BYTES, DEPTH
from onewindow.kernel.cases.models import PublicNotice
from tests.hostile.zoo import BODIES, deep
from tests.walk.town import Town
from tests.walk.walking import client_of

pytestmark = pytest.mark.django_db
TAKEN = {"only brackets in text": 201}
AN_EMPTY_FORM = ("the same key twice", "only brackets in text")
"""Every field of the form is left out: it was emptied."""


def objecting(town: Town) -> str:
    return f"/api/v1/notices/{PublicNotice.objects.get(case=town.posted).public_id}/objections"


def posted(client: Client, url: str, body: bytes, content_type: str = "application/json") -> Any:
    return client.post(url, body, content_type=content_type)


@pytest.mark.parametrize("name", BODIES)
def test_a_strange_body_is_refused_in_words(town: Town, name: str) -> None:
    response = posted(Client(raise_request_exception=False), objecting(town), BODIES[name])
    if name in TAKEN:
        assert response.status_code == TAKEN[name]
        return
    assert response.status_code in (400, 413, 422), response.content
    assert not json.loads(response.content)["message"].isascii()
    assert not town.posted.objections.exists()


@pytest.mark.parametrize("name", BODIES)
def test_likewise_for_those_who_are_signed_in(town: Town, name: str) -> None:
    client = client_of(town.applicants[3])
    response = client.put(f"/api/v1/cases/{town.draft.public_id}/facts", BODIES[name], content_type="application/json")
    assert response.status_code in ({200} if name in AN_EMPTY_FORM else {400, 413, 422})


def test_as_deep_as_is_allowed_and_one_more(town: Town) -> None:
    client = client_of(town.applicants[3])
    url = f"/api/v1/cases/{town.draft.public_id}/facts"
    for levels, status in ((DEPTH - 2, 200), (DEPTH - 1, 400)):
        body = json.dumps({"household": {"cause": deep(levels)}})
        assert client.put(url, body, content_type="application/json").status_code == status, levels


def test_as_large_as_is_allowed_and_one_more(town: Town) -> None:
    for size, status in ((BODY_BYTES, 422), (BODY_BYTES + 1, 413)):
        body = b'{"text": "' + b"a" * (size - 12) + b'"}'
        assert posted(Client(), objecting(town), body).status_code == status


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", "application/xml", "a/b; charset=utf-7"])
def test_what_the_sender_calls_it_does_not_matter(town: Town, kind: str) -> None:
    response = posted(Client(raise_request_exception=False), objecting(town), b'{"text": "x"}', kind)
    assert response.status_code in (400, 409, 422)


@pytest.mark.parametrize("boundary", ["", "; boundary=", "; boundary=" + "x" * 300, "; boundary=\xe4\xb8\x80"])
def test_a_form_with_a_strange_boundary(town: Town, boundary: str) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=material\r\n\r\na"
    url = f"/api/v1/cases/{town.told_once.public_id}/papers"
    response = posted(client_of(town.applicants[2]), url, body, f"multipart/form-data{boundary}")
    assert response.status_code in (400, 422)
    assert json.loads(response.content)["message"]


def test_too_many_fields(town: Town) -> None:
    url = f"/api/v1/cases/{town.told_once.public_id}/papers"
    response = client_of(town.applicants[2]).post(url, {f"f{n}": "1" for n in range(600)})
    assert response.status_code == 400


def test_half_of_a_pair_is_refused_and_a_whole_one_is_a_character(town: Town) -> None:
    rest = b' \\u4ed6\\u5bb6\\u53e6\\u6709\\u4f4f\\u623f\\u51fa\\u79df"}'
    assert posted(Client(), objecting(town), b'{"text": "\\ud83c' + rest).status_code == 400
    assert posted(Client(), objecting(town), b'{"text": "\\ud83c\\udc04' + rest).status_code == 201
    assert town.posted.objections.get().text.startswith("🀄")


def test_answers_are_chinese_and_not_escaped(town: Town) -> None:
    response = Client().get("/api/v1/matters/dibao")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "最低生活保障" in response.content.decode() and "\\u" not in response.content.decode()
