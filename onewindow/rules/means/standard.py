"""The dibao standard of the place and month. Town and country had their own until 31 March 2017."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.sums import is_below
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

OLD_LAW = "《城市居民最低生活保障条例》、国发〔2007〕19号"


class dibao_standard(Fen):
    entity = Household
    label = "低保标准"
    article = {"0001-01-01": OLD_LAW, "2014-05-01": "《社会救助暂行办法》第十条"}
    source = "L1"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        standard = parameters(period).standard
        return np.where(household("place_is_urban", period), standard.urban, standard.rural)

    def formula_2017_04(household: Population, period: Month, parameters: Parameters) -> Array:
        return parameters(period).standard.unified

    def explain(told: Told) -> str:
        if told.month >= "2017-04":
            return f"全市城乡统一，每人每月{told.yuan()}"
        return f"{'城镇' if told('place_is_urban') else '农村'}标准，每人每月{told.yuan()}"


class income_below_standard(Flag):
    """Compared as whole sums, income against standard × persons, so that nothing is lost in a division."""

    entity = Household
    label = "收入条件"
    article = {"0001-01-01": OLD_LAW, "2014-05-01": "《社会救助暂行办法》第九条"}
    told_first = ("per_capita_income",)
    says = ("符合", "不符合")
    source = "L1"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        size = household("counted_household_size", period)
        limit = household("dibao_standard", period) * size
        includes_equal = parameters(period).standard.includes_equal
        return (size > 0) & is_below(household("counted_income", period), limit, includes_equal)

    def explain(told: Told) -> str:
        if told("counted_household_size") == 0:
            if any(told.across("receives_tekun")):
                return "家庭成员都按特困人员救助供养，不再享受低保"
            return "没有可以计入的家庭成员，不能按家庭申请"
        compared = f"人均{told.yuan('per_capita_income')}，标准{told.yuan('dibao_standard')}"
        return f"{compared}：{'低于标准，符合' if told.value else '不低于标准，不符合'}"
