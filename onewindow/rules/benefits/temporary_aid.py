"""支出型临时救助: what had to be spent in a year, less what insurance and others paid, beyond what the family could bear."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.sums import percent_of
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

WHO = "《关于进一步加强和改进临时救助工作的意见》二（一）"
ARTICLE = "《社会救助暂行办法》第四十七条；《关于进一步加强和改进临时救助工作的意见》二（三）"
STREET = "《社会救助暂行办法》第四十八条；《关于进一步加强和改进临时救助工作的意见》二（二）"


class net_necessary_expense(Fen):
    entity = Household
    label = "自己负担的必需支出"
    article = WHO
    source = "L9"

    def formula(household: Population, period: Month) -> Array:
        paid = household("expense_paid_by_insurance", period) + household("expense_met_by_other_aid", period)
        return np.maximum(household("necessary_expense", period) - paid, 0)

    def explain(told: Told) -> str:
        insurance, other = told.yuan("expense_paid_by_insurance"), told.yuan("expense_met_by_other_aid")
        return f"必需支出{told.yuan('necessary_expense')} − 保险支付{insurance} − 其他救助{other} = {told.yuan()}"


class affordable_expense(Fen):
    entity = Household
    label = "家庭可以承受的支出"
    article = WHO
    source = "E"
    confidence = "E"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        return percent_of(household("income_of_past_year", period), parameters(period).temporary_aid.affordable_percent)

    def explain(told: Told) -> str:
        percent = told.parameter("temporary_aid.affordable_percent")
        return f"前12个月收入{told.yuan('income_of_past_year')} × {percent}%（示例） = {told.yuan()}"


class temporary_aid_expenditure_amount(Fen):
    """By case. Whether the family may have it at all, `temporary_aid_expenditure_eligible` says."""

    entity = Household
    label = "支出型临时救助金额"
    article = ARTICLE
    source = "E"
    confidence = "E"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        aid, standard = parameters(period).temporary_aid, household("dibao_standard", period)
        excess = household("net_necessary_expense", period) - household("affordable_expense", period)
        share = percent_of(np.maximum(excess, 0), aid.paid_percent)
        amount = np.minimum(np.maximum(share, standard * aid.floor_months), standard * aid.cap_months)
        is_again = household("aided_for_same_cause", period) & ~household("decided_by_conference", period)
        return np.where((excess > 0) & ~is_again, amount, 0)

    def explain(told: Told) -> str:
        excess = told("net_necessary_expense") - told("affordable_expense")
        if excess <= 0:
            return "自己负担的必需支出没有超过家庭可以承受的支出，不发放"
        if told("aided_for_same_cause") and not told("decided_by_conference"):
            return "同一事由12个月内已救助过，不重复发放（示例）；情形复杂的可以一事一议"
        floor, cap = (told.parameter(f"temporary_aid.{name}_months") for name in ("floor", "cap"))
        words = f"超出{told.yuan(excess)} × {told.parameter('temporary_aid.paid_percent')}%"
        return f"{words}，最少{floor}个月、最多{cap}个月低保标准（示例）：{told.yuan()}"

    def change(told: Told) -> str | None:
        short = told("affordable_expense") - told("net_necessary_expense")
        return f"自己负担的必需支出再多{told.yuan(short)}以上才发放" if short >= 0 else None


class temporary_aid_expenditure_eligible(Flag):
    """In principle by last year's disposable income, which has not been loaded: refused until it is."""

    entity = Household
    label = "支出型临时救助"
    article = WHO
    source = "L9"
    says = ("符合", "不符合")

    def formula(household: Population, period: Month) -> Array:
        return (
            (household("temporary_aid_expenditure_amount", period) > 0)
            & household("marginal_property_ok", period)
            & household("is_below_disposable_income", period)
        )

    def explain(told: Told) -> str:
        conditions = {"人均收入": "is_below_disposable_income", "财产条件": "marginal_property_ok"}
        failed = [words for words, name in conditions.items() if not told(name)]
        if not told("temporary_aid_expenditure_amount"):
            failed.append("支出没有超过承受能力")
        return f"{'、'.join(failed)}：不符合" if failed else "收入、财产、支出条件都符合"


class street_can_decide_expenditure(Flag):
    """As in an emergency: six months by case, of what was asked for, or else of what the law gives."""

    entity = Household
    label = "街道可以决定（支出型）"
    article = STREET
    source = "T10"
    confidence = "C2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        limit = household("dibao_standard", period) * parameters(period).emergency_relief.street_limit_months
        asked, due = household("requested_aid", period), household("temporary_aid_expenditure_amount", period)
        return np.where(asked > 0, np.minimum(asked, due), due) <= limit

    def explain(told: Told) -> str:
        months = told.parameter("emergency_relief.street_limit_months")
        limit = told.yuan(months * told("dibao_standard"))
        who = "由街道决定" if told.value else "超过限额，由区民政局决定"
        return f"街道限额每件{months}个月 × {told.yuan('dibao_standard')} = {limit}；{who}"
