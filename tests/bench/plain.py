"""A population folder in OpenFisca's own simulation, whole or part by part: the yardstick, and what every cell is compared with."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from openfisca_core.simulations import Simulation, SimulationBuilder

Columns = dict[str, np.ndarray]
NOT_INPUTS = {"household", "person", "members", "role"}


def columns_in(path: Path) -> Columns:
    with pa.memory_map(str(path)) as file:
        table = pa.ipc.open_file(file).read_all()
        return {name: table[name].to_numpy() for name in table.column_names}


def parts_of(folder: Path) -> list[str]:
    return [part["name"] for part in json.loads((folder / "layout.json").read_text())["parts"]]


def part_in(folder: Path, name: str) -> tuple[Columns, Columns]:
    return columns_in(folder / f"{name}.households.arrow"), columns_in(folder / f"{name}.persons.arrow")


def whole(folder: Path) -> tuple[Columns, Columns]:
    found = [part_in(folder, name) for name in parts_of(folder)]
    return tuple({name: np.concatenate([part[of][name] for part in found]) for name in found[0][of]} for of in (0, 1))  # type: ignore[return-value]


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
