"""A population folder in OpenFisca's own simulation, whole or part by part: the yardstick, and what every cell is compared with."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder

from tests.bench.files import Columns

NOT_INPUTS = {"household", "person", "members", "role"}


def simulation_of(system: Any, households: Columns, persons: Columns, month: str) -> Simulation:
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", persons["person"])
    group = builder.declare_entity("household", households["household"])
    kinds = np.array([role.key for role in system.group_entities[0].flattened_roles], object)
    builder.join_with_persons(group, np.repeat(households["household"], households["members"]), kinds[persons["role"]])
    simulation = builder.build(system)
    for columns in (households, persons):
        for column, values in columns.items():
            put(simulation, system, column, values, month)
    return simulation


def put(simulation: Simulation, system: Any, column: str, values: np.ndarray, month: str) -> None:
    name, _, given = column.partition("@")
    if name in NOT_INPUTS or name not in system.variables:
        return
    variable = system.variables[name]
    period = "ETERNITY" if str(variable.definition_period) == "eternity" else given or month
    simulation.set_input(name, period, values.astype(variable.dtype))


def computed(simulation: Simulation, outputs: Sequence[str], month: str) -> Iterator[tuple[str, np.ndarray]]:
    for name in outputs:
        yield name, simulation.calculate(name, month)


def fast_simulation_of(system: Any, households: Columns, persons: Columns, month: str) -> Simulation:
    """The same without the builder, which goes through every person's id in Python."""
    populations = system.instantiate_entities()
    people, group = populations["person"], populations["household"]
    people.ids, people.count = persons["person"], len(persons["person"])
    group.ids, group.count = households["household"], len(households["household"])
    group.members_entity_id = np.repeat(np.arange(group.count), households["members"])
    group.members_role = np.array(system.group_entities[0].flattened_roles, object)[persons["role"]]
    simulation = Simulation(tax_benefit_system=system, populations=populations)
    for columns in (households, persons):
        for column, values in columns.items():
            put(simulation, system, column, values, month)
    return simulation
