"""
困难优抚对象生活补助. Veterans affairs decide and pay since 2018; civil affairs take the application and pass it on, and show
the standard once it is told to them. Never income for anything else (军人抚恤优待条例 a4).
"""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Fen, Month, Parameters, Population, Told


class preferential_living_subsidy(Fen):
    entity = Person
    label = "困难优抚对象生活补助（由退役军人事务局决定）"
    article = "《军人抚恤优待条例》第四条、第五条"
    source = "L36"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        is_due = person("is_preferential_person", period) & person("has_city_hukou", period)
        return np.where(is_due, parameters(period).preferential.living, 0)

    def explain(told: Told) -> str | None:
        return f"每月{told.yuan()}，由退役军人事务局决定和发放" if told.value else None
