"""Asks the bulk engine, and gives back what it found part by part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onewindow.bulk.columns import columns_in, results_in
from onewindow.bulk.engine import BulkEngine
from onewindow.rules.system import system
from onewindow.rules.unknown import said_in_words

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
    with said_in_words():
        BulkEngine(system()).run(population, month, list(outputs), into, progress=progress)
    return parts(population, into, outputs)


def parts(population: Path, results: Path, outputs: Sequence[str]) -> Iterator[Found]:
    for homes in sorted(results.glob("*.households.arrow")):
        people = homes.with_name(homes.name.replace("households", "persons"))
        told = {**results_in(homes), **results_in(people)}
        members = columns_in(population / homes.name)["members"].astype(np.int64)
        first = np.cumsum(members) - members
        owner = np.repeat(np.arange(len(members)), members)
        yield Found(told["household"], told["person"], first, owner, {name: told[name] for name in outputs})
