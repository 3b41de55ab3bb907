"""Who may open what: nobody, somebody else, another district; and by which method."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onewindow.kernel.people.models import Account
from tests.factories import NANKAI_STREET, City

SIGNED_IN_ONLY = ("/cases/", "/me/", "/me/messages", "/me/payments", "/me/consents", "/me/looks", "/desk/", "/desk/queue",
                  "/desk/cases/", "/desk/cases.xlsx", "/desk/intake", "/desk/people", "/desk/checks", "/desk/payments", "/desk/audit")  # fmt: skip
OF_A_CASE = ("", "/fill", "/withdraw", "/appeal", "/object", "/rate")
POSTS_OF_A_CASE = ("/submit", "/papers", "/papers/remove", "/members/drop", "/discard", "/consent")
DESK_OF_A_CASE = ("", "/papers", "/history", "/suspend", "/extend", "/terminate", "/correct")


@pytest.mark.django_db
@pytest.mark.parametrize("where", SIGNED_IN_ONLY)
def test_nobody_is_led_to_the_sign_in_and_back(where: str) -> None:
    answer = Client().get(where)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/login?next={where}"


def test_a_session_that_ended_says_so_and_comes_back(city: City, signed_in: Any) -> None:
    client = signed_in(city.resident())
    assert client.get("/me/").status_code == 200
    client.session.flush()
    client.cookies.clear()
    assert "next=/me/" in client.get("/me/").headers["Location"]


@pytest.mark.parametrize("end", OF_A_CASE)
def test_another_resident_finds_no_such_case(city: City, signed_in: Any, end: str) -> None:
    case, stranger = city.submitted(city.resident()), signed_in(city.resident())
    assert stranger.get(f"/cases/{case.public_id}{end}").status_code == 404
    assert stranger.get(f"/cases/{uuid4()}{end}").status_code == 404


@pytest.mark.parametrize("end", DESK_OF_A_CASE)
def test_an_officer_of_another_district_finds_no_such_case(city: City, signed_in: Any, end: str) -> None:
    case = city.submitted(city.resident())
    stranger = signed_in(city.staff("street_officer", NANKAI_STREET))
    assert stranger.get(f"/desk/cases/{case.public_id}{end}").status_code == 404


@pytest.mark.parametrize("end", POSTS_OF_A_CASE)
def test_what_changes_something_is_never_done_by_a_link(city: City, signed_in: Any, end: str) -> None:
    me = city.resident()
    case = city.draft(me)
    assert signed_in(me).get(f"/cases/{case.public_id}{end}").status_code == 405


def test_a_resident_has_no_desk_and_an_officer_no_window(city: City, signed_in: Any) -> None:
    assert signed_in(city.resident()).get("/desk/queue").status_code == 403
    assert signed_in(city.staff("street_officer")).get("/desk/intake").status_code == 403
    assert signed_in(city.staff("auditor", "120000000000")).get("/desk/payments").status_code == 403


def test_a_form_without_its_token_is_refused(city: City) -> None:
    me = city.resident()
    case = city.draft(me)
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(pk=me.account_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/cases/{case.public_id}/discard").status_code == 403
    case.refresh_from_db()
    assert case.is_draft


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["//evil.example/x", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_foreign_address(where: str) -> None:
    page = Client().get("/login", {"next": where}).content.decode()
    assert "evil.example" not in page and "javascript:" not in page
