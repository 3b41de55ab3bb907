"""Anybody reckons, nobody is remembered."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from onewindow.kernel.audit.models import AuditLine

pytestmark = pytest.mark.django_db
ALONE = {
    "count": "1", "do": "answer", "place_is_urban": "1", "monetary_property": "0", "car_count": "0", "home_count": "1",
    "m0-birth": "1980-05-01", "m0-wage_income": "500", "m0-transfer_net_income": "0", "m0-disability_category": "0",
    "m0-disability_level": "0",
}  # fmt: skip
CHILD = {
    "m1-role": "children", "m1-birth": "2015-01-01", "m1-wage_income": "0", "m1-transfer_net_income": "0",
    "m1-disability_category": "5", "m1-disability_level": "2",
}  # fmt: skip


@pytest.fixture(autouse=True)
def october() -> Any:
    with time_machine.travel("2025-10-15T12:00:00+08:00", tick=False):
        yield


def told(**values: str) -> Any:
    return Client().post("/calculator", {**ALONE, **values})


def test_one_person_learns_the_sum_and_each_step() -> None:
    page = told().content.decode()
    assert "545.00" in page and "1045.00" in page and "《社会救助暂行办法》第十二条" in page
    assert not AuditLine.objects.exists()


def test_a_parent_with_a_disabled_child_sees_both_subsidies() -> None:
    page = told(count="2", **CHILD).content.decode()
    assert "1,590.00" in page  # 1045 × 2 − 500
    assert "困难残疾人生活补贴（每月）" in page and "300.00" in page and "200.00" in page and "第2人" in page


def test_an_elder_alone_is_told_that_tekun_and_dibao_are_one_or_the_other() -> None:
    page = told(**{"m0-birth": "1950-01-01", "m0-wage_income": "0"}).content.decode()
    assert "特困人员救助供养（每月）" in page and "2,020.00" in page and "只能享受一项" in page


def test_a_child_without_parents_and_an_elder_at_the_canteen_are_told_theirs() -> None:
    grandmother = {"m0-birth": "1940-01-01", "m0-wage_income": "0", "m0-transfer_net_income": "3000"}
    child = {**CHILD, "m1-role": "others", "m1-also": "has_no_parents"}
    page = told(count="2", **grandmother, **child).content.decode()
    assert "孤儿基本生活费（每月）" in page and "2,400.00" in page and "示例" in page
    assert "老年助餐补贴（每餐减价）" in page and "3.00" in page


def test_another_member_is_asked_for_and_nothing_typed_is_lost() -> None:
    response = told(do="more", **{"m0-wage_income": "三百"})
    page = response.content.decode()
    assert response.status_code == 200 and "第2人" in page and 'value="三百"' in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"m0-birth": "1880-01-01"}, "请填写出生日期"),
        ({"m0-birth": "2030-01-01"}, "请填写出生日期"),
        ({"m0-wage_income": "很多"}, "金额"),
        ({"car_count": "-1"}, "0"),
        ({"count": "99999999999"}, "按2025年10月的规定"),
    ],
)
def test_what_cannot_be_is_said_and_kept(wrong: dict[str, str], words: str) -> None:
    response = told(**wrong)
    assert words in response.content.decode()
    assert response.status_code == (200 if "count" in wrong else 422)


def test_a_rich_family_is_told_that_nothing_is_due() -> None:
    page = told(**{"m0-wage_income": "20000"}).content.decode()
    assert "没有可以按月领取的待遇" in page and "不低于标准" in page
