"""The find list worked by an officer, a list of new sums approved by two, and who may not."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from onewindow.fields.finding.actions import working
from onewindow.fields.finding.models import Forecast, Lead, Recomputation
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.cases.actions.applying import save_case, submit_case
from onewindow.kernel.cases.models import Case
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.posts import Post
from onewindow.project.searching.finding import find
from onewindow.project.searching.rechecking import recheck
from onewindow.project.searching.tests.conftest import Town, town
from tests.factories import HEPING, NANKAI, NANKAI_STREET, filled

__all__ = ["town"]
MONTH = "2025-10"


@pytest.fixture
def lead(town: Town) -> Lead:
    town.alone("尉迟重残", disability_level=1)
    find(SYSTEM, MONTH)
    return Lead.unscoped.get()


def act(client: Any, lead: Lead, verb: str, **told: str) -> Any:
    return client.post(f"/desk/leads/{lead.public_id}/{verb}", told, follow=True)


def contacted(town: Town, lead: Lead) -> Actor:
    clerk = town.staff(Post.STREET_WINDOW)
    working.take(clerk, lead)
    working.contact(clerk, lead, way="phone", text="接通，本人愿意申请")
    return clerk


def test_the_list_shows_what_is_open_first_what_ranks_highest(town: Town, lead: Lead, signed_in: Any) -> None:
    page = signed_in(town.staff(Post.STREET_OFFICER)).get("/desk/leads/").content.decode()
    assert "尉迟重残" in page and "最低生活保障" in page and "需核实" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("kind=recheck", 0), ("kind=find", 1), ("state=declined", 0), ("state=all", 1), ("benefit=dibao_amount", 1),
     ("benefit=marginal_grant", 0), ("place=120101001000", 1), ("place=120104", 0), ("place='x", 1), ("sort=-sum", 1)],
)  # fmt: skip
def test_the_list_is_narrowed(town: Town, lead: Lead, signed_in: Any, asked: str, shown: int) -> None:
    page = signed_in(town.staff(Post.DISTRICT_OFFICER, HEPING)).get(f"/desk/leads/?{asked}").content.decode()
    assert page.count("尉迟重残") == shown


def test_an_officer_takes_calls_and_ends_a_lead(town: Town, lead: Lead, signed_in: Any) -> None:
    client = signed_in(town.staff(Post.STREET_OFFICER))
    assert "已认领" in act(client, lead, "take").content.decode()
    act(client, lead, "contact", way="phone", text="接通，已随子女迁往外地")
    page = act(client, lead, "end", outcome="declined", reason="已随子女迁往外地").content.decode()
    lead.refresh_from_db()
    assert (lead.state, lead.outcome_reason) == ("declined", "已随子女迁往外地") and lead.ended_at
    assert "电话：接通，已随子女迁往外地" in page and "本人不申请" in page
    assert [note.what for note in lead.notes.order_by("id")] == ["taken", "contacted", "declined"]


def test_what_was_typed_stays_when_it_is_refused(town: Town, lead: Lead, signed_in: Any) -> None:
    client = signed_in(town.staff(Post.STREET_OFFICER))
    act(client, lead, "take")
    answer = act(client, lead, "end", outcome="declined", reason="打过字的原因")
    assert (
        answer.status_code == 422
        and "打过字的原因" in answer.content.decode()
        and "还没有联系过本人" in answer.content.decode()
    )


def test_the_full_assessment_waits_for_consent(town: Town, lead: Lead, signed_in: Any) -> None:
    officer = town.staff(Post.STREET_OFFICER)
    client, where = signed_in(officer), f"/desk/leads/{lead.public_id}"
    before = client.get(where).content.decode()
    assert "征得同意" in before and "家庭人口" not in before
    working.take(officer, lead)
    with pytest.raises(Refused, match="先联系本人"):
        working.record_consent(officer, lead, given="spoken")
    working.contact(officer, lead, way="visit", text="上门说明用途，同意")
    assert "家庭人口" in act(client, lead, "consent", given="signed").content.decode()


def test_a_clerk_applies_for_the_person_and_the_lead_ends_when_the_case_is_handed_in(
    town: Town, lead: Lead, signed_in: Any
) -> None:
    clerk = contacted(town, lead)
    answer = act(signed_in(clerk), lead, "apply")
    lead.refresh_from_db()
    assert lead.case is not None and f"/desk/cases/{lead.case.public_id}/fill" in answer.request["PATH_INFO"]
    assert lead.case.facts["people"][lead.person.public_id.hex]["disability_level"] == 1, "prefilled from the register"
    assert working.settle_leads() == 0
    lead.case.facts = {**lead.case.facts, "household": {}}
    save_case(clerk, lead.case, data=filled(lead.case))
    submit_case(clerk, Case.unscoped.get(pk=lead.case.pk))
    assert working.settle_leads() == 1
    lead.refresh_from_db()
    assert lead.state == "applied"


def test_a_lead_is_open_again_when_the_draft_is_thrown_away(town: Town, lead: Lead) -> None:
    clerk = contacted(town, lead)
    working.open_case(clerk, lead)
    Case.unscoped.update(state=Case.State.DISCARDED)
    working.settle_leads()
    lead.refresh_from_db()
    assert lead.case is None and lead.is_open


@pytest.mark.parametrize(
    ("post", "place"),
    [(Post.STREET_OFFICER, NANKAI_STREET), (Post.DISTRICT_OFFICER, NANKAI), (Post.STREET_CHIEF, "120101001000"), (Post.AUDITOR, HEPING)],
)  # fmt: skip
def test_who_may_not_work_a_lead(town: Town, lead: Lead, post: str, place: str) -> None:
    with pytest.raises(NotAllowed):
        working.take(town.staff(post, place), lead)


def test_nobody_works_a_lead_about_themselves(town: Town, lead: Lead) -> None:
    with pytest.raises(NotAllowed):
        working.take(town.staff(Post.STREET_OFFICER, person=lead.person), lead)


def test_an_officer_of_another_street_finds_nothing(town: Town, lead: Lead, signed_in: Any) -> None:
    client = signed_in(town.staff(Post.STREET_OFFICER, NANKAI_STREET))
    assert "尉迟重残" not in client.get("/desk/leads/").content.decode()
    assert client.get(f"/desk/leads/{lead.public_id}").status_code == 404
    assert act(client, lead, "take").status_code == 404


def test_the_person_can_read_who_looked(town: Town, lead: Lead, signed_in: Any) -> None:
    signed_in(town.staff(Post.STREET_OFFICER)).get(f"/desk/leads/{lead.public_id}")
    assert "应享未享" in AuditLine.objects.get(subject=lead.person_id, action="look").reason


def test_the_list_can_be_taken_along_and_the_taking_is_in_the_log(town: Town, lead: Lead, signed_in: Any) -> None:
    answer = signed_in(town.staff(Post.STREET_OFFICER)).get("/desk/leads.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[1][2] == "尉迟重残" and len(rows) == 2
    assert AuditLine.objects.get(action="lead.export").detail == {"rows": 1}


def test_two_people_approve_new_sums_on_their_pages(town: Town, signed_in: Any) -> None:
    town.granted()
    recheck(SYSTEM, "2025-09")
    told = Recomputation.unscoped.get()
    where = f"/desk/recomputations/{told.public_id}"
    officer, chief = (signed_in(town.staff(post, HEPING)) for post in (Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF))
    page = officer.get(where).content.decode()
    assert told.digest in page and "1,045.00元" in page and "批准</button>" not in page
    officer.post(f"{where}/check", {"digest": told.digest})
    assert "已批准" in chief.post(f"{where}/approve", {"digest": told.digest}, follow=True).content.decode()
    assert signed_in(town.staff(Post.DISTRICT_CHIEF, NANKAI)).get(where).status_code == 404
    assert signed_in(town.staff(Post.STREET_OFFICER)).get(where).status_code == 403


def test_the_budget_is_shown_as_bars_and_numbers(town: Town, signed_in: Any) -> None:
    row = {"month": "2026-01", "benefit": "dibao", "label": "最低生活保障", "grants": 2, "fen": 209_000, "newly": 0,
           "newly_fen": 0, "last_fen": 202_000}  # fmt: skip
    Forecast.objects.create(from_month="2026-01", law_version="1", by="x", rows=[row])
    page = signed_in(town.staff(Post.DISTRICT_CHIEF, HEPING)).get("/desk/budget").content.decode()
    assert "2,090.00元" in page and "2,020.00元" in page and "<rect" in page
    assert signed_in(town.staff(Post.STREET_OFFICER)).get("/desk/budget").status_code == 403
