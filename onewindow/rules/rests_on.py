"""Which questions decide an answer: the inputs that a variable's formulas read, found by running them once."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.simulations import SimulationBuilder

from onewindow.rules.system import system

ANY_MONTH = "2025-10"
FAMILY = {
    "persons": {"a": {}, "b": {}, "c": {}, "d": {}, "e": {}},
    "households": {"h": {"applicant": ["a"], "spouse": ["b"], "children": ["c"], "parents": ["d"], "others": ["e"]}},
}


@cache
def variables_of(variable: str, month: str = ANY_MONTH) -> frozenset[str]:
    """Formulas take arrays and so read all that they may need, whoever the family is."""
    simulation = SimulationBuilder().build_from_entities(system(), FAMILY)
    simulation.trace = True
    with suppress(ParameterNotFoundError):  # what was read before the missing figure
        simulation.calculate(variable, month)
    return frozenset(node.name for tree in simulation.tracer.trees for node in _below(tree))


@cache
def inputs_of(variable: str, month: str = ANY_MONTH) -> frozenset[str]:
    return frozenset(name for name in variables_of(variable, month) if not system().variables[name].formulas)


RICH = {"wage_income": 10**8, "monetary_property": 10**10}
SOMEBODY = (
    {"birth": date(1930, 1, 1)}, {"birth": date(1925, 1, 1), "disability_category": 4, "disability_level": 1},
    {"birth": date(1985, 1, 1), "disability_category": 5, "disability_level": 1},
    {"birth": date(2015, 1, 1), "disability_category": 6, "disability_level": 2},
)  # fmt: skip


@cache
def is_given_to_the_rich(variable: str, month: str = ANY_MONTH) -> bool:
    """Whether age or a card alone decides. Formulas read incomes also where they only keep two benefits apart."""
    people: dict[str, dict[str, Any]] = {str(n): {} for n in range(len(SOMEBODY))}
    homes = {f"h{n}": {"applicant": [n]} for n in people}
    simulation = SimulationBuilder().build_from_entities(system(), {"persons": people, "households": homes})
    for name in {name for each in SOMEBODY for name in each} | set(RICH):
        rule = system().variables[name]
        values = [RICH.get(name, each.get(name, rule.default_value)) for each in SOMEBODY]
        simulation.set_input(name, month, np.array(values).astype(rule.dtype))
    try:
        return bool((simulation.calculate(variable, month) > 0).any())
    except ParameterNotFoundError:
        return False


def _below(node: Any) -> Iterator[Any]:
    yield node
    for child in node.children:
        yield from _below(child)
