"""
OpenFisca's own machinery (periods, ADD and DIVIDE, projectors, dated formulas, spirals) over lazy arrays. Only what
touches values is replaced: populations, stored inputs, parameters indexed by an array, scales.
"""

import linecache
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from openfisca_core.errors import SpiralError
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation

from onewindow.bulk.compiled.asking import arrays_may_ask, encoded
from onewindow.bulk.compiled.graph import PERSON, SCALAR, Graph, LoweringError, Node, WholePopulationError
from onewindow.bulk.compiled.lazy import LazyArray, index_of, refuse
from onewindow.bulk.compiled.machine import lacks
from onewindow.bulk.compiled.populations import LazyGroups, LazyPersons

ETERNITY = "ETERNITY"
Key = tuple[str, str]
"""A variable and a period."""


@dataclass
class Refused:
    """What stays with OpenFisca's numpy, and why."""

    found: dict[Key, LoweringError] = field(default_factory=dict)


class LazySimulation(Simulation):
    """`given`: the inputs' types by variable and period. `refusals`: where to note instead of raising."""

    def __init__(
        self, system: Any, given: Mapping[Key, Any], graph: Graph | None = None, refusals: Refused | None = None
    ) -> None:
        populations = system.instantiate_entities()
        persons = LazyPersons(system.person_entity)
        lazy: dict[str, Any] = {system.person_entity.key: persons}
        for entity in system.group_entities:
            lazy[entity.key] = LazyGroups(entity, persons)
        populations.update(lazy)
        super().__init__(tax_benefit_system=system, populations=populations)
        self.graph, self.given, self.refusals = graph or Graph(), dict(given), refusals
        self.known: dict[Key, LazyArray] = {}
        self.checked: set[int] = set()

    def link_to_entities_instances(self) -> None:
        for population in self.populations.values():
            population.simulation = self

    def _calculate(self, variable_name: str, period: Any) -> LazyArray:
        variable = self.tax_benefit_system.get_variable(variable_name, check_existence=True)
        self._check_period_consistency(period, variable)
        key = key_of(variable, period)
        if key not in self.known:
            found = self.computed(variable, period, key)
            if found is None:  # a spiral: not kept, as OpenFisca does not keep it
                return self.default(variable)
            self.known[key] = found
        return self.known[key]

    def computed(self, variable: Any, period: Any, key: Key) -> LazyArray | None:
        if key in self.given:
            return self.input(variable, key)
        try:
            self._check_for_cycle(variable.name, period)
            if variable.get_formula(period) is None:
                return self.default(variable)
            return self.lowered(variable, period)
        except SpiralError:
            return None
        except LoweringError as refusal:
            if self.refusals is None or isinstance(refusal, WholePopulationError):
                raise
            self.refusals.found[key] = refusal
            return self.input(variable, key)

    def lowered(self, variable: Any, period: Any) -> LazyArray:
        try:
            found = self.as_declared(self._run_formula(variable, self.population_of(variable), period), variable)
            self.check(found.node)
            return found
        except LoweringError as refusal:
            if refusal.variable:
                raise
            raise placed(refusal, variable, period) from None

    def check(self, node: Node) -> None:
        """What has a graph but can't be compiled."""
        waiting = [node]
        while waiting:
            each = waiting.pop()
            if id(each) not in self.checked:
                self.checked.add(id(each))
                waiting += each.args
                if reason := lacks(each):
                    refuse(reason)

    def population_of(self, variable: Any) -> Any:
        return self.populations[variable.entity.key]

    def input(self, variable: Any, key: Key) -> LazyArray:
        rows = PERSON if variable.entity.is_person else variable.entity.key
        node = self.graph.node("input", variable.dtype, rows, (), key)
        return LazyArray(node, self.graph, enum_in(variable))

    def stored(self, variable: Any, period: Any) -> LazyArray | None:
        key = key_of(variable, period)
        return self.input(variable, key) if key in self.given else None

    def default(self, variable: Any) -> LazyArray:
        value, enum = variable.default_value, enum_in(variable)
        found = self.population_of(variable).filled_array(value.index if enum else value, variable.dtype)
        found.enum = enum
        return found

    def as_declared(self, value: Any, variable: Any) -> LazyArray:
        """OpenFisca's cast of a formula's result: to the type of the variable, on its rows."""
        enum = enum_in(variable)
        if value is None:
            return self.default(variable)
        if isinstance(value, LazyArray) and value.part is not None:
            refuse("a part of an array as the result")
        if not isinstance(value, LazyArray):
            if isinstance(value, np.ndarray) and value.size != 1:
                refuse("an array with values as the result")
            item = value.reshape(-1)[0] if isinstance(value, np.ndarray) else value
            found = self.population_of(variable).filled_array(index_of(enum, item) if enum else item, variable.dtype)
            found.enum = enum
            return found
        rows = PERSON if variable.entity.is_person else variable.entity.key
        node = encoded(self.graph, value.node, enum) if enum and value.dtype.kind in "USO" else value.node
        if node.rows == SCALAR:
            node = self.graph.node("fill", node.dtype, rows, (node,))
        elif node.rows != rows:
            refuse(f"a result on the rows of {node.rows} for a variable of {rows}")
        return LazyArray(self.graph.cast(node, variable.dtype), self.graph, enum)


def enum_in(variable: Any) -> type[Enum] | None:
    return variable.possible_values if variable.value_type == Enum else None


def key_of(variable: Any, period: Any) -> Key:
    is_eternal = variable.definition_period == DateUnit.ETERNITY
    return variable.name, ETERNITY if is_eternal else str(period)


def placed(refusal: LoweringError, variable: Any, period: Any) -> LoweringError:
    """With the formula's line: the innermost frame of its file."""
    file = variable.get_formula(period).__code__.co_filename
    frames = [each for each in traceback.extract_tb(refusal.__traceback__) if each.filename == file]
    line = frames[-1].lineno or 0 if frames else variable.get_formula(period).__code__.co_firstlineno
    return type(refusal)(refusal.reason, variable.name, file, line, linecache.getline(file, line).strip())


def trace(
    system: Any, wanted: list[Key], given: Mapping[Key, Any], refusals: Refused | None = None
) -> tuple[Graph, dict[Key, Node]]:
    """The nodes of the wanted variables, from inputs of these types; a missing input is its variable's default."""
    simulation = LazySimulation(system, given, refusals=refusals)
    with arrays_may_ask():
        return simulation.graph, {key: simulation.calculate(*key).node for key in wanted}
