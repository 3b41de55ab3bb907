"""农村困难群众年终一次性补贴. Whether by family or by head the source does not say: by family here."""

import numpy as np

from onewindow.rules.entities import Household
from onewindow.rules.words import Array, Fen, Month, Parameters, Population, Told

DECEMBER = 12


class rural_year_end_grant(Fen):
    entity = Household
    label = "农村困难群众年终一次性补贴"
    article = "天津市社会救助标准"
    source = "T2"
    confidence = "C2"

    def formula_2017(household: Population, period: Month, parameters: Parameters) -> Array:
        is_poor = (
            household("dibao_eligible", period)
            | household("is_marginal_household", period)
            | household.any(household.members("is_tekun", period))
        )
        amount = parameters(period).rural.year_end_grant * (period.start.month == DECEMBER)
        return np.where(is_poor & ~household("place_is_urban", period), amount, 0)

    def explain(told: Told) -> str | None:
        if told.value:
            return f"农村困难家庭，12月一次性发放{told.yuan()}"
        return None if told("place_is_urban") else "年终一次性补贴在12月发给农村低保、低保边缘、特困家庭"
