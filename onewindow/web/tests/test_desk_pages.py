"""What officers do on their pages, and what a wrong step leaves behind."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case
from tests.factories import City, number_of, open_run, visit


@pytest.fixture
def visited(city: City) -> tuple[Case, Any, Any]:
    """A case that waits for the visit, and two officers."""
    me, clerk, officer, second = (
        city.resident(),
        city.staff("street_window"),
        *(city.staff("street_officer") for _ in "12"),
    )
    return city.accepted(me, clerk), officer, second


def test_an_invalid_record_keeps_what_was_typed(visited: Any, signed_in: Any) -> None:
    case, officer, second = visited
    run, client = open_run(case), signed_in(officer)
    where = f"/desk/cases/{case.public_id}/steps/{run.pk}/finish"
    typed = visit(
        today(), findings="房屋漏雨，厨房共用。", visited_on="", outcome="done", with_number=number_of(second)
    )
    answer = client.post(where, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "房屋漏雨，厨房共用。" in page and number_of(second) in page and "请填写" in page
    run.refresh_from_db()
    assert run.ended_at is None


def test_a_visit_by_two_is_kept_and_the_case_goes_on(visited: Any, signed_in: Any) -> None:
    case, officer, second = visited
    run, client = open_run(case), signed_in(officer)
    where = f"/desk/cases/{case.public_id}/steps/{run.pk}/finish"
    told = visit(today(), outcome="done", with_number=number_of(second))
    page = client.post(where, told, follow=True).content.decode()
    assert "已办结：入户调查" in page
    assert open_run(case).step_code == "opinion"


def test_work_is_claimed_and_given_back(visited: Any, signed_in: Any) -> None:
    case, officer, _ = visited
    run, client = open_run(case), signed_in(officer)
    where = f"/desk/cases/{case.public_id}/steps/{run.pk}/claim"
    client.post(where)
    run.refresh_from_db()
    assert run.claimed_by_id == officer.person_id
    client.post(where, {"release": "1"})
    run.refresh_from_db()
    assert run.claimed_by_id is None


def test_terminating_asks_for_a_reason_first(visited: Any, signed_in: Any) -> None:
    case, officer, _ = visited
    answer = signed_in(officer).post(f"/desk/cases/{case.public_id}/terminate", {"reason": ""})
    case.refresh_from_db()
    assert answer.status_code == 422 and case.is_open
    assert "data-confirm" in answer.content.decode()


def test_the_workbook_holds_text_only_and_masks_numbers(city: City, signed_in: Any) -> None:
    me, officer = city.resident('=HYPERLINK("http://x","张三")'), city.staff("street_officer")
    case = city.submitted(me)
    answer = signed_in(officer).get("/desk/cases.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    row = [cell.value for cell in sheet[2]]
    assert row[0] == case.number and sheet.cell(2, 2).data_type == "s"
    assert me.person.id_number not in row and row[2] == me.person.masked_id
    assert AuditLine.objects.filter(action="case.export", actor_account=officer.account_id).count() == 1


def test_the_workbook_keeps_to_the_district_and_to_what_was_asked(city: City, signed_in: Any) -> None:
    city.submitted(city.resident())
    stranger = city.staff("street_officer", "120104001000")
    ours = city.staff("street_officer")
    for client, query, rows in (
        (signed_in(stranger), "", 1),
        (signed_in(ours), "", 2),
        (signed_in(ours), "?state=rejected", 1),
    ):
        answer = client.get(f"/desk/cases.xlsx{query}")
        assert openpyxl.load_workbook(BytesIO(answer.content)).active.max_row == rows
