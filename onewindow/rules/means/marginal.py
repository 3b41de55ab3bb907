"""低保边缘家庭: not dibao, yet below one and a half standards; and Tianjin's monthly grant to some of them."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.sums import is_below, percent_of
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

TIANJIN = "天津市低收入家庭救助规定（2016年4月1日起）"
ARTICLE = {"2016-04-01": TIANJIN, "2021-07-01": "《最低生活保障审核确认办法》第八条第二款"}
GRANT = {"2016-04-01": TIANJIN, "2025-09-01": "津民规〔2025〕6号"}


class marginal_income_limit(Fen):
    """Per head. Whole fen as the law reckons; Tianjin's leaflet of 2016 showed whole yuan (1058 for 1057.50)."""

    entity = Household
    label = "低保边缘家庭收入界限"
    article = ARTICLE
    source = "L2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        return percent_of(household("dibao_standard", period), parameters(period).marginal.income_percent)

    def explain(told: Told) -> str:
        percent = told.parameter("marginal.income_percent")
        return f"低保标准{told.yuan('dibao_standard')} × {percent}% = 每人每月{told.yuan()}"


class is_marginal_household(Flag):
    """A family below the standard whose property fails dibao's test and passes this one is marginal too."""

    entity = Household
    label = "低保边缘家庭"
    article = ARTICLE
    source = "L2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        size = household("counted_household_size", period)
        is_dibao = household("income_below_standard", period) & household("dibao_property_ok", period)
        limit = household("marginal_income_limit", period) * size
        includes_equal = parameters(period).marginal.includes_equal
        is_within = is_below(household("counted_income", period), limit, includes_equal)
        return (size > 0) & ~is_dibao & is_within & household("marginal_property_ok", period)

    def explain(told: Told) -> str:
        if told("income_below_standard") and told("dibao_property_ok"):
            return "符合低保条件，按低保办理"
        words = f"人均{told.yuan('per_capita_income')}，界限{told.yuan('marginal_income_limit')}"
        if not told("marginal_property_ok"):
            words += "，财产条件不符合"
        return f"{words}：{'属于低保边缘家庭' if told.value else '不属于低保边缘家庭'}"


class marginal_grant_condition(Flag):
    entity = Household
    label = "发放救助金的条件"
    article = GRANT
    says = ("符合", "不符合")
    source = "T11"
    confidence = "C2"

    def formula(household: Population, period: Month) -> Array:
        person = household.members
        counted = person("counted_in_household", period)
        under_sixty = counted & (person("age", period) < 60)
        in_school = counted & person.has_role(Household.CHILD) & person("is_student", period)
        return (
            household.any(counted & (person("disability_level", period) > 0))
            | household.any(counted & person("serious_disease", period))
            | (household("is_single_parent_family", period) & household.any(in_school))
            | household.any(counted & person("family_planning_special_aid", period))
            | (household("is_childless", period) & ~household.any(under_sixty))
            | household("other_marginal_recognition", period)
        )

    def explain(told: Told) -> str | None:
        if not told("is_marginal_household"):
            return None
        if told.value:
            return "有残疾成员、重病成员、单亲在学、计生特扶、60岁以上无子女等情形之一：符合"
        return "没有残疾成员、重病成员、单亲在学、计生特扶、60岁以上无子女等情形：不发救助金"


class marginal_grant(Fen):
    """By household and month. Published as an amount (30 % of the standard, half a yuan up), so taken as published."""

    entity = Household
    label = "低保边缘家庭救助金"
    article = GRANT
    source = "T1"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        grant = parameters(period).marginal.grant
        amount = np.where(household("place_is_urban", period), grant.urban, grant.rural)
        return np.where(is_granted(household, period), amount, 0)

    def formula_2017_04(household: Population, period: Month, parameters: Parameters) -> Array:
        return np.where(is_granted(household, period), parameters(period).marginal.grant.unified, 0)

    def explain(told: Told) -> str | None:
        return f"每户每月{told.yuan()}" if told.value else None


def is_granted(household: Population, period: Month) -> Array:
    """A family on its way out of dibao still has dibao."""
    return (
        household("is_marginal_household", period)
        & household("marginal_grant_condition", period)
        & ~household("in_gradual_exit", period)
    )
