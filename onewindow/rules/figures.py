"""One figure of the law at one day: its value, since when, from which document, and how sure we are."""

from dataclasses import dataclass
from typing import Any

from openfisca_core.parameters import Parameter

from onewindow.rules.system import system

UNITS = {
    "month": "个月",
    "percent": "%",
    "year": "年",
    "age": "岁",
    "car": "辆",
    "home": "套",
    "permille": "‰",
    "time": "次",
    "meal": "餐",
    "day": "天",
}


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    value: str
    raw: int | bool | None
    since: str
    document: str
    source: str
    confidence: str
    is_example: bool
    note: str = ""


def yuan(fen: int) -> str:
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}元"


def shown(raw: Any, unit: str | None, says: tuple[str, str] = ("是", "否")) -> str:
    if isinstance(raw, bool):
        return says[0] if raw else says[1]
    if unit == "fen":
        return yuan(raw)
    return f"{raw}{UNITS.get(unit or '', unit or '')}"


def figure(name: str, day: str) -> Figure:
    parameter = parameter_named(name)
    value = next(each for each in parameter.values_list if each.instant_str <= day)
    known = value.metadata
    return Figure(
        name=name,
        label=parameter.description or name,
        value="未知" if value.value is None else shown(value.value, parameter.metadata.get("unit")),
        raw=value.value,
        since=value.instant_str,
        document=known["document"],
        source=known["source"],
        confidence=known["confidence"],
        is_example=known.get("is_example", False),
        note=known.get("note", ""),
    )


def parameter_named(name: str) -> Parameter:
    node: Any = system().parameters
    for part in name.split("."):
        node = node.children[part]
    return node


def words_on_unknown(name: str, day: str) -> str:
    """Why nothing can be reckoned with this parameter on this day."""
    parameter = parameter_named(name)
    month = f"{int(day[:4])}年{int(day[5:7])}月"
    value = next((each for each in parameter.values_list if each.instant_str <= day), None)
    if value is None:
        first = parameter.values_list[-1].instant_str
        why = f"查到的最早记录从{int(first[:4])}年{int(first[5:7])}月开始"
    else:
        why = value.metadata.get("note", "")
    return f"{month}的“{parameter.description}”未找到来源，不能计算。{why}".rstrip("。") + "。"
