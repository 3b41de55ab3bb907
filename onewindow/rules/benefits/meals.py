"""老年助餐: not paid, but taken off the price of a meal at the elders' canteen (津, T13)."""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Count, Fen, Flag, Month, Parameters, Population, Told

ARTICLE = "天津市老人家食堂助餐补贴规定"
HEAVY, SEVERE = 3, 2


def is_poor_and_needs_much(person: Population, period: Month) -> Array:
    in_poor_household = person("counted_in_household", period) & (
        person.household("dibao_eligible", period) | person.household("is_marginal_household", period)
    )
    is_poor = in_poor_household | person("single_person_dibao_eligible", period)
    return is_poor & (person("home_care_subsidy", period) > 0) & (person("care_need", period) >= HEAVY)


def is_disabled_in_their_sixties(person: Population, period: Month) -> Array:
    years, level = person("age", period), person("disability_level", period)
    is_severe = (level > 0) & (level <= SEVERE)
    return (years >= 60) & (years < 70) & is_severe & (person("disability_living_subsidy", period) > 0)


class meal_subsidy_eligible(Flag):
    entity = Person
    label = "老年助餐补贴"
    article = ARTICLE
    source = "T13"
    confidence = "C2"
    says = ("符合", "不符合")

    def formula(person: Population, period: Month) -> Array:
        years = person("age", period)
        is_visited = (years >= 70) & person("is_in_visiting_care_group", period)
        is_of_a_group = (
            (years >= 80)
            | is_visited
            | is_poor_and_needs_much(person, period)
            | is_disabled_in_their_sixties(person, period)
        )
        return is_of_a_group & ~person("lives_in_institution", period)

    def explain(told: Told) -> str | None:
        if told("age") < 60:
            return None
        if told("lives_in_institution"):
            return "住在养老机构期间不享受：不符合"
        return f"{told('age')}岁，{'符合' if told.value else '不属于助餐补贴的人员类别：不符合'}"

    def change(told: Told) -> str | None:
        if told.value or told("lives_in_institution") or not 60 <= told("age") < 80:
            return None
        return "满80周岁的次月起可以享受（生日在1日的当月起）"


class meals_a_week(Count):
    entity = Person
    label = "每周可以享受补贴的餐数"
    unit = "餐"
    article = ARTICLE
    source = "T13"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        return person("meal_subsidy_eligible", period) * parameters(period).meals.most_a_week


class meal_subsidy(Fen):
    """By meal."""

    entity = Person
    label = "助餐补贴（每餐减价）"
    article = ARTICLE
    source = "T13"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        return np.where(person("meal_subsidy_eligible", period), parameters(period).meals.per_meal, 0)

    def explain(told: Told) -> str | None:
        most = told.parameter("meals.most_a_week")
        return f"每餐减{told.yuan()}，每周最多{most}餐，只减餐费，不发现金" if told.value else None
