"""价格补贴联动: when prices have risen as much as the state has fixed, the poor get the standard's share of the rise."""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

ARTICLE = "发改价格规〔2021〕1553号"


class is_within_price_linking(Flag):
    """Of a family below one and a half standards, or kept alone."""

    entity = Person
    label = "价格补贴联动的对象"
    article = ARTICLE
    source = "T2"

    def formula(person: Population, period: Month) -> Array:
        family_is_poor = person.household("dibao_eligible", period) | person.household("is_marginal_household", period)
        return (
            (person("counted_in_household", period) & family_is_poor)
            | person("single_person_dibao_eligible", period)
            | person("is_tekun", period)
        )


class price_linked_subsidy(Fen):
    """The month's rises are published by the statistics bureau; refused until they are loaded."""

    entity = Person
    label = "价格临时补贴"
    article = ARTICLE
    source = "K1"
    confidence = "K"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        prices = parameters(period).prices
        has_risen = (prices.rise_permille >= prices.start_permille) | (
            prices.food_rise_permille >= prices.food_start_permille
        )
        standard = person.household("dibao_standard", period)
        amount = (standard * np.maximum(prices.rise_permille, 0) + 500) // 1000
        return np.where(person("is_within_price_linking", period) & has_risen, amount, 0)

    def explain(told: Told) -> str | None:
        if not told("is_within_price_linking"):
            return None
        all_goods, food = (told.parameter(f"prices.{name}rise_permille") / 10 for name in ("", "food_"))
        words = f"居民消费价格同比上涨{all_goods}%，食品价格上涨{food}%"
        if not told.value:
            return f"{words}：没有达到启动条件，不发放"
        return f"{words}，已启动：低保标准{told.yuan('dibao_standard')} × {all_goods}% = {told.yuan()}"
