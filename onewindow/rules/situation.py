"""
A situation in OpenFisca's format, checked before OpenFisca reads it: OpenFisca would cut 1.5 fen to 1, wrap what is
too large, evaluate a text as a formula, take a value given for another month as none, and fill gaps in silence.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from onewindow.rules.entities import Household
from onewindow.rules.figures import shown
from onewindow.rules.rests_on import variables_of
from onewindow.rules.system import CountryTaxBenefitSystem
from onewindow.rules.words import MAX_FEN

MONTH = re.compile(r"(19|20|21)\d\d-(0[1-9]|1[0-2])")
MAX_PERSONS = 100
MAX_COUNT = 1000  # of what is computed else: with MAX_FEN, no product of the law leaves 64 bits
ROLES = tuple(role.plural or role.key for role in Household.roles)

Situation = dict[str, Any]


class CannotAssess(Exception):
    """The law can't be applied to this; the message is for the resident and the officer."""

    def __init__(self, message_zh: str, person: str = "", variable: str = "") -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh
        self.person = person
        self.variable = variable


def checked(law: CountryTaxBenefitSystem, situation: Any, month: str, outputs: Sequence[str]) -> Situation:
    """The situation as OpenFisca shall read it: only known inputs, exact values, this month."""
    if not isinstance(month, str) or not MONTH.fullmatch(month):
        raise CannotAssess("测算月份应写成“年-月”，例如 2025-10。")
    persons, key, household = parts(situation)
    check_members(persons, household)
    check_outputs(law, persons, household, outputs)
    read = {
        each: dict(values_of(law, "person", values, month, f"第{place}名成员的", each))
        for place, (each, values) in enumerate(persons.items(), 1)
    }
    check_overrides(law, read)
    check_days(law, read, month)
    of_household = {name: values for name, values in household.items() if name not in ROLES}
    told = dict(values_of(law, "household", of_household, month))
    check_past(law, read, told, month, outputs)
    roles = {role: list(as_list(household[role])) for role in ROLES if role in household}
    return {"persons": read, "households": {key: {**roles, **told}}}


def parts(situation: Any) -> tuple[dict[str, Any], str, dict[str, Any]]:
    if not isinstance(situation, dict):
        raise CannotAssess("家庭情况的格式不对：应包含 persons（成员）和 households（家庭）。")
    households = situation.get("households") or {"household": situation.get("household")}
    persons = situation.get("persons")
    strange = set(situation) - {"persons", "households", "household"}
    if strange:
        raise CannotAssess(f"家庭情况里有不认识的部分：{'、'.join(sorted(map(str, strange)))}。")
    if not isinstance(persons, dict) or not persons:
        raise CannotAssess("没有填写家庭成员。")
    if not isinstance(households, dict) or len(households) != 1:
        raise CannotAssess("一次只能测算一个家庭。")
    key, household = next(iter(households.items()))
    if not isinstance(household, dict):
        raise CannotAssess("没有填写家庭。")
    if not all(isinstance(each, dict) for each in persons.values()):
        raise CannotAssess("家庭成员的格式不对。")
    return {str(each): values for each, values in persons.items()}, str(key), household


def as_list(members: Any) -> list[str]:
    found = members if isinstance(members, list | tuple) else [members]
    return [str(each) for each in found]


def check_members(persons: dict[str, Any], household: dict[str, Any]) -> None:
    if len(persons) > MAX_PERSONS:
        raise CannotAssess(f"家庭成员超过{MAX_PERSONS}人，请核对。")
    placed = [each for role in ROLES if role in household for each in as_list(household[role])]
    if len(placed) != len(set(placed)):
        raise CannotAssess("同一名成员在家庭里出现了两次。")
    if set(placed) != set(persons):
        raise CannotAssess("每名成员都要有在家庭中的身份：申请人、配偶、子女、父母或其他。")
    for role in Household.roles:
        if role.max and len(as_list(household.get(role.plural or role.key, []))) > role.max:
            raise CannotAssess(f"一个家庭只能有{role.max}名{role.label}。")


def check_outputs(
    law: CountryTaxBenefitSystem, persons: dict[str, Any], household: dict[str, Any], outputs: Sequence[str]
) -> None:
    for name in outputs:
        if name not in law.variables:
            raise CannotAssess(f"没有“{name}”这一计算项。")
        if name in household or any(name in values for values in persons.values()):
            raise CannotAssess(f"“{law.variables[name].label}”不能既填写又要求计算。")


def values_of(
    law: CountryTaxBenefitSystem, entity: str, given: dict[str, Any], month: str, whose: str = "", person: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in given.items():
        variable = law.variables.get(name)
        if variable is None or variable.entity.key != entity:
            raise CannotAssess(f"{whose}“{name}”不是可以填写的项目。", person, str(name))
        found = by_period(variable, value, month, whose, person)
        if found:
            yield name, {period: exact(variable, each, whose, person) for period, each in found.items()}


def by_period(variable: Any, value: Any, month: str, whose: str, person: str) -> dict[str, Any]:
    before = months_before(month, variable.wording.months_back)
    if before and (isinstance(value, dict) or variable.wording.only_before):
        return by_month(variable, value, month, before, whose, person)
    found = in_month(variable, value, month, whose, person)
    return {} if found is None else {period_of(variable, month): found}


def by_month(variable: Any, value: Any, month: str, before: list[str], whose: str, person: str) -> dict[str, Any]:
    """Where the law looks back. A month outside would count as nothing, and so would the month itself if it is missing."""
    if not isinstance(value, dict):
        return {} if value is None else dict.fromkeys(before, value)
    what, name = f"{whose}{variable.label}", variable.name
    known = before if variable.wording.only_before else [*before, month]
    if strange := sorted(str(each) for each in value if each not in known):
        span = f"{known[0]}至{known[-1]}"
        raise CannotAssess(f"{what}填写了{'、'.join(strange[:3])}的数；测算{month}只用{span}各月的数。", person, name)
    if value and not variable.wording.only_before and month not in value:
        raise CannotAssess(f"{what}填写的不是{month}的数，不能用来测算{month}。", person, name)
    return {each: found for each, found in value.items() if found is not None}


def months_before(month: str, count: int) -> list[str]:
    """The earliest first."""
    last = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{each // 12}-{each % 12 + 1:02}" for each in range(last - count, last)]


SUMS_OF_PAST_YEAR = {"monthly_income": "income_of_past_year", "rigid_expense": "rigid_expense_of_past_year"}
"""Asked for by month; or the year's sum of the family, found elsewhere, stands in."""


def check_past(
    law: CountryTaxBenefitSystem, persons: Situation, household: Situation, month: str, outputs: Sequence[str]
) -> None:
    """A month that nobody gave would count as no income, or no expense."""
    reached = {name for output in outputs for name in variables_of(output)}
    for name, whole in SUMS_OF_PAST_YEAR.items():
        if whole in reached and whole not in household:
            variable = law.variables[name]
            before = months_before(month, variable.wording.months_back)
            given = {person: set(values.get(name, {})) for person, values in persons.items()}
            is_enough = any(months & set(before) for months in given.values()) or "other_rigid_expense" in household
            check_months(variable, given, before, is_enough=is_enough and not variable.wording.only_before)


def check_months(variable: Any, given: dict[str, set[str]], before: list[str], *, is_enough: bool) -> None:
    """Income of everybody in every month; of expenses whole years, though not everybody has any."""
    for place, (person, months) in enumerate(given.items(), 1):
        missing = [month for month in before if month not in months]
        if missing and (len(missing) < len(before) or not is_enough):
            span = f"{before[0]}至{before[-1]}" if len(missing) == len(before) else "、".join(missing)
            message = f"第{place}名成员的{variable.label}没有填写{span}：要看前12个月，请逐月填写，没有的填0。"
            raise CannotAssess(message, person, variable.name)


def period_of(variable: Any, month: str) -> str:
    return "ETERNITY" if variable.definition_period == "eternity" else month


def in_month(variable: Any, value: Any, month: str, whose: str, person: str) -> Any:
    """The value of this month; one for another month would silently count as nothing."""
    if not isinstance(value, dict):
        return value
    if variable.definition_period == "eternity":
        return next(iter(value.values()), None)
    if value and month not in value:
        raise CannotAssess(
            f"{whose}{variable.label}填写的不是{month}的数，不能用来测算{month}。", person, variable.name
        )
    return value.get(month)


def exact(variable: Any, value: Any, whose: str, person: str) -> Any:
    what = f"{whose}{variable.label}"
    if variable.value_type is bool:
        if not isinstance(value, bool):
            raise CannotAssess(f"{what}应填“是”或“否”。", person, variable.name)
        return value
    if variable.value_type is date:
        return exact_date(what, value, person, variable.name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        unit = "以分为单位的整数" if variable.unit == "fen" else "整数"
        raise CannotAssess(f"{what}应填{unit}。", person, variable.name)
    check_range(variable, value, what, person)
    return value


def exact_date(what: str, value: Any, person: str, name: str) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise CannotAssess(f"{what}应写成“年-月-日”，例如 1960-05-01。", person, name) from None


def check_range(variable: Any, value: int, what: str, person: str) -> None:
    wording, limit = variable.wording, MAX_FEN if variable.unit == "fen" else MAX_COUNT
    least = -limit if wording.at_least is None else wording.at_least
    most = limit if wording.at_most is None else wording.at_most
    if not least <= value <= most:
        between = f"{shown(least, variable.unit)}到{shown(most, variable.unit)}"
        raise CannotAssess(f"{what}超出可以计算的范围（{between}），请核对单位和数字。", person, variable.name)


def check_overrides(law: CountryTaxBenefitSystem, persons: dict[str, dict[str, Any]]) -> None:
    """A computed value given for one member would become nought for all others."""
    for name in {name for values in persons.values() for name in values}:
        if law.variables[name].formulas and not all(name in values for values in persons.values()):
            raise CannotAssess(f"“{law.variables[name].label}”要么每名成员都填写，要么都不填写。", variable=name)


def check_days(law: CountryTaxBenefitSystem, persons: dict[str, dict[str, Any]], month: str) -> None:
    """Nobody is born, cremated or buried after the month that is assessed."""
    for place, (person, values) in enumerate(persons.items(), 1):
        for name, given in values.items():
            variable = law.variables[name]
            if variable.value_type is date and given.get("ETERNITY", "")[:7] > month:
                raise CannotAssess(f"第{place}名成员的{variable.label}晚于测算月份。", person, name)
