"""Which questions decide an answer: the inputs that a variable's formulas read, found by running them once."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.simulations import SimulationBuilder

from onewindow.rules.system import system

ANY_MONTH = "2025-10"
FAMILY = {
    "persons": {"a": {}, "b": {}, "c": {}, "d": {}, "e": {}},
    "households": {"h": {"applicant": ["a"], "spouse": ["b"], "children": ["c"], "parents": ["d"], "others": ["e"]}},
}


@cache
def inputs_of(variable: str, month: str = ANY_MONTH) -> frozenset[str]:
    """Formulas take arrays and so read all that they may need, whoever the family is."""
    simulation = SimulationBuilder().build_from_entities(system(), FAMILY)
    simulation.trace = True
    with suppress(ParameterNotFoundError):  # what was read before the missing figure
        simulation.calculate(variable, month)
    met = (node.name for tree in simulation.tracer.trees for node in _below(tree))
    return frozenset(name for name in met if not system().variables[name].formulas)


def _below(node: Any) -> Iterator[Any]:
    yield node
    for child in node.children:
        yield from _below(child)
