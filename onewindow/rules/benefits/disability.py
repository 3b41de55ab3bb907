"""残疾人两项补贴: for the life of disabled members of poor households, and for the care of the severely disabled."""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Fen, Month, Parameters, Population, Told

ARTICLE = "国发〔2015〕52号、津民发〔2023〕23号"
SEVERE = 2


def may_receive(person: Population, period: Month) -> Array:
    return (
        person("has_city_hukou", period)
        & (person("disability_level", period) > 0)
        & ~person("is_tekun", period)
        & ~person("is_imprisoned", period)
        & ~person("receives_work_injury_nursing_pay", period)
    )


class disability_living_subsidy(Fen):
    entity = Person
    label = "困难残疾人生活补贴"
    article = ARTICLE
    source = "T12"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        living = parameters(period).disability.living
        in_household = person("counted_in_household", period)
        is_poor = (
            in_household
            & (person.household("dibao_eligible", period) | person.household("is_marginal_household", period))
        ) | person("single_person_dibao_eligible", period)
        is_child_kept = person("receives_orphan_allowance", period) | person(
            "receives_unattended_child_allowance", period
        )
        amount = np.where(person("disability_level", period) <= SEVERE, living.severe, living.other)
        return np.where(may_receive(person, period) & is_poor & ~is_child_kept, amount, 0)

    def explain(told: Told) -> str | None:
        if not told.value:
            return None
        return f"低保或者低保边缘家庭中的{'重度' if told('disability_level') <= SEVERE else '非重度'}残疾人，每月{told.yuan()}"


class disability_care_subsidy(Fen):
    entity = Person
    label = "重度残疾人护理补贴"
    article = ARTICLE
    source = "T12"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        is_severe = person("disability_level", period) <= SEVERE
        return np.where(may_receive(person, period) & is_severe, parameters(period).disability.care, 0)

    def explain(told: Told) -> str | None:
        return f"残疾等级一级、二级，需要长期照护，每月{told.yuan()}" if told.value else None
