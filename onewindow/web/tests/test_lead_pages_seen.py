"""The pages of finding, recomputing and the budget, looked at by axe on a phone and on a desktop; a lead worked in the browser."""

import os
from typing import Any

import pytest
from playwright.sync_api import Page

from onewindow.fields.finding.models import Forecast, Lead, Recomputation
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.posts import Post
from onewindow.project.searching.finding import find
from onewindow.project.searching.rechecking import recheck
from onewindow.project.searching.tests.conftest import STANDARD, Town, town
from onewindow.web.tests.test_every_page import enter
from tests.factories import HEPING

__all__ = ["town"]
pytestmark = pytest.mark.django_db(transaction=True)
MONTH = "2025-10"


def month(number: int, fen: int) -> dict[str, Any]:
    return {
        "month": f"2026-{number:02d}", "benefit": "dibao", "label": "最低生活保障", "grants": 81_234, "fen": fen,
        "newly": number * 7, "newly_fen": number * 7 * STANDARD, "last_month": f"2025-{number:02d}", "last_fen": fen - 9_000_000,
        "last_count": 80_000,
    }  # fmt: skip


@pytest.fixture
def pages(town: Town) -> dict[str, tuple[Actor, list[str]]]:
    town.alone("尉迟重残", disability_level=1), town.alone("古丽加娜提·买买提江", disability_level=2)
    find(SYSTEM, MONTH)
    town.granted(), town.granted()
    recheck(SYSTEM, "2025-09")
    Forecast.objects.create(
        from_month="2026-01",
        law_version="1",
        by="x",
        rows=[month(n, 8_000_000_00 + n * 30_000_000) for n in range(1, 13)],
    )
    leads = [f"/desk/leads/{lead.public_id}" for lead in Lead.unscoped.order_by("id")]
    told = Recomputation.unscoped.get()
    return {
        "officer": (town.staff(Post.STREET_OFFICER), ["/desk/leads/", "/desk/leads/?state=declined", *leads]),
        "chief": (
            town.staff(Post.DISTRICT_CHIEF, HEPING),
            ["/desk/leads/", "/desk/recomputations/", f"/desk/recomputations/{told.public_id}", "/desk/budget"],
        ),
    }


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("who", ["officer", "chief"])
def test_axe_finds_nothing_and_nothing_is_cut(
    who: str, screen: str, pages: Any, signed_in: Any, axe_findings: Any, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(screen)
    actor, addresses = pages[who]
    enter(page, signed_in, actor)
    wrong = []
    for where in addresses:
        answer = page.goto(where)
        assert answer is not None and answer.status == 200, where
        wrong += [f"{where}: {each}" for each in axe_findings(page)]
        if (wide := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            wrong.append(f"{where}: {wide}px too wide")
        _keep(page, f"{who}-{screen}-{addresses.index(where)}")
    assert not wrong, "\n".join(wrong)


def _keep(page: Page, name: str) -> None:
    if os.environ.get("KEEP_SCREENS"):
        page.screenshot(path=f"{os.environ['KEEP_SCREENS']}/{name}.png", full_page=True)


def test_an_officer_works_a_lead_from_the_list_to_its_end(
    pages: Any, signed_in: Any, axe_findings: Any, phone: Page
) -> None:
    actor, _ = pages["officer"]
    enter(phone, signed_in, actor)
    phone.goto("/desk/leads/")
    phone.get_by_role("link", name="尉迟重残").click()
    phone.get_by_role("button", name="认领").click()
    phone.get_by_label("联系情况").fill("接通，本人同意测算")
    phone.get_by_role("button", name="记录联系").click()
    phone.get_by_role("button", name="记录同意").click()
    phone.get_by_text("家庭人口").first.wait_for()
    assert axe_findings(phone) == []
    _keep(phone, "worked-phone")
    phone.get_by_text("不办理了").click()
    phone.get_by_label("结果").select_option(label="本人不申请")
    phone.get_by_label("原因").fill("女儿接去外地同住")
    phone.get_by_role("button", name="办结").click()
    phone.get_by_text("线索已办结。").wait_for()
    assert Lead.unscoped.get(person__name="尉迟重残").outcome_reason == "女儿接去外地同住"
