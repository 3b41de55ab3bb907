"""Which formulas of a package can be lowered, each alone with what it needs as inputs, and why the others can't."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openfisca_core.periods import DateUnit
from openfisca_core.periods import period as period_of
from openfisca_core.simulations import SimulationBuilder

from onewindow.bulk.compiled.asking import arrays_may_ask
from onewindow.bulk.compiled.graph import LoweringError, Node
from onewindow.bulk.compiled.lazy import LazyArray
from onewindow.bulk.compiled.machine import machine_of
from onewindow.bulk.compiled.tracing import Key, LazySimulation


@dataclass(frozen=True)
class Formula:
    variable: str
    period: str
    refusal: str = ""
    """Why it has no graph; empty if it has one. What OpenFisca itself refuses (no such parameter, wrong period) too."""
    is_error: bool = False
    """It fails in OpenFisca as well."""
    uncompiled: str = ""
    """Why its graph is not compiled: words, several group entities, a function whose last digits are numpy's own."""


class Alone(LazySimulation):
    """Whatever a formula asks for is an input."""

    def computed(self, variable: Any, period: Any, key: Key) -> LazyArray | None:
        return self.lowered(variable, period) if len(self.tracer.stack) == 1 else self.input(variable, key)

    def check(self, node: Node) -> None:
        """Told apart from what has no graph."""


def coverage(system: Any, day: str) -> Iterator[Formula]:
    """`day`: 2024-01-01. Of all variables with a formula then."""
    simulation = Alone(system, {})
    with arrays_may_ask():
        for name, variable in system.variables.items():
            period = period_for(variable, day)
            if variable.get_formula(period) is not None:
                yield one(simulation, name, period)


def period_for(variable: Any, day: str) -> Any:
    cut = {DateUnit.YEAR: 4, DateUnit.MONTH: 7}.get(variable.definition_period, 10)
    return period_of(day[:cut])


def one(simulation: Alone, name: str, period: Any) -> Formula:
    simulation.known.clear()
    try:
        node = simulation.calculate(name, period).node
    except LoweringError as refusal:
        return Formula(name, str(period), str(refusal), is_error=fails(simulation.tax_benefit_system, name, period))
    except Exception as error:  # noqa: BLE001 a package's own errors are of any kind
        is_error = fails(simulation.tax_benefit_system, name, period)
        return Formula(name, str(period), f"{type(error).__name__}: {error}", is_error=is_error)
    try:
        machine_of([node], lambda each: each.dtype, is_narrow=False)
    except LoweringError as refusal:
        return Formula(name, str(period), uncompiled=str(refusal))
    return Formula(name, str(period))


def fails(system: Any, name: str, period: Any) -> bool:
    """In OpenFisca's own run, for three people about whom nothing is known."""
    try:
        SimulationBuilder().build_default_simulation(system, count=3).calculate(name, period)
    except Exception:  # noqa: BLE001 as above
        return True
    return False


@dataclass(frozen=True)
class Summary:
    formulas: int
    lowered: int
    compiled: int
    failing: int
    """Of those not lowered, how many OpenFisca can't compute either."""
    reasons: list[tuple[str, int]]

    @classmethod
    def of(cls, found: Sequence[Formula]) -> "Summary":
        refused = [each for each in found if each.refusal]
        words = Counter(
            "fails in OpenFisca too" if each.is_error else each.refusal.partition(" (variable")[0] for each in refused
        )
        compiled = sum(not each.refusal and not each.uncompiled for each in found)
        failing = sum(each.is_error for each in refused)
        return cls(len(found), len(found) - len(refused), compiled, failing, words.most_common())
