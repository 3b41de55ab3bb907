"""
刚性支出困难家庭 (2025): too rich for dibao and its margin, but illness, disability or school take most of what comes in.
It gives no money of its own: it opens temporary aid, medical and other help for a year.
"""

from onewindow.rules.entities import Household
from onewindow.rules.sums import is_below
from onewindow.rules.words import Array, Flag, Month, Parameters, Population, Told

ARTICLE = "《刚性支出困难家庭认定办法》第四条"


class is_below_disposable_income(Flag):
    """What the city's people had on average last year is published each year, and has not been loaded: refused until it is."""

    entity = Household
    label = "人均收入低于上年度当地居民人均可支配收入"
    article = f"{ARTICLE}第二项"
    source = "L5"
    says = ("符合", "不符合")

    def formula_2018_01_23(household: Population, period: Month, parameters: Parameters) -> Array:
        size, income = household("counted_household_size", period), household("income_of_past_year", period)
        limit = parameters(period).economy.disposable_income_last_year * size
        return (size > 0) & is_below(income, limit, False)

    def explain(told: Told) -> str:
        size = told("counted_household_size")
        limit = told.yuan(told.parameter("economy.disposable_income_last_year"))
        each = told.yuan(told("income_of_past_year") // max(size, 1))
        return (
            f"前12个月人均收入{each}，上年度人均可支配收入{limit}：{'低于，符合' if told.value else '不低于，不符合'}"
        )


class spends_more_than_rigid_share(Flag):
    entity = Household
    label = "刚性支出占家庭总收入的比例超出规定"
    article = f"{ARTICLE}第四项"
    source = "L5"
    confidence = "E"
    says = ("符合", "不符合")

    def formula_2025(household: Population, period: Month, parameters: Parameters) -> Array:
        spent, income = household("rigid_expense_of_past_year", period), household("income_of_past_year", period)
        return spent * 100 > income * parameters(period).rigid.share_percent

    def explain(told: Told) -> str:
        spent, income = told("rigid_expense_of_past_year"), told("income_of_past_year")
        share = f"占{spent * 100 // income}%（舍去小数）" if income else "没有收入"
        limit = told.parameter("rigid.share_percent")
        words = f"刚性支出{told.yuan(spent)}，家庭总收入{told.yuan(income)}，{share}"
        return f"{words}；规定比例{limit}%（示例）：{'超出，符合' if told.value else '没有超出，不符合'}"


class is_rigid_expenditure_household(Flag):
    """The property rule is the city's; like that of marginal households where nothing else was found (a4)."""

    entity = Household
    label = "刚性支出困难家庭"
    article = ARTICLE
    source = "L5"
    confidence = "E"
    says = ("符合", "不符合")

    def formula_2025(household: Population, period: Month) -> Array:
        is_helped_otherwise = household("dibao_eligible", period) | household("is_marginal_household", period)
        return (
            household("spends_more_than_rigid_share", period)
            & household("marginal_property_ok", period)
            & household("is_below_disposable_income", period)
            & ~is_helped_otherwise
        )

    def explain(told: Told) -> str:
        if told("dibao_eligible") or told("is_marginal_household"):
            return f"符合{'低保' if told('dibao_eligible') else '低保边缘家庭'}条件，按其办理"
        conditions = {
            "支出比例": "spends_more_than_rigid_share", "财产条件": "marginal_property_ok",
            "人均收入": "is_below_disposable_income",
        }  # fmt: skip
        failed = [words for words, name in conditions.items() if not told(name)]
        return (
            f"{'、'.join(failed)}不符合"
            if failed
            else f"四项条件都符合，认定后{told.parameter('rigid.valid_months')}个月内有效"
        )

    def change(told: Told) -> str | None:
        if told("dibao_eligible") or told("is_marginal_household") or told("spends_more_than_rigid_share"):
            return None
        limit = told("income_of_past_year") * told.parameter("rigid.share_percent") // 100
        return f"前12个月刚性支出超过{told.yuan(limit)}时，支出比例这一项就符合"
