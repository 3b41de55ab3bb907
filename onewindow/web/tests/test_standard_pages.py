"""A standard proposed, simulated, handed in and approved on the pages of the desk, and who may not."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine

from onewindow.fields.policy.models import LawChange, SimulationRun, StandardProposal
from onewindow.fields.policy.tests.conftest import Hall, files_only, hall, reckoned_at_once
from onewindow.kernel.outbox.sending import send_waiting
from onewindow.kernel.staff.posts import Post
from onewindow.web.desk.districts import painted, shapes
from onewindow.web.desk.simulated import wan
from onewindow.web.tests.test_every_page import enter
from tests.factories import CITY, HEPING

__all__ = ["files_only", "hall", "reckoned_at_once"]
TYPED = {
    "figure": "standard.unified", "value_fen": "1080", "month": "2027-01", "document": "津民规〔2026〕9号", "reason": "按消费支出增长。",
}  # fmt: skip


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00+08:00", tick=False):
        yield


def act(client: Any, proposal: StandardProposal, verb: str, **told: str) -> Any:
    return client.post(f"/desk/standards/{proposal.public_id}/{verb}", told, follow=True)


def test_from_the_form_to_the_law_on_the_pages(hall: Hall, signed_in: Any) -> None:
    officer = signed_in(hall.officer)
    made = officer.post("/desk/standards/new", TYPED, follow=True)
    assert "还没有试算" in made.content.decode()
    proposal = StandardProposal.unscoped.get()
    waiting = act(officer, proposal, "simulate", population="synthetic")
    assert "等待计算" in waiting.content.decode() and waiting.headers["Refresh"] == "3"
    send_waiting(channel="simulate")
    page = officer.get(f"/desk/standards/{proposal.public_id}")
    assert "合成人口" in page.content.decode() and "和平区：每月增加0.50元" in page.content.decode()
    assert "Refresh" not in page.headers
    act(officer, proposal, "submit")
    for leader in (hall.leader, hall.second):
        client, proposal = signed_in(leader), StandardProposal.unscoped.get()
        assert 'name="digest"' in client.get(f"/desk/standards/{proposal.public_id}").content.decode()
        act(client, proposal, "approve", digest=proposal.digest)
    assert LawChange.objects.count() == 1 and "已批准" in officer.get("/desk/standards/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"month": "2026-11"}, "之后"), ({"month": "2027年1月"}, "样式"), ({"value_fen": "很多"}, "填写金额"),
     ({"value_fen": "1080.001"}, "两位小数"), ({"value_fen": "1045"}, "相同"), ({"figure": ""}, "必填"), ({"document": ""}, "必填")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    hall: Hall, signed_in: Any, wrong: dict[str, str], words: str
) -> None:
    told = signed_in(hall.officer).post("/desk/standards/new", {**TYPED, **wrong})
    page = told.content.decode()
    assert told.status_code == 422 and words in page and "按消费支出增长。" in page
    assert all(f'value="{value}"' in page for name, value in wrong.items() if value and name != "figure")
    assert not StandardProposal.unscoped.exists()


def test_a_reason_that_could_not_be_taken_stays_on_the_page(hall: Hall, signed_in: Any) -> None:
    proposal = hall.submitted()
    told = act(signed_in(hall.leader), proposal, "return", reason=" ")
    assert told.status_code == 422 and "请填写退回原因" in told.content.decode()
    told = act(signed_in(hall.leader), proposal, "approve", digest="0")
    assert told.status_code == 422 and "不一致" in told.content.decode()


@pytest.mark.parametrize("post", [Post.STREET_WINDOW, Post.DISTRICT_CHIEF, Post.DISTRICT_FINANCE, Post.AUDITOR])
def test_others_see_no_proposal(hall: Hall, signed_in: Any, post: str) -> None:
    proposal = hall.submitted()
    client = signed_in(hall.city.staff(post, HEPING if post != Post.AUDITOR else CITY))
    for where in ("", "new", f"{proposal.public_id}", f"{proposal.public_id}/simulation.xlsx"):
        assert client.get(f"/desk/standards/{where}").status_code == 403, where
    assert act(client, proposal, "approve", digest=proposal.digest).status_code == 403


def test_a_leader_drafts_nothing_and_a_drafter_approves_nothing(hall: Hall, signed_in: Any) -> None:
    proposal = hall.submitted()
    assert signed_in(hall.leader).post("/desk/standards/new", TYPED).status_code == 403
    assert act(signed_in(hall.officer), proposal, "approve", digest=proposal.digest).status_code == 403
    assert signed_in(hall.officer).get(f"/desk/standards/{proposal.public_id}/change").status_code == 404
    assert act(signed_in(hall.other_officer), hall.drafted(), "submit").status_code == 403


def test_the_workbook_holds_the_city_its_districts_and_kinds(hall: Hall, signed_in: Any) -> None:
    proposal = hall.simulated()
    told = signed_in(hall.leader).get(f"/desk/standards/{proposal.public_id}/simulation.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(told.content)).active.values)
    assert [row[:2] for row in rows[1:]] == [("全市", "全市"), ("区", "和平区"), ("家庭类型", "独居（60岁以下）")]
    assert rows[1][3:6] == ("1.00", "1.50", "0.50")
    SimulationRun.objects.update(state="failed")
    assert signed_in(hall.leader).get(f"/desk/standards/{proposal.public_id}/simulation.xlsx").status_code == 404


def test_every_district_is_on_the_map_and_the_inner_ones_twice() -> None:
    whole, inner = shapes()
    assert len(whole) == 16 and len(inner) == 6
    values = {shape.code: nth for nth, shape in enumerate(whole)}
    by_code = {each.shape.code: each.colour for each in painted(values, {}) if not each.is_inset}
    assert len(set(by_code.values())) == 6 and by_code["120119"] != by_code["120102"]
    assert len(painted({}, {})) == 22


@pytest.mark.parametrize(("fen", "words"), [(0, "0.0"), (8_760_138, "8.8"), (-105_121_656, "-105.1"), (99_999_999, "100.0"), (10**12, "1,000,000.0")])  # fmt: skip
def test_budgets_are_spoken_of_in_ten_thousands(fen: int, words: str) -> None:
    assert wan(fen) == words


@pytest.mark.parametrize("many", [1, 12])
def test_the_list_needs_the_same_queries_for_few_and_many(
    hall: Hall, signed_in: Any, many: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(many):
        hall.simulated()
    client = signed_in(hall.leader)
    with django_assert_max_num_queries(8):
        assert client.get("/desk/standards/").content.decode().count("待批准") == 0


@pytest.mark.django_db(transaction=True)
def test_a_district_on_the_map_leads_to_its_row_without_a_mouse(
    hall: Hall, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    desktop: Any = request.getfixturevalue("desktop")
    enter(desktop, signed_in, hall.leader)
    desktop.goto(f"/desk/standards/{hall.simulated().public_id}")
    link = desktop.locator('svg.city-map a[href="#d120101"]').first
    assert "和平区：每月增加0.50元" in link.get_attribute("aria-label")
    link.focus()
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "d120101"
    assert desktop.locator("tr:target th").inner_text() == "和平区"
