"""
分类施保: more for the old, the young, the severely disabled and the seriously ill. The duty is law; the amounts are
each city's, and Tianjin's were not found. What stands in the parameters is an example and switched off.
"""

import numpy as np

from onewindow.rules.entities import Household, Person
from onewindow.rules.sums import percent_of
from onewindow.rules.words import Array, Fen, Month, Parameters, Population, Told

ARTICLE = {
    "2012-12-12": "《最低生活保障审核审批办法（试行）》第二十八条",
    "2021-07-01": "《最低生活保障审核确认办法》第二十七条",
}


class personal_uplift(Fen):
    """One person, one uplift: the highest."""

    entity = Person
    label = "分类施保"
    article = ARTICLE
    source = "E"
    confidence = "E"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        uplift = parameters(period).dibao.uplift
        level = person("disability_level", period)
        is_severe = ((level > 0) & (level <= 2)) | person("serious_disease", period)
        is_old_or_young = (person("age", period) >= uplift.elder_age) | person("is_minor", period)
        percent = np.where(is_severe, uplift.severe_percent, np.where(is_old_or_young, uplift.age_percent, 0))
        is_due = person("counted_in_household", period) & uplift.is_paid
        return percent_of(person.household("dibao_standard", period), percent) * is_due

    def explain(told: Told) -> str | None:
        return f"老年人、未成年人、重度残疾人或重病患者，每月增发{told.yuan()}" if told.value else None


class categorical_uplift(Fen):
    entity = Household
    label = "分类施保合计"
    article = ARTICLE
    source = "E"
    confidence = "E"

    def formula(household: Population, period: Month) -> Array:
        uplift = household.sum(household.members("personal_uplift", period))
        return np.where(household("dibao_eligible", period), uplift, 0)
