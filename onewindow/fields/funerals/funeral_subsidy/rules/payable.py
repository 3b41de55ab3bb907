"""What is paid to whoever saw to the funeral: the subsidy of the deceased, who is no member of the claimant's family."""

from onewindow.rules.entities import Household
from onewindow.rules.words import Array, Fen, Flag, Month, Population, Told


class funeral_subsidy_payable(Fen):
    entity = Household
    label = "应发丧葬补贴"
    article = "天津市无丧葬补助居民丧葬补贴规定"
    source = "T17"
    confidence = "C2"

    def formula(household: Population, period: Month) -> Array:
        return household.sum(household.members("funeral_subsidy", period))

    def explain(told: Told) -> str | None:
        return f"一次性发放{told.yuan()}" if told.value else None


class funeral_subsidy_is_due(Flag):
    entity = Household
    label = "符合丧葬补贴条件"
    article = "天津市无丧葬补助居民丧葬补贴规定"
    source = "T17"
    confidence = "C2"
    says = ("符合", "不符合")

    def formula(household: Population, period: Month) -> Array:
        return household("funeral_subsidy_payable", period) > 0
