"""What the family owns: the bound on money and the things that exclude. Tianjin's bounds; the law leaves them to cities."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.words import Array, Count, Fen, Flag, Month, Parameters, Population, Told

ARTICLE = {
    "0001-01-01": "《城市居民最低生活保障条例》、国发〔2007〕19号",
    "2012-12-12": "《最低生活保障审核审批办法（试行）》第十七条",
    "2014-05-01": "《社会救助暂行办法》第十条、《最低生活保障审核审批办法（试行）》第十七条",
    "2021-07-01": "《社会救助暂行办法》第十条、《最低生活保障审核确认办法》第十四条",
}


class dibao_monetary_cap(Fen):
    entity = Household
    label = "货币财产上限"
    article = ARTICLE
    source = "T7"
    confidence = "C2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        months = parameters(period).property.dibao_months
        size = household("counted_household_size", period)
        return household("dibao_standard", period) * months * size

    def explain(told: Told) -> str | None:
        return cap_words(told, told("monetary_property"), "property.dibao_months")


def cap_words(told: Told, money: int, months: str) -> str | None:
    if not money:
        return None
    cap = f"{told.parameter(months)}个月 × {told.yuan('dibao_standard')} × {told('counted_household_size')}人 = {told.yuan()}"
    verdict = "没有超过" if money <= told.value else f"超过{told.yuan(money - told.value)}"
    return f"上限{cap}；现有存款等货币财产{told.yuan(money)}，{verdict}"


class counted_cars(Count):
    """A disabled member's vehicle for getting about is none (民发〔2012〕220号 a17, T8)."""

    entity = Household
    label = "应当计算的汽车"
    unit = "辆"

    def formula(household: Population, period: Month) -> Array:
        disabled = household.sum(household.members("disability_level", period) > 0)
        exempt = np.minimum(household("mobility_vehicle_count", period), disabled)
        return np.maximum(household("car_count", period) - exempt, 0)


class has_too_many_cars(Flag):
    entity = Household
    label = "汽车"
    says = ("不符合", "符合")
    article = ARTICLE
    source = "T8"
    confidence = "C2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        return household("counted_cars", period) > parameters(period).property.cars_allowed

    def explain(told: Told) -> str | None:
        if not told("car_count"):
            return None
        exempt = told("car_count") - told("counted_cars")
        words = f"，其中{exempt}辆是残疾人代步车，不算" if exempt else ""
        return f"有汽车{told('car_count')}辆{words}：{'不符合' if told.value else '符合'}"


class has_too_many_homes(Flag):
    entity = Household
    label = "住房"
    says = ("不符合", "符合")
    article = ARTICLE
    source = "T8"
    confidence = "C2"
    unknown = ("property.average_home_area",)

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        is_over = household("home_count", period) > parameters(period).property.homes_allowed
        return is_over & ~household("home_area_below_city_average", period)

    def explain(told: Told) -> str | None:
        homes = told("home_count")
        if homes <= told.parameter("property.homes_allowed"):
            return None
        if told.value:
            return f"有住房{homes}套：不符合。人均总面积低于全市平均水平的除外，由街道核定"
        return f"有住房{homes}套，街道核定人均总面积低于全市平均水平：符合"


class has_excluding_property(Flag):
    """One such thing ends the economic check at once; it still needs a reasoned notice, and can be objected to."""

    entity = Household
    label = "不得拥有的财产"
    article = ARTICLE
    source = "T8"
    confidence = "C2"

    def formula(household: Population, period: Month) -> Array:
        return (
            household("has_too_many_cars", period)
            | household("has_too_many_homes", period)
            | household("non_residential_property", period)
            | household("study_abroad", period)
            | household("luxury_goods", period)
        )


def excluding(told: Told) -> list[str]:
    found = {
        "有汽车": told("has_too_many_cars"),
        "住房超过规定": told("has_too_many_homes"),
        "有非居住类房屋": told("non_residential_property"),
        "有成员自费出国留学": told("study_abroad"),
        "有非生活必需的高值消费品": told("luxury_goods"),
    }
    return [words for words, is_so in found.items() if is_so]


class dibao_property_ok(Flag):
    entity = Household
    label = "财产条件"
    article = ARTICLE
    says = ("符合", "不符合")
    source = "T7"
    confidence = "C2"

    def formula(household: Population, period: Month) -> Array:
        within = household("monetary_property", period) <= household("dibao_monetary_cap", period)
        return within & ~household("has_excluding_property", period)

    def explain(told: Told) -> str:
        return property_words(told("monetary_property") > told("dibao_monetary_cap"), excluding(told))

    def change(told: Told) -> str | None:
        over = told("monetary_property") - told("dibao_monetary_cap")
        if over > 0:
            return f"货币财产比上限多{told.yuan(over)}，不高于上限时这一项就符合"
        return None


def property_words(is_over: bool, things: list[str]) -> str:
    found = [*(["货币财产超过上限"] if is_over else []), *things]
    return f"{'、'.join(found)}：不符合" if found else "没有超过规定的财产：符合"


class marginal_monetary_cap(Fen):
    entity = Household
    label = "低保边缘家庭的货币财产上限"
    article = ARTICLE
    source = "T9"
    confidence = "C2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        months = parameters(period).property.marginal_months
        size = household("counted_household_size", period)
        return household("dibao_standard", period) * months * size

    def explain(told: Told) -> str | None:
        money = max(told("monetary_property") - told("illness_home_sale_cash"), 0)
        words = cap_words(told, money, "property.marginal_months")
        sold = told("illness_home_sale_cash")
        return f"{words}（已除去因病卖唯一住房所得{told.yuan(sold)}）" if words and sold else words


class is_excluded_from_marginal(Flag):
    """Cars, homes and the rest are left to the city ("as prescribed") and were not found: read as for dibao."""

    entity = Household
    label = "低保边缘家庭不得拥有的财产"
    article = ARTICLE
    source = "T9"
    confidence = "C2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        is_strict = parameters(period).property.marginal_excludes_like_dibao
        return household("has_excluding_property", period) & is_strict

    def explain(told: Told) -> str | None:
        if not told("has_excluding_property"):
            return None
        return f"{'、'.join(excluding(told))}：{'不符合' if told.value else '符合'}"


class marginal_property_ok(Flag):
    entity = Household
    label = "低保边缘家庭的财产条件"
    article = ARTICLE
    says = ("符合", "不符合")
    source = "T9"
    confidence = "C2"

    def formula(household: Population, period: Month) -> Array:
        money = household("monetary_property", period) - household("illness_home_sale_cash", period)
        within = money <= household("marginal_monetary_cap", period)
        return within & ~household("is_excluded_from_marginal", period)

    def explain(told: Told) -> str:
        money = told("monetary_property") - told("illness_home_sale_cash")
        things = excluding(told) if told("is_excluded_from_marginal") else []
        return property_words(money > told("marginal_monetary_cap"), things)
