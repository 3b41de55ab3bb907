"""From a resident's phone to money in the bank and a letter in the hand, as each person lives it."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import time_machine
from playwright.sync_api import Page, expect

from onewindow.exchange.models import Query
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case
from onewindow.kernel.grants.models import Grant, PaymentItem, PaymentRun
from onewindow.kernel.papers.models import Letter
from tests.browser.conftest import Town, press, sign_in
from tests.factories import number_of

PICTURES = os.environ.get("ONEWINDOW_PICTURES", "")
"""The README's pictures are taken where this names a folder (docs/pictures)."""
Work = Callable[[Callable[[], bool]], None]


def take_picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def apply_on_the_phone(phone: Page, town: Town) -> None:
    sign_in(phone, town.husband)
    phone.get_by_role("link", name="三个问题").click()
    phone.get_by_label("家里一起生活的有几口人").fill("2")
    phone.get_by_label("全家每月收入大约多少元").fill("800")
    press(phone, "看结果")
    expect(phone.get_by_text("可能符合").first).to_be_visible()
    press(phone, "申请")
    press(phone, "家庭成员没有问题，继续")
    phone.get_by_label("全家存款").fill("没有")
    press(phone, "保存并继续")
    expect(phone.get_by_role("alert")).to_contain_text("请填写金额")
    expect(phone.get_by_label("全家存款")).to_have_value("没有")
    phone.get_by_label("全家存款").fill("0")
    phone.get_by_label("全家汽车").fill("0")
    phone.get_by_label("全家住房").fill("0")
    for question in ("非住宅房产", "自费出国留学", "法院判决"):
        phone.get_by_role("group", name=question).get_by_label("否").check()
    phone.get_by_label("主要困难原因").select_option("illness")
    press(phone, "保存并继续")
    for wage in ("800", "0"):
        phone.get_by_label("工资收入").fill(wage)
        for kind in ("经营净收入", "财产净收入", "转移净收入"):
            phone.get_by_label(kind).fill("0")
        press(phone, "保存并继续")
    press(phone, "保存并继续")  # the account, known from the register
    press(phone, "继续")  # papers: nothing to bring
    phone.get_by_label("我已阅读并同意").check()
    press(phone, "确认授权")
    press(phone, "继续")
    expect(phone.get_by_text("吕䶮霞的核对授权")).to_be_visible()
    press(phone, "提交申请")
    expect(phone.get_by_text("已提交，办件编号")).to_be_visible()


def consent_of_the_wife(phone: Page, town: Town) -> None:
    sign_in(phone, town.wife)
    phone.get_by_role("link", name="去看看并授权").click()
    phone.get_by_label("我已阅读并同意").check()
    press(phone, "确认授权")
    expect(phone.get_by_text("已授权").first).to_be_visible()


def open_my_step(desktop: Page, name: str) -> None:
    desktop.goto("/desk/queue")
    desktop.get_by_role("main").get_by_role("link", name=name).first.click()


def visit_by_two(desktop: Page, town: Town) -> None:
    desktop.get_by_label("调查日期").fill(today().isoformat())
    desktop.get_by_label("调查情况").fill("租住一间平房，妻子患病，有一笔三万元存款用于看病。")
    desktop.get_by_role("group", name="与申报情况是否一致").get_by_label("否").check()
    desktop.get_by_label("均已签字").check()
    desktop.get_by_label("同行调查人员工号").fill(number_of(town.second))
    press(desktop, "办结")


def correct_the_deposit(desktop: Page) -> None:
    desktop.get_by_role("link", name="更正事实").click()
    desktop.get_by_label("更正哪一项").select_option("household:monetary_property")
    desktop.get_by_label("更正为").fill("30000")
    desktop.get_by_label("依据").fill("银行核对结果和入户调查")
    press(desktop, "更正事实")
    expect(desktop.get_by_text("已更正，并重新计算")).to_be_visible()


def test_from_the_phone_to_the_money_and_the_letter(
    phone: Page, desktop: Page, town: Town, partners: None, work: Work
) -> None:
    apply_on_the_phone(phone, town)
    consent_of_the_wife(phone, town)

    sign_in(desktop, town.clerk)
    open_my_step(desktop, "受理")
    expect(desktop.get_by_text("材料齐全，可以受理")).to_be_visible()
    press(desktop, "受理")
    case = Case.unscoped.get()
    work(lambda: not Query.unscoped.exclude(state="answered").exists())

    sign_in(desktop, town.officer)
    open_my_step(desktop, "入户调查")
    expect(desktop.get_by_text("严重不符").first).to_be_visible()
    visit_by_two(desktop, town)
    correct_the_deposit(desktop)
    expect(desktop.get_by_text("1,290.00元").first).to_be_visible()  # (1045 − 800 ÷ 2) × 2
    take_picture(desktop, "officer-desktop")
    desktop.get_by_label("初审意见").fill("存款三万元未超过限额，人均收入低于标准，拟同意。")
    press(desktop, "拟同意")

    sign_in(desktop, town.husband)
    desktop.goto("/notices/")
    expect(desktop.get_by_role("main").get_by_text("欧阳建国")).to_be_visible()

    with time_machine.travel(today() + timedelta(days=8)):
        work(lambda: case.runs.filter(step_code="decide").exists())
        sign_in(desktop, town.officer)
        desktop.goto(f"/desk/cases/{case.public_id}")
        expect(desktop.get_by_text("当前不在您这一环节")).to_be_visible()
        sign_in(desktop, town.chief)
        open_my_step(desktop, "审核确认")
        press(desktop, "确认给予")
        expect(desktop.get_by_text("已办结：审核确认")).to_be_visible()
    # Back in our own time: the bank refuses a signature from next week.
    pay_the_first_month(desktop, town, work)
    the_family_reads_its_letter(phone, town, case)


def pay_the_first_month(desktop: Page, town: Town, work: Work) -> None:
    month = Grant.unscoped.get().from_month
    sign_in(desktop, town.maker)
    desktop.goto("/desk/payments")
    desktop.get_by_label("发放月份").fill(month)
    press(desktop, "编制")
    expect(desktop.get_by_text("已编制1笔")).to_be_visible()
    expect(desktop.get_by_role("button", name="复核通过")).to_have_count(0)
    address = desktop.url
    sign_in(desktop, town.checker)
    desktop.goto(address)
    press(desktop, "复核通过")
    expect(desktop.get_by_text("将发送银行")).to_be_visible()
    work(lambda: PaymentRun.unscoped.get().state == PaymentRun.State.ANSWERED)
    desktop.reload()
    expect(desktop.get_by_text("已到账")).to_be_visible()
    press(desktop, "对账关账")
    expect(desktop.get_by_text("已对账关账").first).to_be_visible()
    assert PaymentItem.objects.get().amount_fen == 129_000


def the_family_reads_its_letter(phone: Page, town: Town, case: Case) -> None:
    sign_in(phone, town.husband)
    phone.goto(f"/cases/{case.public_id}")
    expect(phone.get_by_text("1,290.00元").first).to_be_visible()
    expect(phone.get_by_text("怎么算的")).to_be_visible()
    take_picture(phone, "resident-phone")
    phone.get_by_role("link", name="评价这次服务").click()
    phone.get_by_label("非常满意", exact=True).check()
    press(phone, "提交评价")
    expect(phone.get_by_text("谢谢您的评价")).to_be_visible()
    phone.goto("/me/looks")
    expect(phone.get_by_text("查看资料").first).to_be_visible()
    letter = Letter.unscoped.get(kind="grant")
    phone.context.clear_cookies()
    phone.goto(f"/check/{letter.check_code}")
    expect(phone.get_by_text(letter.number)).to_be_visible()
    assert "欧阳建国" not in phone.content()


def test_a_strangers_link_opens_nothing(phone: Page, town: Town) -> None:
    case = town.city.submitted(town.husband)
    phone.goto(f"/cases/{case.public_id}")
    expect(phone.get_by_role("heading", name="登录", exact=True)).to_be_visible()
    sign_in(phone, town.city.resident("路人甲"))
    response = phone.goto(f"/cases/{case.public_id}")
    assert response is not None and response.status == 404
    assert case.number not in phone.content()


def test_the_clerk_tells_once_what_is_missing(desktop: Page, town: Town) -> None:
    town.city.submitted(town.husband)
    sign_in(desktop, town.clerk)
    open_my_step(desktop, "受理")
    expect(desktop.get_by_text("受理前须一次性告知")).to_be_visible()
    press(desktop, "受理")
    expect(desktop.get_by_role("alert")).to_contain_text("请先一次性告知")
    press(desktop, "一次性告知补正")
    expect(desktop.get_by_text("待补正").first).to_be_visible()
