"""渐退: a family that has found work and so earns more than the standard keeps its dibao for some months."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.sums import percent_of
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

ARTICLE = "2022年10月20日通知一（三）"


class in_gradual_exit(Flag):
    entity = Household
    label = "低保渐退期"
    article = ARTICLE
    source = "L7"
    says = ("符合", "不符合")

    def formula_2022_10_20(household: Population, period: Month, parameters: Parameters) -> Array:
        months = household("months_since_work_found", period)
        is_soon = (months > 0) & (months <= parameters(period).gradual_exit.months)
        earns_more = (household("counted_household_size", period) > 0) & ~household("income_below_standard", period)
        had_dibao = household("previous_dibao_amount", period) > 0
        return is_soon & earns_more & had_dibao & household("dibao_property_ok", period)

    def explain(told: Told) -> str | None:
        months = told("months_since_work_found")
        if not months or not told("previous_dibao_amount") or told.month <= "2022-10":
            return None
        most = told.parameter("gradual_exit.months")
        if told.value:
            return f"因就业收入超过标准，在{most}个月渐退期内（第{months}个月）"
        return f"就业已超过{most}个月，渐退期已满" if months > most else None


class gradual_exit_amount(Fen):
    """How it goes down is each city's own and was not found: the whole of it, as an example."""

    entity = Household
    label = "渐退期每月金额"
    article = ARTICLE
    source = "L7"
    confidence = "E"

    def formula_2022_10_20(household: Population, period: Month, parameters: Parameters) -> Array:
        kept = percent_of(household("previous_dibao_amount", period), parameters(period).gradual_exit.percent)
        return np.where(household("in_gradual_exit", period), kept, 0)

    def explain(told: Told) -> str | None:
        if not told.value:
            return None
        return f"原低保金{told.yuan('previous_dibao_amount')} × {told.parameter('gradual_exit.percent')}%（示例） = {told.yuan()}"
