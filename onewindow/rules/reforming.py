"""The law with other figures from a month on: to see what a change would cost. The law in force is not touched."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.periods import Instant
from openfisca_core.reforms import Reform
from openfisca_core.simulations import SimulationBuilder

from onewindow.rules.rests_on import FAMILY
from onewindow.rules.system import figures, system


class NoSuchFigure(Exception):
    """The message says what is wrong, in Chinese."""


def reformed(changes: Mapping[str, int], month: str) -> Any:
    """`changes`: whole numbers by name of the figure, sums in fen."""
    since = Instant((int(month[:4]), int(month[5:]), 1))

    class Changed(Reform):
        def apply(self) -> None:
            self.modify_parameters(self.put)

        def put(self, root: Any) -> Any:
            for parameter in figures(root):
                if parameter.name in changes:
                    parameter.update(start=since, value=changes[parameter.name])
            return root

    return Changed(system())


def values_before(changes: Mapping[str, int], month: str) -> dict[str, tuple[int, int]]:
    """Each figure's value before and after. Raises NoSuchFigure for what is unknown, or is no sum of money in that month."""
    known = {parameter.name: parameter for parameter in figures(system().parameters)}
    found = {}
    for name, after in changes.items():
        if name not in known:
            raise NoSuchFigure(f"没有“{name}”这一项标准。")
        before = known[name](f"{month}-01")
        if known[name].metadata.get("unit") != "fen" or not isinstance(before, int):
            raise NoSuchFigure(f"{month}的“{known[name].description}”不是可以调整的金额。")
        found[name] = (before, after)
    return found


@dataclass(frozen=True)
class Changeable:
    """A sum of money that the city may set."""

    name: str
    label: str
    fen: int
    per: str
    newest: str
    """Since when its newest value holds; no other may come before or on that day."""


def changeable(month: str) -> list[Changeable]:
    """Every sum of the law that is known in a month, by its name."""
    found = []
    for each in sorted(figures(system().parameters), key=lambda parameter: parameter.name):
        value = each(f"{month}-01") if each.metadata.get("unit") == "fen" else None
        if isinstance(value, int) and not isinstance(value, bool):
            label = str(each.description or each.name)
            found.append(
                Changeable(each.name, label, value, each.metadata.get("per", ""), each.values_list[0].instant_str)
            )
    return found


def figures_read(variables: Iterable[str], month: str) -> frozenset[str]:
    """The figures on which these sums rest, found by computing them once: a change of any other would seem to cost nothing."""
    simulation = SimulationBuilder().build_from_entities(system(), FAMILY)
    simulation.trace = True
    for name in variables:
        with suppress(ParameterNotFoundError):
            simulation.calculate(name, month)
    nodes = list(simulation.tracer.trees)
    found = set()
    while nodes:
        node = nodes.pop()
        found |= {parameter.name for parameter in node.parameters}
        nodes += node.children
    return frozenset(found)
