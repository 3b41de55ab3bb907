"""急难型临时救助: how much at most, up to which sum the street decides, how much may be paid before the papers."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.words import Array, Count, Fen, Flag, Month, Parameters, Population, Told

ARTICLE = "《社会救助暂行办法》第四十七条；《关于进一步加强和改进临时救助工作的意见》二（三）"
STREET = "《社会救助暂行办法》第四十八条；《关于进一步加强和改进临时救助工作的意见》二（二）"
FIRST = "《关于进一步加强和改进临时救助工作的意见》二（二）"


class emergency_months(Count):
    entity = Household
    label = "救助月数"
    unit = "个月"
    article = ARTICLE
    source = "T10"
    confidence = "C2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        relief = parameters(period).emergency_relief
        grade = household("difficulty_grade", period)
        grades = relief.months
        months = np.select([grade == 1, grade == 2, grade == 3], [grades.grade_1, grades.grade_2, grades.grade_3], 0)
        return np.minimum(months, relief.cap_months)

    def explain(told: Told) -> str:
        cap = told.parameter("emergency_relief.cap_months")
        return f"困难程度{told('difficulty_grade')}级，按{told.value}个月计算（每人最多{cap}个月）"


class temporary_aid_emergency_cap(Fen):
    entity = Household
    label = "急难救助金上限"
    article = ARTICLE
    source = "T10"
    confidence = "C2"

    def formula(household: Population, period: Month) -> Array:
        persons = household("emergency_persons", period)
        return household("dibao_standard", period) * household("emergency_months", period) * persons

    def explain(told: Told) -> str:
        persons = told("emergency_persons")
        return f"{told('emergency_months')}个月 × {told.yuan('dibao_standard')} × {persons}人 = {told.yuan()}"


class street_can_decide(Flag):
    """Six months are read per case: the source does not say whether per case or per person."""

    entity = Household
    label = "街道可以决定"
    article = STREET
    source = "T10"
    confidence = "C2"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        limit = household("dibao_standard", period) * parameters(period).emergency_relief.street_limit_months
        return aid_in_question(household, period) <= limit

    def explain(told: Told) -> str:
        months = told.parameter("emergency_relief.street_limit_months")
        limit = f"{months}个月 × {told.yuan('dibao_standard')} = {told.yuan(months * told('dibao_standard'))}"
        asked = told("requested_aid")
        aid = f"申请{told.yuan(asked)}" if asked else f"最高可救助{told.yuan('temporary_aid_emergency_cap')}"
        return f"街道限额每件{limit}；{aid}，{'由街道决定' if told.value else '超过限额，由区民政局决定'}"


def aid_in_question(household: Population, period: Month) -> Array:
    """What was asked for; where nothing was, the most that could be given."""
    asked = household("requested_aid", period)
    return np.where(asked > 0, asked, household("temporary_aid_emergency_cap", period))


class advance_relief_ceiling(Fen):
    entity = Household
    label = "小额先行救助上限"
    article = FIRST
    source = "E"
    confidence = "E"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        months = parameters(period).emergency_relief.advance_months
        return household("dibao_standard", period) * months * household("emergency_persons", period)

    def explain(told: Told) -> str:
        months = told.parameter("emergency_relief.advance_months")
        count = f"{months}个月 × {told.yuan('dibao_standard')} × {told('emergency_persons')}人"
        return f"先行救助、手续后补的金额不超过{count} = {told.yuan()}"
