"""A resident's way to a handed-in application, and a clerk's for somebody else, over the pages themselves."""

from typing import Any

from django.test import Client

from onewindow.kernel.cases.facts import sheets
from onewindow.kernel.cases.models import Case
from onewindow.kernel.people.models import Consent
from tests.factories import City, filled

ACCOUNT = {"account": "6217000012345678", "account_name": "欧阳龑"}


def fill(client: Client, case: Case, route: str = "/cases", **answers: Any) -> None:
    for sheet in sheets(case):
        data = {key: value for key, value in filled(case, **answers).items() if key.startswith(f"{sheet.key}-")}
        answer = client.post(f"{route}/{case.public_id}/fill/{sheet.key}", data)
        assert answer.status_code == 302, answer.content.decode()


def test_a_resident_walks_to_the_end_and_a_wrong_value_is_kept_and_explained(city: City, signed_in: Any) -> None:
    me = city.resident("欧阳龑")
    city.household(me.person)
    client = signed_in(me)
    begun = client.post("/matters/dibao/apply")
    case = Case.unscoped.get()
    assert begun.headers["Location"] == f"/cases/{case.public_id}/fill"
    page = client.get(begun.headers["Location"]).content.decode()
    assert "第1步，共" in page and "欧阳龑" in page

    wrong = {key: "三千" if key.endswith("monetary_property") else value for key, value in filled(case).items()}
    refused = client.post(f"/cases/{case.public_id}/fill/household", wrong)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="三千"' in text and "例如 1200" in text and "error-summary" in text

    fill(client, case)
    assert client.post(f"/cases/{case.public_id}/fill/account", ACCOUNT).status_code == 302
    done = client.post(f"/cases/{case.public_id}/submit", follow=True)
    case.refresh_from_db()
    assert case.state == Case.State.SUBMITTED
    assert case.number in done.content.decode() and "接下来" in done.content.decode()


def test_a_form_put_aside_is_there_when_one_comes_back(city: City, signed_in: Any) -> None:
    me = city.resident()
    case, client = city.draft(me), signed_in(me)
    kept = {**filled(case, monetary_property="1234"), "later": "1"}
    assert client.post(f"/cases/{case.public_id}/fill/household", kept).headers["Location"] == "/cases/"
    assert "1234" in client.get(f"/cases/{case.public_id}/fill/household").content.decode()


def test_half_a_form_can_be_put_aside_but_not_handed_in(city: City, signed_in: Any) -> None:
    me = city.resident()
    case, client = city.draft(me), signed_in(me)
    client.post(f"/cases/{case.public_id}/fill/household", {**filled(case, car_count=""), "later": "1"})
    answer = client.post(f"/cases/{case.public_id}/submit", follow=True)
    case.refresh_from_db()
    assert case.is_draft and "还没有填完" in answer.content.decode()


def test_an_adult_of_the_household_consents_and_nobody_else_can(city: City, signed_in: Any) -> None:
    me, wife, stranger = city.resident(), city.resident("王𠅤"), city.resident()
    city.household(me.person, wife.person)
    case = city.submitted(me)
    where = f"/cases/{case.public_id}/consent"
    assert "需要您本人授权" in signed_in(wife).get("/").content.decode()
    assert "请先勾选" in signed_in(wife).post(where, follow=True).content.decode()
    assert signed_in(stranger).post(where, {"agree": "on"}).status_code == 404
    assert not Consent.objects.exists()
    signed_in(wife).post(where, {"agree": "on"})
    assert Consent.objects.get().person_id == wife.person.pk


def test_a_clerk_applies_for_somebody_else_with_the_mandate_on_record(city: City, signed_in: Any) -> None:
    clerk, her = city.staff("street_window"), city.person("司马相如之曾孙女")
    city.household(her)
    client = signed_in(clerk)
    found = client.post("/desk/people", {"text": her.id_number, "reason": "窗口受理"}).content.decode()
    assert her.masked_id in found and found.count(her.id_number) == 1  # what the clerk typed themselves
    began = client.post(
        f"/desk/people/{her.public_id}/start", {"matter": "dibao", "mandate": "儿子李明，委托书原件已收"}
    )
    case = Case.unscoped.get()
    assert began.headers["Location"] == f"/desk/cases/{case.public_id}/fill"
    fill(client, case, "/desk/cases")
    client.post(f"/desk/cases/{case.public_id}/fill/account", {"account": "6217000012345678", "account_name": her.name})
    client.post(f"/desk/cases/{case.public_id}/submit")
    case.refresh_from_db()
    assert case.state == Case.State.SUBMITTED and case.mandate == "儿子李明，委托书原件已收"
    assert "代办：儿子李明" in client.get(f"/desk/cases/{case.public_id}").content.decode()
