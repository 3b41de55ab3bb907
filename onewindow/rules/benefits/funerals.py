"""
Paid once for somebody who has died, the person of these formulas: to residents without any other funeral allowance, and
for a burial that takes no land. Neither looks at means.
"""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Count, Fen, Flag, Month, Parameters, Population, Told

UNCOVERED = "天津市无丧葬补助居民丧葬补贴规定（2025年1月1日起）"
LAND_SAVING = "天津市节地生态安葬奖补规定（2020年1月1日起）"
NEVER = -1
DAYS_TO_1900 = -25567
"""From 1970; what is earlier is the default of a day that nobody gave."""


def days_of(day: Array) -> Array:
    return day.astype("datetime64[D]").astype(int)


def is_known(day: Array) -> Array:
    return days_of(day) >= DAYS_TO_1900


def month_of(day: Array) -> Array:
    return day.astype("datetime64[M]").astype(int)


def day_in_month(day: Array) -> Array:
    return (day - day.astype("datetime64[M]")).astype(int)


class months_from_cremation_to_claim(Count):
    """Begun months: 6 is still within six months, to the same day of the month. -1 where a day is not known, or before."""

    entity = Person
    label = "火化到申领的月数（不足一个月按一个月）"
    unit = "个月"

    def formula(person: Population, period: Month) -> Array:
        cremated, claimed = person("cremated_on", period), person("funeral_claimed_on", period)
        months = month_of(claimed) - month_of(cremated) + (day_in_month(claimed) > day_in_month(cremated))
        is_in_order = is_known(cremated) & is_known(claimed) & (days_of(claimed) >= days_of(cremated))
        return np.where(is_in_order, months, NEVER)


class is_funeral_uncovered(Flag):
    entity = Person
    label = "没有其他丧葬补助"
    article = UNCOVERED
    source = "T17"
    confidence = "C2"
    says = ("符合", "不符合")

    def formula(person: Population, period: Month) -> Array:
        return (
            person("has_city_hukou", period)
            & person("cremated_in_city", period)
            & ~person("has_funeral_allowance_elsewhere", period)
            & ~person("was_tekun", period)
            & ~person("receives_tekun", period)
            & ~person("receives_work_injury_nursing_pay", period)
        )

    def explain(told: Told) -> str:
        why = {
            "不是天津市户籍": not told("has_city_hukou"),
            "没有在天津市殡仪馆火化": not told("cremated_in_city"),
            "已有其他丧葬补助": told("has_funeral_allowance_elsewhere"),
            "特困人员的丧葬由救助供养解决": told("was_tekun") or told("receives_tekun"),
            "属于工伤保险待遇人员": told("receives_work_injury_nursing_pay"),
        }
        found = [words for words, is_so in why.items() if is_so]
        return f"{'、'.join(found)}：不符合" if found else "天津市户籍，在本市火化，没有其他丧葬补助：符合"


class funeral_subsidy(Fen):
    entity = Person
    label = "无丧葬补助居民丧葬补贴"
    article = UNCOVERED
    source = "T17"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        funerals = parameters(period).funerals
        months = person("months_from_cremation_to_claim", period)
        in_time = (months >= 0) & (months <= funerals.claim_months)
        return np.where(person("is_funeral_uncovered", period) & in_time, funerals.uncovered, 0)

    def explain(told: Told) -> str | None:
        if told.value:
            return f"一次性发放{told.yuan()}"
        months, most = told("months_from_cremation_to_claim"), told.parameter("funerals.claim_months")
        if months < 0:
            return "火化日期或者申领日期没有填写，或者申领早于火化：不发放"
        return f"火化后已超过{most}个月，不能再申领" if months > most else None


class has_land_saving_burial(Flag):
    """Hukou; that three years' residence or ten years' work do as well is from a weak source, and only of the sea."""

    entity = Person
    label = "节地生态安葬"
    article = LAND_SAVING
    source = "T18"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        funerals = parameters(period).funerals
        belongs = (
            person("has_city_hukou", period)
            | (person("residence_years", period) >= funerals.residence_years)
            | (person("worked_years", period) >= funerals.worked_years)
        )
        return belongs & is_known(person("land_saving_burial_on", period))

    def explain(told: Told) -> str | None:
        if told.value:
            return "骨灰撒海或者节地生态安葬，符合"
        if told("land_saving_burial_on").year > 1900:
            return "不是天津市户籍，居住、工作年数也不够：不符合"
        return None


class land_saving_burial_award(Fen):
    entity = Person
    label = "节地生态安葬奖补"
    article = LAND_SAVING
    source = "T18"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        return np.where(person("has_land_saving_burial", period), parameters(period).funerals.land_saving_award, 0)

    def explain(told: Told) -> str | None:
        return f"一次性奖励{told.yuan()}" if told.value else None


class days_from_cremation_to_burial(Count):
    entity = Person
    label = "火化到安葬的天数"
    unit = "天"

    def formula(person: Population, period: Month) -> Array:
        cremated, buried = person("cremated_on", period), person("land_saving_burial_on", period)
        days = days_of(buried) - days_of(cremated)
        return np.where(is_known(cremated) & is_known(buried) & (days >= 0), days, NEVER)


class land_saving_basic_service_award(Fen):
    entity = Person
    label = "节地生态安葬基本服务补贴"
    article = LAND_SAVING
    source = "T18"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        funerals = parameters(period).funerals
        days = person("days_from_cremation_to_burial", period)
        is_soon = (days >= 0) & (days <= funerals.burial_days)
        return np.where(person("has_land_saving_burial", period) & is_soon, funerals.basic_service, 0)

    def explain(told: Told) -> str | None:
        if not told("has_land_saving_burial"):
            return None
        days, most = told("days_from_cremation_to_burial"), told.parameter("funerals.burial_days")
        if told.value:
            return f"火化后{days}天安葬，在{most}天以内，另补{told.yuan()}"
        return "没有火化日期，不能确定" if days < 0 else f"火化后{days}天安葬，超过{most}天，不另补"


class land_saving_operator_subsidy(Fen):
    """To whoever carries the burial out."""

    entity = Person
    label = "节地生态安葬承办单位补贴"
    article = LAND_SAVING
    source = "T18"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        return np.where(person("has_land_saving_burial", period), parameters(period).funerals.operator, 0)
