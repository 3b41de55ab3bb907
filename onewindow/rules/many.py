"""The law over many families at once, by OpenFisca itself on arrays: for small populations, and what the bulk engine equals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from openfisca_core.simulations import SimulationBuilder

from onewindow.rules.entities import Household
from onewindow.rules.system import system

ROLES = np.array([role.key for role in Household.flattened_roles])
KEYS = ("household", "members", "person", "role")


def calculate(homes: dict[str, Any], people: dict[str, Any], month: str, outputs: Sequence[str]) -> dict[str, Any]:
    """Columns of a part of a population folder → the outputs, each as an array of its entity."""
    builder = SimulationBuilder()
    builder.create_entities(system())
    builder.declare_person_entity("person", people["person"])
    home = builder.declare_entity("household", homes["household"])
    builder.join_with_persons(home, np.repeat(homes["household"], homes["members"]), ROLES[people["role"]])
    simulation = builder.build(system())
    for name, values in {**homes, **people}.items():
        if name not in KEYS:
            variable = system().variables[name]
            simulation.set_input(name, month, np.asarray(values).astype(variable.dtype))
    return {name: simulation.calculate(name, month) for name in outputs}
