"""Asks the bulk engine, and gives back what it found part by part."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from onewindow.project.searching.folder import write_columns
from onewindow.rules.many import calculate
from onewindow.rules.system import system

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """One part's results: keys, the first person of each household, and the outputs by name."""

    households: Any
    persons: Any
    first: Any
    """Position of each household's applicant among `persons`."""
    household_of: Any
    """Position of each person's household."""
    outputs: dict[str, Any]

    def positive(self, name: str) -> Any:
        """Positions where the law gives something."""
        return np.flatnonzero(self.outputs[name] > 0)


def compute(
    population: Path, month: str, outputs: Sequence[str], into: Path, progress: Progress | None = None
) -> Iterator[Found]:
    layout = json.loads((population / "layout.json").read_text(encoding="utf-8"))
    into.mkdir(parents=True, exist_ok=True)
    for nth, part in enumerate(layout["parts"], 1):
        _compute_part(population / part["name"], month, outputs, into / part["name"])
        if progress:
            progress(nth, len(layout["parts"]))
    return parts(population, into, outputs)


def _compute_part(told: Path, month: str, outputs: Sequence[str], into: Path) -> None:
    homes, people = (_columns(told.with_name(f"{told.name}.{of}.arrow")) for of in ("households", "persons"))
    found = calculate(homes, people, month, outputs)
    for of, key, rows in (("households", "household", homes), ("persons", "person", people)):
        is_person = of == "persons"
        mine = {name: found[name] for name in outputs if system().variables[name].entity.is_person == is_person}
        write_columns({key: rows[key], **mine}, into.with_name(f"{into.name}.{of}.arrow"))


def parts(population: Path, results: Path, outputs: Sequence[str]) -> Iterator[Found]:
    for homes in sorted(results.glob("*.households.arrow")):
        people = homes.with_name(homes.name.replace("households", "persons"))
        told = {**_columns(homes), **_columns(people)}
        members = _columns(population / homes.name)["members"].astype(np.int64)
        first = np.cumsum(members) - members
        owner = np.repeat(np.arange(len(members)), members)
        yield Found(told["household"], told["person"], first, owner, {name: told[name] for name in outputs})


def _columns(path: Path) -> dict[str, Any]:
    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
        return {name: table.column(name).to_numpy() for name in table.column_names}
