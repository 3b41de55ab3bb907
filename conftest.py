"""Chromium for the tests of pages; whoever uses one of these fixtures is marked `browser`, whoever uses tables `database`."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.emptying import let_tests_empty_tables

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


let_tests_empty_tables()


OF_DATABASE = {"db", "transactional_db", "live_server", "django_db_reset_sequences", "django_db_setup"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if {"chromium", "axe_findings"} & fixtures:
            item.add_marker(pytest.mark.browser)
        if OF_DATABASE & fixtures or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A long value makes no name; and one signed by the hour would differ in each process that runs the tests."""
    return argname if isinstance(val, str | bytes) and len(val) > 40 else None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail(
            'Chromium is not on this machine: `apt-get install chromium`, or leave it out with -m "not browser"'
        )
    with sync_playwright() as playwright:
        # Root has no sandbox; a container's /dev/shm is often too small.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def _page(chromium: Browser, base_url: str, screen: dict) -> Iterator[Page]:
    context = chromium.new_context(base_url=base_url, locale="zh-CN", timezone_id="Asia/Shanghai", **screen)
    page, faults = context.new_page(), []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults, "the browser complained: " + "; ".join(faults)


@pytest.fixture
def phone(chromium: Browser, live_server) -> Iterator[Page]:
    yield from _page(chromium, live_server.url, PHONE)


@pytest.fixture
def desktop(chromium: Browser, live_server) -> Iterator[Page]:
    yield from _page(chromium, live_server.url, DESKTOP)


@pytest.fixture
def axe_findings() -> Callable[[Page], list[str]]:
    """What axe has against a page, one line each: the rule, then the elements."""

    def look(page: Page) -> list[str]:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response["violations"]
        return [f"{v['id']}: {v['help']} at {[n['target'] for n in v['nodes']]}" for v in found]

    return look
