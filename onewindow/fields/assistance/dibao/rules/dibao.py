"""最低生活保障: below the standard and within the property bounds, the family is topped up to the standard."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.sums import rounded_up
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

OLD_LAW = "《城市居民最低生活保障条例》、国发〔2007〕19号"


class dibao_eligible(Flag):
    entity = Household
    label = "最低生活保障"
    article = {"0001-01-01": OLD_LAW, "2014-05-01": "《社会救助暂行办法》第九条"}
    source = "L1"
    says = ("符合", "不符合")

    def formula(household: Population, period: Month) -> Array:
        return household("income_below_standard", period) & household("dibao_property_ok", period)

    def explain(told: Told) -> str:
        failed = {"收入条件": "income_below_standard", "财产条件": "dibao_property_ok"}
        failed_names = [name for name, variable in failed.items() if not told(variable)]
        return f"{'、'.join(failed_names)}不符合" if failed_names else "收入条件和财产条件都符合"

    def change(told: Told) -> str | None:
        size, income = told("counted_household_size"), told("counted_income")
        gap = told("dibao_standard") * size - income
        if size == 0:
            return None
        if told.value:
            return f"家庭月收入再增加{told.yuan(gap)}（人均达到{told.yuan('dibao_standard')}），就不再符合"
        if told("income_below_standard"):
            return None
        over = f"比标准总额多{told.yuan(-gap)}" if gap else "正好等于标准总额"
        return f"家庭月收入{over}，低于标准总额{told.yuan(income + gap)}才符合"


class dibao_amount(Fen):
    """The law pays the difference. Cities that pay in whole yuan raise `payment_unit`."""

    entity = Household
    label = "每月低保金"
    article = {
        "0001-01-01": OLD_LAW,
        "2012-12-12": "《最低生活保障审核审批办法（试行）》第二十七条",
        "2014-05-01": "《社会救助暂行办法》第十二条",
        "2021-07-01": "《社会救助暂行办法》第十二条、《最低生活保障审核确认办法》第二十三条",
    }
    source = "L1"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        full = household("dibao_standard", period) * household("counted_household_size", period)
        size, without = household("counted_household_size", period), household("members_without_dibao_share", period)
        difference = full - household("counted_income", period)
        due = difference * (size - without) // np.maximum(size, 1) + household("categorical_uplift", period)
        paid = rounded_up(due, parameters(period).dibao.payment_unit)
        return np.where(household("dibao_eligible", period), paid, 0)

    def explain(told: Told) -> str:
        if not told.value:
            return "没有应当发放的份额" if told("dibao_eligible") else "不符合条件，不发放"
        full = f"{told.yuan('dibao_standard')} × {told('counted_household_size')}人"
        words = f"{full} − 家庭月收入{told.yuan('counted_income')}"
        due = told("dibao_standard") * told("counted_household_size") - told("counted_income")
        size, without = told("counted_household_size"), told("members_without_dibao_share")
        if without:
            words, due = f"（{words}）÷ {size} × {size - without}人", due * (size - without) // size
            words += f"（{without}人不发本人份额：{'、'.join(reasons_for_no_share(told))}）"
        if told("categorical_uplift"):
            words, due = f"{words} + 分类施保{told.yuan('categorical_uplift')}", due + told("categorical_uplift")
        return f"{words} = {told.yuan(due)}" + (f"，按整数发放{told.yuan()}" if due != told.value else "")


def reasons_for_no_share(told: Told) -> list[str]:
    found = {"另有孤儿基本生活费（示例口径）": "is_kept_by_orphan_allowance", "连续拒绝就业": "refuses_work"}
    return [words for words, name in found.items() if any(told.across(name))]
