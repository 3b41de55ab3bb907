"""Every page that can be opened, as each person, looked at by axe on a phone and on a desktop; and one way by keyboard only."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from onewindow.fields.policy.actions import drafting
from onewindow.fields.policy.models import SimulationRun
from onewindow.fields.policy.tests.conftest import RAISE, RESULT
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.actions.applying import start_case
from onewindow.kernel.cases.callbacks import open_callback
from onewindow.kernel.cases.models import Case, PublicNotice, Rating
from onewindow.kernel.catalog import matter_named
from onewindow.kernel.grants.funds import add_budget, open_fund
from onewindow.kernel.people.models import RegisterEntry
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.rules.system import law_version
from tests.factories import CITY, COMMUNITY, HEPING, City, number_of, open_run, visit

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ("family", "household", "account", "papers", "consent", "check")
PLAIN = ("/", "/login", "/what-could-i-get", "/matters/", "/matters/dibao", "/matters/emergency_relief", "/matters/?q=无", "/matters/?event=death", "/fewer-papers", "/calculator",
         "/notices/", "/check", "/check/0000-0000-0000-0000", "/cases/", "/me/", "/me/messages", "/me/payments", "/me/consents", "/me/looks")  # fmt: skip
OFFICERS = (
    "/desk/queue",
    "/desk/queue?show=red",
    "/desk/cases/",
    "/desk/cases/?q=没有这个人",
    "/desk/people",
    "/desk/checks",
)
OF_A_CASE = ("", "/papers", "/history", "/suspend", "/extend", "/terminate", "/correct")


def enter(page: Page, signed_in: Callable[[Actor], Any], actor: Actor) -> None:
    cookie = signed_in(actor).cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": page.url if page.url != "about:blank" else _base(page)}]
    )


def _base(page: Page) -> str:
    page.goto("/check")
    return page.url


@pytest.fixture
def places(city: City) -> dict[str, tuple[Actor, list[str]]]:
    """Who opens what. A family of four with rare and long names; a case at each turn."""
    me, wife = city.resident("欧阳龑"), city.person("古丽加娜提·买买提江")
    city.household(me.person, wife, city.person("王𠅤"), city.person("司马相如之曾孙女"))
    clerk, officer, second = city.staff("street_window"), city.staff("street_officer"), city.staff("street_officer")
    RegisterEntry.objects.create(person=wife, source="DPF", item="disability_level", value=2, as_of="2026-10-01")
    case = city.accepted(me, clerk)
    working.finish_step(officer, open_run(case), outcome="done", record=visit(today()), with_number=number_of(second))
    other = city.resident("赵一曼")
    city.household(other.person)
    draft = city.draft(other)
    hurried = city.submitted(city.resident("钱二"))
    notice = PublicNotice.objects.create(
        case=case, run=open_run(case), place_id=COMMUNITY, from_on="2026-01-01", until_on="2099-01-01",
        shows={"name": "欧阳龑", "members": 4, "amount_fen": 305_200},
    )  # fmt: skip
    rating = Rating.objects.create(case=city.accepted(city.resident("孙三"), clerk), stars=1, words="等了太久")
    callback = open_callback(rating)
    mine = [f"/cases/{case.public_id}{end}" for end in ("", "/withdraw", "/object", "/appeal", "/rate")]
    filling = [f"/cases/{draft.public_id}/fill/{step}" for step in (*STEPS, other.person.public_id.hex)]
    of_case = [f"/desk/cases/{case.public_id}{end}" for end in OF_A_CASE]
    return {
        "resident": (me, [*PLAIN, *mine, f"/notices/{notice.public_id}"]),
        "applicant": (other, ["/", "/cases/", *filling]),
        "clerk": (
            clerk,
            [
                "/desk/intake",
                *OFFICERS[:5],
                f"/desk/people/{wife.public_id}",
                f"/desk/cases/{hurried.public_id}",
                f"/desk/cases/{_at_the_window(city, clerk).public_id}/fill/family",
            ],
        ),
        "officer": (officer, [*OFFICERS, *of_case]),
        "chief": (
            city.staff("district_chief", HEPING),
            [
                "/desk/ratings",
                "/desk/ratings/callbacks",
                f"/desk/ratings/callbacks/{callback.public_id}",
                "/desk/supervision",
                "/desk/supervision/halts",
                "/desk/cases/?tone=red&place=120101001",
            ],
        ),
        "leader": (city.staff("city_leader", CITY), ["/desk/supervision", "/desk/standards/"]),
        "policy": _standards(city),
        "finance": (city.staff("district_finance", HEPING), ["/desk/payments", "/desk/payments/month", *_funds()]),
        "auditor": (city.staff("auditor", CITY), ["/desk/audit", "/desk/audit?q=case."]),
    }


def _funds() -> list[str]:
    place = Place.objects.get(pk=HEPING)
    fund = open_fund(SYSTEM, place, code="dibao", name="社会救助专项资金", kind="special", year=today().year)
    add_budget(SYSTEM, fund, amount_fen=10**9, document="预算文件")
    return [
        "/desk/funds/",
        "/desk/funds/?year=2020",
        *(f"/desk/funds/{fund.public_id}{end}" for end in ("", "?figure=spent")),
    ]


def _standards(city: City) -> tuple[Actor, list[str]]:
    """A draft without a simulation, one being reckoned, one that could not be, and one to approve or return."""
    officer = city.staff("city_policy", CITY)
    pages = ["/desk/standards/", "/desk/standards/new"]
    for n, state in enumerate(("", "running", "failed", "done", "handed in")):
        proposal = drafting.draft_proposal(officer, None, **{**RAISE, "month": f"{today().year + 1}-0{n + 2}"})
        if state:
            proposal.run = SimulationRun.objects.create(
                proposal=proposal, figure=proposal.figure, value_fen=proposal.value_fen, month=proposal.month,
                population="synthetic", state=state.replace("handed in", "done"), law_version=law_version(), result=RESULT,
                problem="本市登记数据里还没有住户。", done=3, of=12, ended_at=proposal.drafted_at,
            )  # fmt: skip
            proposal.save()
        if state == "handed in":
            drafting.submit_proposal(officer, proposal)
        pages += [f"/desk/standards/{proposal.public_id}", f"/desk/standards/{proposal.public_id}/change"][
            : 1 + (n == 0)
        ]
    return officer, pages


def _at_the_window(city: City, clerk: Actor) -> Case:

    person = city.person("代办人")
    city.household(person)
    return start_case(clerk, None, matter=matter_named("dibao"), applicant=person, mandate="本人到场")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize(
    "who", ["resident", "applicant", "clerk", "officer", "chief", "leader", "policy", "finance", "auditor"]
)
def test_axe_finds_nothing_and_nothing_is_cut(
    who: str, screen: str, places: Any, signed_in: Any, axe_findings: Any, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(screen)
    actor, pages = places[who]
    enter(page, signed_in, actor)
    wrong = []
    for where in pages:
        answer = page.goto(where)
        assert answer is not None
        if answer.status != (404 if where.startswith("/check/") else 200):
            wrong.append(f"{where}: {answer.status}")
        wrong += [f"{where}: {each}" for each in axe_findings(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            wrong.append(f"{where}: {wide}px too wide")
        if page.locator("h1").count() != 1:
            wrong.append(f"{where}: {page.locator('h1').count()} headings of the first rank")
    assert not wrong, "\n".join(wrong)


def test_what_was_wrong_is_shown_to_axe_too(places: Any, signed_in: Any, axe_findings: Any, phone: Page) -> None:
    actor, pages = places["applicant"]
    enter(phone, signed_in, actor)
    phone.goto(pages[3])
    phone.locator("input[name$=monetary_property]").fill("三千")
    phone.get_by_role("button", name="保存并继续").click()
    phone.locator(".error-summary").wait_for()
    assert axe_findings(phone) == []
    assert phone.locator("input[name$=monetary_property]").input_value() == "三千"


def tab_to(page: Page, words: str, most: int = 90) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate("(document.activeElement.labels?.[0] || document.activeElement).innerText || ''")
        if re.search(words, found):
            return
    raise AssertionError(f"no way to “{words}” by Tab on {page.url}")


def test_applying_needs_no_mouse(city: City, signed_in: Any, desktop: Page) -> None:
    me = city.resident("欧阳龑")
    city.household(me.person)
    enter(desktop, signed_in, me)
    desktop.goto("/matters/dibao")
    tab_to(desktop, "我要申请")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/fill")
    tab_to(desktop, "没有问题，继续")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/fill/household")
    for words in ("全家存款", "全家汽车", "全家住房"):
        tab_to(desktop, words)
        desktop.keyboard.press("Control+A")
        desktop.keyboard.type("0")
    tab_to(desktop, "先保存")
    desktop.keyboard.press("Space")
    desktop.wait_for_url("**/cases/")
    case = Case.unscoped.get()
    assert case.facts["household"]["car_count"] == 0
