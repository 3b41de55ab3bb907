"""One simulation of OpenFisca answered by the compiled pass, from the same inputs: to compare the two, row by row."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import period as period_of
from openfisca_core.simulations import Simulation

from onewindow.bulk.compiled.kernel import Kernel
from onewindow.bulk.compiled.tracing import Key, key_of

Array = NDArray[Any]


def calculated(simulation: Simulation, name: str, period: str) -> Array:
    """As `simulation.calculate`, which it must equal bit for bit. Of a simulation that has computed nothing yet."""
    system, group = simulation.tax_benefit_system, only_group(simulation)
    order = np.argsort(group.members_entity_id, kind="stable")
    columns = dict(inputs_of(simulation, order))
    numbers = {role: number for number, role in enumerate(group.entity.flattened_roles)}
    roles = np.array([numbers[role] for role in group.members_role], np.uint8)[order]
    sizes = np.bincount(group.members_entity_id, minlength=group.count)
    kernel = Kernel.of(system, str(period_of(period)), [name], list(columns), may_refuse=False)
    found = kernel.run(sizes, roles, columns)[name].astype(system.variables[name].dtype)
    if system.variables[name].entity.is_person:
        found = found[np.argsort(order, kind="stable")]
    variable = system.variables[name]
    return EnumArray(found, variable.possible_values) if variable.value_type == Enum else found


def only_group(simulation: Simulation) -> Any:
    (entity,) = simulation.tax_benefit_system.group_entities
    return simulation.populations[entity.key]


def inputs_of(simulation: Simulation, order: Array) -> Iterator[tuple[Key, Array]]:
    for population in simulation.populations.values():
        for holder in population._holders.values():
            for known in holder.get_known_periods():
                values = np.asarray(holder.get_array(known))
                is_person = holder.variable.entity.is_person
                yield key_of(holder.variable, known), values[order] if is_person else values
