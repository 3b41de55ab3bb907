"""OpenFisca's populations without rows: roles, members and their sums become nodes; whoever asks for rows is refused."""

from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import period as period_of
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.projectors import projectable

from onewindow.bulk.compiled.graph import PERSON, SCALAR, WholePopulationError
from onewindow.bulk.compiled.lazy import LazyArray, index_of, refuse, where

REDUCERS = {"maximum", "minimum", "logical_and", "logical_or"}


def checked(array: Any, rows: str) -> LazyArray:
    if not isinstance(array, LazyArray):
        refuse("an array with values where one without is awaited")
    if array.rows not in (rows, SCALAR):
        refuse(f"rows of {array.rows} where those of {rows} are awaited")
    return array


class Rowless:
    """Of both kinds of population."""

    simulation: Any
    rows: str

    def refuse_rows(self, *_: object) -> NoReturn:
        raise WholePopulationError("the number of rows, or their ids")

    count = ids = property(refuse_rows, lambda *_: None)

    def get_holder(self, name: str) -> "LazyHolder":
        return LazyHolder(self.simulation, self.simulation.tax_benefit_system.get_variable(name, check_existence=True))

    def filled_array(self, value: Any, dtype: Any = None) -> LazyArray:
        graph = self.simulation.graph
        kind = np.full(1, value, dtype).dtype
        return LazyArray(graph.node("fill", kind, self.rows, (graph.constant(value, kind),)), graph)

    def empty_array(self) -> LazyArray:
        return self.filled_array(0, np.float32)

    def check_array_compatible_with_entity(self, array: Any) -> None:
        checked(array, self.rows)


@dataclass(frozen=True)
class LazyHolder:
    """What is known of a variable before anything is computed: which inputs there are, not what is in them."""

    simulation: Any
    variable: Any

    def get_known_periods(self) -> list[Any]:
        return [period_of(period) for name, period in self.simulation.given if name == self.variable.name]

    def get_array(self, period: Any) -> LazyArray | None:
        return self.simulation.stored(self.variable, period)

    def default_array(self) -> LazyArray:
        return self.simulation.default(self.variable)


class LazyPersons(Rowless, Population):
    rows = PERSON

    @projectable
    def has_role(self, role: Any) -> LazyArray:
        self.entity.check_role_validity(role)
        group = self.simulation.populations[role.entity.key]
        numbers = [group.entity.flattened_roles.index(each) for each in role.subroles or [role]]
        graph = self.simulation.graph
        roles = graph.node("role", np.uint8, PERSON, (), group.rows)
        found: LazyArray | None = None
        for number in numbers:
            test = LazyArray(graph.node("equal", bool, PERSON, (roles, graph.constant(number, np.uint8))), graph)
            found = test if found is None else found | test
        assert found is not None
        return found

    @projectable
    def get_rank(self, entity: Any, criteria: Any, condition: Any = True) -> LazyArray:
        group = getattr(entity, "reference_entity", entity)
        graph, values = self.simulation.graph, checked(criteria, PERSON)
        taken = where(graph, condition, values, np.inf) if isinstance(condition, LazyArray) else values
        rank = LazyArray(graph.node("rank", np.int64, PERSON, (graph.cast(taken.node, np.float64),), group.rows), graph)
        return where(graph, condition, rank, -1) if isinstance(condition, LazyArray) else rank


class LazyGroups(Rowless, GroupPopulation):
    @property
    def rows(self) -> str:  # type: ignore[override]
        return str(self.entity.key)

    @property
    def members_role(self) -> NoReturn:
        refuse("members_role")

    members_entity_id = ordered_members_map = members_role

    @property
    def members_position(self) -> LazyArray:
        graph = self.simulation.graph
        return LazyArray(graph.node("position", np.int32, PERSON, (), self.rows), graph)

    def reduced(self, op: str, array: Any, dtype: Any, given: Any = None) -> LazyArray:
        graph = self.simulation.graph
        node = checked(array, PERSON).node
        return LazyArray(graph.node(op, dtype, self.rows, (node,), given), graph)

    @projectable
    def sum(self, array: Any, role: Any = None) -> LazyArray:
        """As numpy's bincount with weights: in float64, members in their order."""
        self.entity.check_role_validity(role)
        values = checked(array, PERSON).astype(np.float64)
        if role is not None:
            values = where(self.simulation.graph, self.members.has_role(role), values, 0.0)
        return self.reduced("sum", values, np.float64)

    @projectable
    def any(self, array: Any, role: Any = None) -> LazyArray:
        return self.sum(array, role) > 0

    @projectable
    def all(self, array: Any, role: Any = None) -> LazyArray:
        return self.reduce(array, np.logical_and, True, role)

    @projectable
    def max(self, array: Any, role: Any = None) -> LazyArray:
        return self.reduce(array, np.maximum, -np.inf, role)

    @projectable
    def min(self, array: Any, role: Any = None) -> LazyArray:
        return self.reduce(array, np.minimum, np.inf, role)

    @projectable
    def reduce(self, array: Any, reducer: Any, neutral_element: Any, role: Any = None) -> LazyArray:
        self.entity.check_role_validity(role)
        if getattr(reducer, "__name__", "") not in REDUCERS:
            refuse(f"reduce with {reducer}")
        graph, values = self.simulation.graph, checked(array, PERSON)
        taken = where(graph, self.members.has_role(role) if role is not None else True, values, neutral_element)
        neutral = np.full(1, neutral_element)
        dtype = reducer(neutral, np.zeros(1, taken.dtype)).dtype
        return self.reduced(reducer.__name__ + "_of", taken.astype(dtype), dtype, neutral.astype(dtype)[0].item())

    @projectable
    def nb_persons(self, role: Any = None) -> LazyArray:
        graph = self.simulation.graph
        if role:
            return self.sum(self.members.has_role(role))
        return LazyArray(graph.node("members", np.int64, self.rows), graph)

    @projectable
    def value_from_person(self, array: Any, role: Any, default: Any = 0) -> LazyArray:
        self.entity.check_role_validity(role)
        if role.max != 1:
            raise ValueError(f"role {role.key} is not unique")
        return self.picked(array, self.members.has_role(role), default)

    @projectable
    def value_nth_person(self, n: int, array: Any, default: Any = 0) -> LazyArray:
        return self.picked(array, self.members_position == n, default)

    @projectable
    def value_from_first_person(self, array: Any) -> LazyArray:
        return self.value_nth_person(0, array)

    def picked(self, array: Any, test: LazyArray, default: Any) -> LazyArray:
        """The value of the member for whom `test` holds; where there is none, `default` in the array's type."""
        graph, values = self.simulation.graph, checked(array, PERSON)
        number = index_of(values.enum, default) if isinstance(default, Enum) else default
        other = graph.constant(number, values.dtype)
        found = graph.node("pick", values.dtype, self.rows, (values.node, test.node, other))
        return LazyArray(found, graph, values.enum)

    def project(self, array: Any, role: Any = None) -> LazyArray:
        graph, values = self.simulation.graph, checked(array, self.rows)
        if values.rows == SCALAR:
            found = LazyArray(graph.node("fill", values.dtype, PERSON, (values.node,)), graph, values.enum)
        else:
            found = LazyArray(graph.node("project", values.dtype, PERSON, (values.node,)), graph, values.enum)
        return found if role is None else where(graph, self.members.has_role(role), found, 0)
