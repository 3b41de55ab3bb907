"""What the family lives on by month: five kinds of net income, what does not count, what is deducted."""

import numpy as np

from onewindow.rules.entities import Household, Person
from onewindow.rules.sums import percent_of
from onewindow.rules.words import Array, Fen, Month, Parameters, Population, Told

A13 = "《最低生活保障审核确认办法》第十三条"
ARTICLE = {
    "0001-01-01": "《城市居民最低生活保障条例》、国发〔2007〕19号",
    "2012-12-12": "《最低生活保障审核审批办法（试行）》第十六条",
    "2021-07-01": A13,
}
NOT_COUNTED = ("preferential_pension", "award_income", "social_assistance_income")


class counted_wage(Fen):
    entity = Person
    label = "工资性收入（扣除必要就业成本）"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return person("wage_income", period)  # the text of 2012 deducts nothing

    def formula_2021_07(person: Population, period: Month, parameters: Parameters) -> Array:
        share = parameters(period).income.work_cost_percent
        cost = percent_of(person("necessary_work_cost", period), share)
        return np.maximum(person("wage_income", period) - cost, 0)

    def explain(told: Told) -> str | None:
        cost = told("necessary_work_cost")
        if not cost or not told("counted_in_household"):
            return None
        if told.month < "2021-07":
            return "2021年7月以前的规定没有扣除就业成本，按工资全额计算"
        return f"工资{told.yuan('wage_income')} − 必要就业成本{told.yuan(cost)} = {told.yuan()}"


class counted_base_pension(Fen):
    """Left out only in the years 2021 to 2025; whether that was prolonged could not be found."""

    entity = Person
    label = "城乡居民基础养老金"
    article = {**ARTICLE, "2021-01-01": f"{A13}第二款第三项", "2021-07-01": f"{A13}第二款第三项"}
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return person("base_pension", period)

    def formula_2021(person: Population, period: Month) -> Array:
        return person("base_pension", period) * 0

    def formula_2026(person: Population, period: Month) -> Array:
        return person("base_pension", period)

    def explain(told: Told) -> str | None:
        if not told("base_pension") or not told("counted_in_household"):
            return None
        pension = told.yuan("base_pension")
        if not told.value:
            return f"基础养老金{pension}不计入收入（“十四五”期间，2021年至2025年）"
        if told.month >= "2026-01":
            return f"基础养老金{pension}计入收入：不计入的规定到2025年12月为止，未查到延长的文件"
        return f"基础养老金{pension}计入收入"


class imputed_support(Fen):
    """
    What supporters who live elsewhere are reckoned to give. The method is each city's own and Tianjin's was not
    found: an example stands here, switched off; what the street found goes into `transfer_net_income`.
    """

    entity = Person
    label = "推算的赡养费"
    article = f"{A13}第一款第四项"
    source = "E"
    confidence = "E"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        support = parameters(period).income.support
        kept = percent_of(person.household("dibao_standard", period), support.kept_percent_of_standard)
        above = np.maximum(person("supporter_per_capita_income", period) - kept, 0)
        given = percent_of(above, support.percent) * person("supporter_household_size", period)
        share = given // np.maximum(person("supported_elders", period), 1)
        return np.where(person("supporter_is_in_need", period), 0, share) * support.is_imputed

    def explain(told: Told) -> str | None:
        return f"法定义务人应给付的赡养费推算为{told.yuan()}" if told.value else None


class personal_income(Fen):
    entity = Person
    label = "个人月收入"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return (
            person("counted_wage", period)
            + person("business_net_income", period)
            + person("property_net_income", period)
            + person("transfer_net_income", period)
            + person("other_income", period)
            + person("counted_base_pension", period)
            + person("imputed_support", period)
        )

    def explain(told: Told) -> str | None:
        if not told("counted_in_household"):
            return None
        kinds = {
            "工资": "counted_wage", "经营净收入": "business_net_income", "财产净收入": "property_net_income",
            "转移净收入": "transfer_net_income", "其他收入": "other_income", "基础养老金": "counted_base_pension",
            "赡养费": "imputed_support",
        }  # fmt: skip
        parts = [f"{name}{told.yuan(kind)}" for name, kind in kinds.items() if told(kind)]
        total = f" = {told.yuan()}" if len(parts) > 1 else ""
        return (" + ".join(parts) or "没有应当计入的收入") + total + not_counted(told)


def not_counted(told: Told) -> str:
    left = [f"{told.label(name)}{told.yuan(name)}" for name in NOT_COUNTED if told(name)]
    return f"。不计入：{'、'.join(left)}" if left else ""


class income_deduction(Fen):
    entity = Person
    label = "刚性支出扣减"
    article = {"2021-07-01": f"{A13}第三款"}
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return person("rigid_expense", period) * 0

    def formula_2021_07(person: Population, period: Month, parameters: Parameters) -> Array:
        return percent_of(person("rigid_expense", period), parameters(period).income.rigid_expense_percent)

    def explain(told: Told) -> str | None:
        if not told("rigid_expense") or not told("counted_in_household"):
            return None
        if told.month < "2021-07":
            return "2021年7月以前的规定没有刚性支出扣减，不扣减"
        share = told.parameter("income.rigid_expense_percent")
        return f"残疾、重病刚性支出{told.yuan('rigid_expense')}，按{share}%扣减{told.yuan()}"


class counted_income(Fen):
    entity = Household
    label = "家庭月收入"
    article = ARTICLE
    source = "L2"

    def formula(household: Population, period: Month) -> Array:
        person = household.members
        net = person("personal_income", period) - person("income_deduction", period)
        return np.maximum(household.sum(np.where(person("counted_in_household", period), net, 0)), 0)

    def explain(told: Told) -> str:
        counted = told.across("counted_in_household")
        income = sum(x for x, is_in in zip(told.across("personal_income"), counted, strict=True) if is_in)
        deduction = sum(x for x, is_in in zip(told.across("income_deduction"), counted, strict=True) if is_in)
        words = f"计入的成员收入合计{told.yuan(income)}"
        if deduction:
            words += f" − 扣减{told.yuan(deduction)} = {told.yuan(income - deduction)}"
        return f"{words}，不足0的按0计算" if income < deduction else words


class per_capita_income(Fen):
    """Cut to whole fen: then it is below a limit in whole fen exactly when the undivided income is."""

    entity = Household
    label = "人均月收入"
    article = {"0001-01-01": ARTICLE["0001-01-01"], "2014-05-01": "《社会救助暂行办法》第九条"}
    source = "L1"

    def formula(household: Population, period: Month) -> Array:
        return household("counted_income", period) // np.maximum(household("counted_household_size", period), 1)

    def explain(told: Told) -> str | None:
        income, size = told("counted_income"), told("counted_household_size")
        if size == 0:
            return None
        rest = "（除不尽，舍去不足1分的部分）" if income % size else ""
        return f"家庭月收入{told.yuan(income)} ÷ {size}人 = 人均{told.yuan()}{rest}"
