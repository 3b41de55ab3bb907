"""A body for /calculate or /trace, checked as every situation is: OpenFisca would evaluate, cut and wrap what it is given."""

import json
import re
from collections.abc import Iterator
from typing import Any

from onewindow.rules.situation import MONTH, CannotAssess, checked, parts
from onewindow.rules.system import CountryTaxBenefitSystem

DEPTH, MAX_PERSONS, MAX_ASKED = 8, 20, 100
KEY = re.compile(r"[\w-]{1,40}")
"""OpenFisca finds what is asked for by paths with stars and slashes."""
Asked = list[tuple[dict[str, Any], str, str]]
"""Whose, which variable, which month."""


def read(body: bytes) -> Any:
    try:
        found = json.loads(body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise CannotAssess("内容不是有效的 JSON。") from None
    if depth_of(found) > DEPTH:
        raise CannotAssess("内容嵌套过深。")
    return found


def _refuse(name: str) -> None:
    raise ValueError(name)


def depth_of(value: Any, so_far: int = 0) -> int:
    if so_far > DEPTH or not isinstance(value, dict | list):
        return so_far
    below = value.values() if isinstance(value, dict) else value
    return max((depth_of(each, so_far + 1) for each in below), default=so_far + 1)


def cleaned(law: CountryTaxBenefitSystem, body: Any) -> dict[str, Any]:
    """The same situation, whole, with `null` where OpenFisca shall compute. Raises CannotAssess, in Chinese."""
    persons, key, household = parts(body)
    if len(persons) > MAX_PERSONS:
        raise CannotAssess(f"一次最多测算{MAX_PERSONS}人。")
    if not all(KEY.fullmatch(name) for name in (*persons, key)):
        raise CannotAssess("成员和家庭的编号只能用文字、数字、下划线和连字符，最多40个。")
    asked: Asked = []
    given = {each: dict(without_asked(values, asked)) for each, values in persons.items()}
    rest = dict(without_asked(household, asked))
    month = month_of(asked)
    _must_belong(law, persons, household, asked)
    names = list(dict.fromkeys(name for _, name, _ in asked))
    found = checked(law, {"persons": given, "households": {key: rest}}, month, names)
    for whose, name, _ in asked:
        place = found["households"][key] if whose is household else found["persons"][_key_of(persons, whose)]
        place[name] = {month: None}
    return found


def without_asked(values: dict[str, Any], asked: Asked) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        nulls = [period for period, each in value.items() if each is None] if isinstance(value, dict) else []
        asked += [(values, str(name), str(period)) for period in nulls]
        if not nulls or len(nulls) < len(value):
            yield name, {p: each for p, each in value.items() if each is not None} if nulls else value


def month_of(asked: Asked) -> str:
    months = {month for _, _, month in asked}
    if len(asked) > MAX_ASKED:
        raise CannotAssess(f"一次最多要求计算{MAX_ASKED}项。")
    if len(months) != 1:
        raise CannotAssess('请用 null 标出要计算的项目，并且都是同一个月，例如 "dibao_amount": {"2026-11": null}。')
    month = months.pop()
    if not MONTH.fullmatch(month):
        raise CannotAssess("测算月份应写成“年-月”，例如 2026-11。")
    return month


def _must_belong(
    law: CountryTaxBenefitSystem, persons: dict[str, Any], household: dict[str, Any], asked: Asked
) -> None:
    for whose, name, _ in asked:
        variable = law.variables.get(name)
        if variable is None or str(variable.definition_period) != "month":
            raise CannotAssess(f"没有“{name}”这一按月计算的项目。")
        if variable.entity.is_person == (whose is household):
            raise CannotAssess(f"“{name}”写错了地方：它属于{variable.entity.label}。")


def _key_of(persons: dict[str, Any], whose: dict[str, Any]) -> str:
    return next(key for key, values in persons.items() if values is whose)
