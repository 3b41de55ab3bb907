"""Aid first: one day from the window to the decision, papers after."""

from playwright.sync_api import Page, expect

from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.models import Case
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.people.models import Person
from tests.browser.conftest import Town, press, sign_in
from tests.browser.test_a_living_allowance import open_my_step, visit_by_two


def a_stranger_to_the_city(town: Town) -> Person:
    person = town.city.person("外乡人", place=None)
    assert person.place is None
    return person


def the_window_takes_it(desktop: Page, town: Town, person: Person) -> None:
    sign_in(desktop, town.clerk)
    desktop.goto("/desk/intake")
    desktop.get_by_label("身份证号、手机号或姓名").fill(person.name)
    press(desktop, "查找居民")
    desktop.get_by_role("link", name=person.name).click()
    desktop.get_by_label("办理事项").select_option("emergency_relief")
    desktop.get_by_label("委托方式").fill("本人到场")
    press(desktop, "开始申请")
    desktop.get_by_label("遇到了什么急难").select_option("fire")
    desktop.get_by_label("发生日期").fill(today().isoformat())
    desktop.get_by_label("情况说明").fill("租住处起火，随身财物烧毁，无处过夜。")
    desktop.get_by_label("需要救助的人数").fill("1")
    desktop.get_by_label("困难程度").select_option("1")
    desktop.get_by_label("希望得到的救助金额").fill("1000")
    for name in ("保存并继续", "保存并继续", "继续", "提交申请"):
        press(desktop, name)
    expect(desktop.get_by_text("已提交，办件编号")).to_be_visible()


def test_the_street_helps_within_a_day_and_the_papers_follow(desktop: Page, town: Town) -> None:
    person = a_stranger_to_the_city(town)
    the_window_takes_it(desktop, town, person)
    case = Case.unscoped.get()
    open_my_step(desktop, "受理和快速核实")
    press(desktop, "受理")
    sign_in(desktop, town.officer)
    open_my_step(desktop, "现场核实")
    visit_by_two(desktop, town)
    sign_in(desktop, town.chief)
    open_my_step(desktop, "先行救助决定")
    desktop.get_by_label("救助金额").fill("1045.01")
    press(desktop, "给予救助")
    expect(desktop.get_by_role("alert").first).to_contain_text("超过规定上限1045.00元")
    expect(desktop.get_by_label("救助金额")).to_have_value("1,045.01")
    desktop.get_by_label("救助金额").fill("1000")
    press(desktop, "给予救助")
    expect(desktop.get_by_text("已办结：先行救助决定")).to_be_visible()

    case.refresh_from_db()
    assert case.due_at is not None and (case.due_at - case.accepted_at).total_seconds() == 24 * 3600
    assert Grant.unscoped.get().amount_fen == 100_000
    assert case.runs.get(ended_at=None).due_on == add_working_days(today(), 10).on
    sign_in(desktop, town.officer)
    open_my_step(desktop, "补齐手续")
    press(desktop, "手续已补齐，归档")
    expect(desktop.get_by_text("已办结").first).to_be_visible()
    case.refresh_from_db()
    assert case.state == Case.State.COMPLETED
