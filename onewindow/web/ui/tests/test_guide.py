"""Every component, in Chromium: on a phone, on a desktop, in elder mode."""

import io
import random

import pytest
from PIL import Image

PAGES = ["/ui/guide", "/ui/guide?wrong", "/ui/guide/desk"]
KNOWN_CHINESE_FONTS = ("CJK", "PingFang", "YaHei", "Song", "Source Han")
pytestmark = pytest.mark.django_db(transaction=True)


def as_elder(page):
    page.context.add_cookies([{"name": "elder", "value": "1", "domain": "localhost", "path": "/"}])


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_is_cut_off(request, screen, elder, axe_findings):
    page = request.getfixturevalue(screen)
    if elder:
        as_elder(page)
    for path in PAGES:
        page.goto(path)
        assert page.locator("html.elder").count() == elder
        assert axe_findings(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} scrolls sideways by {wide}px"


def test_targets_are_large_in_elder_mode(phone):
    as_elder(phone)
    phone.goto("/ui/guide")
    small = phone.evaluate("""() => [...document.querySelectorAll(".button, .choice, .nav-link, select, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])")]
        .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 48).map((each) => each.outerHTML.slice(0, 80))""")
    assert small == []
    assert phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 22


def test_rare_characters_of_names_are_drawn_by_a_real_font(desktop):
    desktop.goto("/ui/guide")
    desktop.evaluate("""async () => {
        const name = Object.assign(document.createElement("p"), { id: "rare", textContent: "䶮㛃𬭎𫖯犇最低生活保障" });
        document.querySelector("main").append(name);
        await document.fonts.load("16px 'One Window Rare'", name.textContent);
        await document.fonts.ready;
    }""")
    browser = desktop.context.new_cdp_session(desktop)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    node = browser.send("DOM.querySelector", {"nodeId": root, "selector": "#rare"})["nodeId"]
    desktop.wait_for_timeout(500)
    fonts = browser.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    strangers = [
        f for f in fonts if not f["isCustomFont"] and not any(known in f["familyName"] for known in KNOWN_CHINESE_FONTS)
    ]
    assert fonts and strangers == []


def test_the_keyboard_reaches_the_text_first_and_the_ring_is_seen(desktop):
    desktop.goto("/ui/guide")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.textContent") == "跳到正文"
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_after_mistakes_the_reader_stands_at_the_summary_and_each_line_leads_to_its_field(phone):
    phone.goto("/ui/guide?wrong")
    assert "error-summary" in phone.evaluate("document.activeElement.className")
    phone.click(".error-summary a:has-text('户籍')")
    phone.wait_for_function("document.activeElement.name === 'area'")
    phone.click(".error-summary a:has-text('身份证号')")
    phone.wait_for_function("document.activeElement.name === 'id_number'")


def test_a_grave_act_asks_first_and_gives_the_focus_back(phone):
    phone.goto("/ui/guide")
    phone.click("[data-confirm]")
    assert phone.locator("dialog[open] h2").inner_text() == "确定撤回这次申请吗？"
    assert phone.evaluate("document.activeElement.textContent") == "再想想"
    phone.keyboard.press("Escape")
    phone.wait_for_function("document.activeElement.matches('[data-confirm]')")
    assert phone.locator("dialog").count() == 0
    phone.click("[data-confirm]")
    with phone.expect_request(lambda request: request.method == "POST"):
        phone.click("dialog button[value=yes]")


def test_money_is_grouped_and_full_width_digits_are_understood(desktop):
    desktop.goto("/ui/guide")
    desktop.fill("[data-money]", "１２345．5元")
    desktop.keyboard.press("Tab")
    assert desktop.input_value("[data-money]") == "12,345.50"
    desktop.fill("[data-money]", "一万多")
    desktop.keyboard.press("Tab")
    assert desktop.input_value("[data-money]") == "一万多"


def test_a_large_photo_is_made_smaller_before_it_travels(phone):
    noise = Image.frombytes("RGB", (3000, 2200), random.Random(7).randbytes(3000 * 2200 * 3))
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=90)
    phone.goto("/ui/guide")
    phone.set_input_files("#id_photo", {"name": "清单.JPG", "mimeType": "image/jpeg", "buffer": file.getvalue()})
    phone.wait_for_selector(".upload__preview")
    kept = phone.evaluate(
        "(({ size, name, type }) => ({ size, name, type }))(document.querySelector('#id_photo').files[0])"
    )
    assert kept["size"] < len(file.getvalue()) / 2 and kept["type"] == "image/jpeg" and kept["name"] == "清单.jpg"


def test_a_draft_saves_itself_and_says_when_it_could_not(desktop):
    desktop.goto("/ui/guide")
    desktop.route("**/ui/guide", lambda route: route.fulfill(status=204))
    desktop.fill("#id_name", "吕犇")
    desktop.wait_for_selector("[data-autosave-state][data-state=saved]")
    assert "已保存" in desktop.inner_text("[data-autosave-state]")
    desktop.route("**/ui/guide", lambda route: route.abort())
    desktop.fill("#id_name", "吕䶮")
    desktop.wait_for_selector("[data-autosave-state][data-state=failed]")


def test_staff_reach_the_menu_on_a_phone(phone):
    phone.goto("/ui/guide/desk")
    assert not phone.is_visible(".side-nav")
    phone.click("text=菜单")
    assert phone.is_visible(".side-nav") and phone.is_visible("text=切换岗位")
