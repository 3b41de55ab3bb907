"""One family, one month: the law's answer with its reasons."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.simulations import Simulation, SimulationBuilder

from onewindow.rules.explain import Explanation, explanations
from onewindow.rules.figures import Figure, words_on_unknown
from onewindow.rules.situation import CannotAssess, checked
from onewindow.rules.system import in_force, law_version, system, under

__all__ = ["Assessment", "CannotAssess", "assess"]

Output = int | bool | str


@dataclass(frozen=True)
class Assessment:
    month: str
    inputs: dict[str, Any]
    outputs: dict[str, Output | dict[str, Output]]
    """Of the family; where a variable is of persons, by person."""
    steps: tuple[Explanation, ...]
    law_version: str
    missing: tuple[str, ...] = ()
    """Parameters that might decide otherwise and whose value is not known."""
    examples: tuple[str, ...] = ()
    """Parameters used here that are examples, not law."""

    def fen(self, output: str) -> int:
        """A sum of the family."""
        value = self.outputs[output]
        if not isinstance(value, int):
            raise TypeError(f"{output} is not one sum")
        return value

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Assessment":
        steps = tuple(
            Explanation(**{**each, "figures": tuple(Figure(**figure) for figure in each["figures"])})
            for each in data["steps"]
        )
        known = {each.name: data[each.name] for each in fields(cls)}
        return cls(**{**known, "steps": steps, "missing": tuple(data["missing"]), "examples": tuple(data["examples"])})


def assess(situation: dict[str, Any], month: str, outputs: Sequence[str]) -> Assessment:
    """Raises CannotAssess, in Chinese, for what can't be read and for months whose figures were not found."""
    with under(in_force()):  # a change approved meanwhile must not mix two laws in one answer
        return _assess(situation, month, outputs)


def _assess(situation: dict[str, Any], month: str, outputs: Sequence[str]) -> Assessment:
    inputs = checked(system(), situation, month, outputs)
    simulation = SimulationBuilder().build_from_entities(system(), inputs)
    simulation.trace = True
    try:
        found = {name: _plain(simulation, name, month) for name in outputs}
    except ParameterNotFoundError as unknown:
        name = _named(unknown)
        raise CannotAssess(words_on_unknown(name, unknown.instant_str), variable=name) from unknown
    steps = explanations(simulation, month)
    figures = {figure.name: figure for step in steps for figure in step.figures}
    return Assessment(
        month=month,
        inputs=inputs,
        outputs=found,
        steps=steps,
        law_version=law_version(),
        missing=tuple(sorted(name for name, figure in figures.items() if figure.raw is None)),
        examples=tuple(sorted(name for name, figure in figures.items() if figure.is_example)),
    )


def _named(unknown: ParameterNotFoundError) -> str:
    """From its message, "The parameter 'standard[urban]' …": Python itself overwrites `name` of an AttributeError."""
    return str(unknown).split("'")[1].replace("[", ".").replace("]", "")


def _plain(simulation: Simulation, name: str, month: str) -> Output | dict[str, Output]:
    array = simulation.calculate(name, month)
    values = (np.datetime_as_string(array) if array.dtype.kind == "M" else array).tolist()
    if system().variables[name].entity.is_person:
        return dict(zip(map(str, simulation.persons.ids), values, strict=True))
    return values[0]
