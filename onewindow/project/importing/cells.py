"""What a cell of the city's own tables may hold. Each reader gives the value, or says in Chinese what to do."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.people.identity import IdNumber, InvalidIdNumber, normal_name
from onewindow.kernel.people.kinship import EXACT

Reader = Callable[[str], Any]
DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
SPOILT = re.compile(r"[\d.]+E\+?\d+", re.IGNORECASE)
RELATIONS = {name: code for code, name in EXACT.items()} | {
    "本人或户主": "02", "之子": "20", "子": "20", "儿子": "20", "之女": "30", "女": "30", "女儿": "30", "夫": "11", "妻": "12",
    "配偶": "10", "孙子": "41", "孙女": "42", "外孙子": "43", "外孙女": "44", "父": "51", "母": "52", "其他": "97",
    "非亲属": "99",
}  # fmt: skip


class WrongCell(ValueError):
    """What is wrong with the cell and what to do."""


def without_spaces(text: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))


def id_number(text: str) -> IdNumber:
    if SPOILT.fullmatch(text):
        raise WrongCell("被表格软件改成了数字，后几位已经丢失。请把该列设为文本格式，重新填写")
    try:
        return IdNumber.parse(text)
    except InvalidIdNumber as wrong:
        raise WrongCell(str(wrong).removesuffix("。")) from None


def name(text: str) -> str:
    found = normal_name(text)
    if not found or len(found) > 60:
        raise WrongCell("请填写证件上的全名，不超过60个字")
    return found


def phone(text: str) -> str:
    found = without_spaces(text).removeprefix("+86")
    if not re.fullmatch(r"1[0-9]{10}|0[0-9]{9,11}", found):
        raise WrongCell("应为11位手机号，或带区号的固定电话，请核对")
    return found


def account(text: str) -> str:
    if SPOILT.fullmatch(text):
        raise WrongCell("被表格软件改成了数字，后几位已经丢失。请把该列设为文本格式，重新填写")
    found = without_spaces(text)
    if not re.fullmatch(r"[0-9]{12,24}", found):
        raise WrongCell("应为12至24位数字，请核对")
    return found


def day(text: str) -> date:
    found = DATE.fullmatch(without_spaces(text[:10]) if text[10:].startswith((" ", "T")) else text.replace(" ", ""))
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise WrongCell("请按“2026-11-23”的样式填写") from None


def past_day(text: str) -> date:
    found = day(text)
    if found > today():
        raise WrongCell("不能晚于今天，请核对")
    return found


def short_text(most: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > most:
            raise WrongCell(f"不能超过{most}个字")
        return text

    return read


def sex(text: str) -> int:
    found = {"男": 1, "女": 2, "1": 1, "2": 2, "男性": 1, "女性": 2}.get(text)
    if found is None:
        raise WrongCell("请填“男”或“女”")
    return found


def is_urban(text: str) -> bool:
    found = {"城镇": True, "城市": True, "非农业": True, "农村": False, "乡村": False, "农业": False}.get(text)
    if found is None:
        raise WrongCell("请填“城镇”或“农村”")
    return found


def relation(text: str) -> str:
    """GB/T 4761: its two digits, or the word."""
    code = text.zfill(2) if text.isascii() and text.isdigit() else RELATIONS.get(text, "")
    if not re.fullmatch(r"0[12]|[1-9][0-9]", code):
        raise WrongCell("请填GB/T 4761的两位代码或名称，例如02户主、10配偶、20子、30女、51父亲")
    return "02" if code == "01" else code


def community(known: set[str]) -> Reader:
    """`外地` is said, not left out: an empty cell would only be forgotten."""

    def read(text: str) -> str | None:
        if text == "外地":
            return None
        code = without_spaces(text)
        if code not in known:
            raise WrongCell("不是本市的12位社区（村）代码，请核对；非本市户籍填“外地”")
        return code

    return read
