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
