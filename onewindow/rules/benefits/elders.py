"""For old age: the allowance of the oldest (examples), and home care for those who need it and cannot pay."""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Count, Fen, Month, Parameters, Population, Told


class old_age_allowance(Fen):
    """The law encourages it for eighty and over; Tianjin's ages and sums were not found, so examples stand here."""

    entity = Person
    label = "高龄津贴"
    article = "《老年人权益保障法》第三十三条"
    source = "E"
    confidence = "E"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        ages = parameters(period).elders.old_age
        years = person("age", period)
        amount = np.where(years >= 100, ages.from_100, np.where(years >= 90, ages.from_90, ages.from_80))
        return np.where((years >= 80) & person("has_city_hukou", period), amount, 0)

    def explain(told: Told) -> str | None:
        return f"{told('age')}岁，每月{told.yuan()}" if told.value else None

    def change(told: Told) -> str | None:
        return f"满80周岁的次月起可以享受（生日在1日的当月起），现为{told('age')}岁" if 75 <= told("age") < 80 else None


class care_need(Count):
    """The assessment decides; where there is none, the six abilities stand in (an example)."""

    entity = Person
    label = "护理需求（0无，1轻度，2中度，3重度）"
    article = "居家养老服务（护理）补贴"
    source = "E"
    confidence = "E"

    def formula(person: Population, period: Month) -> Array:
        assessed = person("assessed_care_level", period)
        return np.where(assessed > 0, assessed, person("self_care_level", period) * 3 // 2)


class home_care_subsidy(Fen):
    entity = Person
    label = "居家养老服务（护理）补贴"
    article = "天津市居家养老服务（护理）补贴规定"
    source = "T14"
    confidence = "E"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        care = parameters(period).elders.home_care
        years, need = person("age", period), person("care_need", period)
        household_is_poor = (
            person.household("dibao_eligible", period) | person.household("is_marginal_household", period)
        ) & person("counted_in_household", period)
        is_poor = household_is_poor | person("single_person_dibao_eligible", period)
        has_nobody = person("is_childless_elder", period) | person("only_child_is_over_sixty", period)
        is_of_a_group = ((years >= 60) & (is_poor | person("is_preferential_person", period))) | (
            (years >= 80) & has_nobody
        )
        is_paid = (
            is_of_a_group
            & (need > 0)
            & person("has_city_hukou", period)
            & ~person("is_tekun", period)
            & ~person("receives_tekun", period)
        ) & ~person("lives_in_institution", period)
        amount = np.where(need == 3, care.heavy, np.where(need == 2, care.medium, care.light))
        return np.where(is_paid, amount, 0)

    def explain(told: Told) -> str | None:
        if not told.value:
            return None
        return f"护理需求{('', '轻度', '中度', '重度')[told('care_need')]}，每月{told.yuan()}（示例，用于购买服务）"
