"""What a city may decide otherwise, for tests of figures that stand switched off."""

from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import Instant
from openfisca_core.reforms import Reform

EVER = Instant((2009, 1, 1))


class UpliftPaid(Reform):
    """分类施保: this city pays it."""

    def apply(self):
        self.modify_parameters(lambda figures: set_to(figures, "dibao.uplift.is_paid", True))


class WholeYuan(Reform):
    """低保金: paid in whole yuan, upwards."""

    def apply(self):
        self.modify_parameters(lambda figures: set_to(figures, "dibao.payment_unit", 100))


class MarginalIncludesEqual(Reform):
    """低保边缘: 不高于 instead of 低于 (T9)."""

    def apply(self):
        self.modify_parameters(lambda figures: set_to(figures, "marginal.includes_equal", True))


class SupportImputed(Reform):
    """赡养费: reckoned by the example formula."""

    def apply(self):
        self.modify_parameters(lambda figures: set_to(figures, "income.support.is_imputed", True))


def set_to(figures: ParameterNode, name: str, value) -> ParameterNode:
    node = figures
    for part in name.split("."):
        node = node.children[part]
    node.update(start=EVER, value=value)
    return figures


class DisposableIncomeLoaded(Reform):
    """上年度人均可支配收入: the city has loaded it. 52000 yuan is of this test alone."""

    def apply(self):
        self.modify_parameters(lambda figures: set_to(figures, "economy.disposable_income_last_year", 5_200_000))


class PricesLoaded(Reform):
    """物价: this month's rises have been loaded, 3.5 % of which food 5.9 %. Of this test alone."""

    def apply(self):
        self.modify_parameters(lambda figures: prices(figures, 35, 59))


class OnlyFoodRose(Reform):
    """物价: prices 2.1 %, food 6.0 %."""

    def apply(self):
        self.modify_parameters(lambda figures: prices(figures, 21, 60))


class PricesRestored(Reform):
    """物价: both below their marks, by a tenth of a percent."""

    def apply(self):
        self.modify_parameters(lambda figures: prices(figures, 34, 59))


def prices(figures: ParameterNode, all_goods: int, food: int) -> ParameterNode:
    return set_to(set_to(figures, "prices.rise_permille", all_goods), "prices.food_rise_permille", food)


class PreferentialLivingLoaded(Reform):
    """困难优抚对象生活补助: veterans affairs have told their standard. 500 yuan is of this test alone."""

    def apply(self):
        self.modify_parameters(lambda figures: set_to(figures, "preferential.living", 50_000))


class YearEndLoaded(Reform):
    """农村年终一次性补贴: 800 yuan, of this test alone."""

    def apply(self):
        self.modify_parameters(lambda figures: set_to(figures, "rural.year_end_grant", 80_000))
