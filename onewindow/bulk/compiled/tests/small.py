"""A country of one formula, for one question at a time."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from onewindow.bulk.compiled.kernel import Kernel
from onewindow.bulk.engine import simulation_of

Person = build_entity("person", "persons", "", is_person=True)
Home = build_entity("home", "homes", "", roles=[{"key": "head", "max": 1}, {"key": "child"}])
MONTH = "2024-02"


def country(*variables: type[Variable]) -> TaxBenefitSystem:
    system = TaxBenefitSystem([Person, Home])
    for each in variables:
        system.add_variable(each)
    return system


def number(name: str, dtype: Any = np.int64, entity: Any = Person, formula: Any = None) -> type[Variable]:
    """A variable of a type of its own, as our sums in fen are."""

    def start(self: Any, baseline_variable: Any = None) -> None:
        Variable.__init__(self, baseline_variable)
        self.dtype = np.dtype(dtype)

    kind = {"b": bool, "f": float}.get(np.dtype(dtype).kind, int)
    parts: dict[str, Any] = {
        "value_type": kind,
        "entity": entity,
        "definition_period": DateUnit.MONTH,
        "__init__": start,
    }
    return type(name, (Variable,), parts | ({"formula": formula} if formula else {}))


def both(system: TaxBenefitSystem, name: str, columns: Mapping[str, Any], sizes: Sequence[int]) -> tuple[Any, Any]:
    """OpenFisca's own answer and the compiled pass's."""
    sizes_ = np.array(sizes, np.uint16)
    people = int(sizes_.sum())
    heads = np.fromiter(itertools.chain.from_iterable([0, *[1] * (n - 1)] for n in sizes if n), np.uint8, people)
    of = {key: np.asarray(values) for key, values in columns.items()}
    homes = {"home": np.arange(len(sizes)), "members": sizes_}
    homes |= {key: values for key, values in of.items() if not system.variables[key].entity.is_person}
    persons = {"person": np.arange(people), "role": heads}
    persons |= {key: values for key, values in of.items() if system.variables[key].entity.is_person}
    with np.errstate(all="ignore"):
        own = simulation(system, homes, persons).calculate(name, MONTH)
    keys = [(key, MONTH) for key in of]
    kernel = Kernel.of(system, MONTH, [name], keys, may_refuse=False)
    found = kernel.run(sizes_, heads, {(key, MONTH): of[key].astype(system.variables[key].dtype) for key in of})
    return own, found[name]


def simulation(system: TaxBenefitSystem, homes: Any, persons: Any) -> Simulation:
    return simulation_of(system, {"household": homes["home"], **homes}, persons, MONTH, ("home",))
