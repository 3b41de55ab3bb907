"""The twelve months before the one that is assessed, by the members of today: income and what had to be spent."""

import numpy as np

from onewindow.rules.entities import Household, Person
from onewindow.rules.words import Array, Fen, Month, Population, Told

ARTICLE = "《刚性支出困难家庭认定办法》第四条第四项"
MONTHS = 12


def of_past_year(person: Population, period: Month, name: str) -> Array:
    total = person(name, period.offset(-1, "month"))
    for back in range(2, MONTHS + 1):
        total = total + person(name, period.offset(-back, "month"))
    return total


class personal_income_of_past_year(Fen):
    entity = Person
    label = "本人前12个月净收入合计"
    article = ARTICLE
    source = "L5"

    def formula(person: Population, period: Month) -> Array:
        return of_past_year(person, period, "monthly_income")


class personal_rigid_expense_of_past_year(Fen):
    entity = Person
    label = "本人前12个月刚性支出合计"
    article = ARTICLE
    source = "L5"

    def formula(person: Population, period: Month) -> Array:
        return of_past_year(person, period, "rigid_expense")


class income_of_past_year(Fen):
    entity = Household
    label = "家庭前12个月总收入"
    article = ARTICLE
    source = "L5"

    def formula(household: Population, period: Month) -> Array:
        person = household.members
        counted = np.where(person("counted_in_household", period), person("personal_income_of_past_year", period), 0)
        return np.maximum(household.sum(counted), 0)

    def explain(told: Told) -> str:
        return f"申请前12个月计入的成员收入合计{told.yuan()}"


class rigid_expense_of_past_year(Fen):
    entity = Household
    label = "家庭前12个月刚性支出"
    article = "《刚性支出困难家庭认定办法》第五条"
    source = "L5"

    def formula(household: Population, period: Month) -> Array:
        person = household.members
        counted = np.where(
            person("counted_in_household", period), person("personal_rigid_expense_of_past_year", period), 0
        )
        return household.sum(counted) + household("other_rigid_expense", period)

    def explain(told: Told) -> str:
        other = told("other_rigid_expense")
        words = f"（其中必需的生活、教育等支出{told.yuan(other)}）" if other else ""
        return f"申请前12个月刚性支出合计{told.yuan()}{words}"
