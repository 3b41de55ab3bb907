"""
Any OpenFisca system over a population folder, a part at a time in as many processes as there are cores: OpenFisca's own
simulation on the part's columns, which covers every formula and is what a compiled kernel would have to equal.
"""

import gc
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.simulations import Simulation

from onewindow.bulk.columns import Columns, columns_in, save

LAYOUT, KEYS, FEW_PARTS = "layout.json", ("household", "person", "members", "role"), 1
Progress = Callable[[int, int], None]


class BadPopulation(Exception):
    """The folder is not as agreed; the message says which part and what."""


@dataclass(frozen=True)
class PartResult:
    name: str
    households: Columns
    persons: Columns


@dataclass(frozen=True)
class RunReport:
    month: str
    outputs: tuple[str, ...]
    backend: str
    households: int
    persons: int
    parts: int
    processes: int
    seconds: float


class BulkEngine:
    def __init__(self, system: Any) -> None:
        self.system = system
        if len(system.group_entities) != 1:
            raise ValueError("the bulk engine knows systems with one group entity")

    def run(
        self,
        population: Path,
        month: str,
        outputs: Sequence[str],
        into: Path | None = None,
        *,
        processes: int | None = None,
        each: Callable[[PartResult], None] | None = None,
        progress: Progress | None = None,
    ) -> RunReport:
        """Results of the population's shape: keys and outputs. `each` gets a part's as soon as it is there."""
        begun, layout = time.perf_counter(), layout_of(population)
        self._check(outputs)
        names = [part["name"] for part in layout["parts"]]
        many = 1 if len(names) <= FEW_PARTS else min(processes or os.cpu_count() or 1, len(names))
        with folder_for(into) as folder:
            work = Work(self.system, population, month, tuple(outputs), folder, layout["carried"])
            for done, name in enumerate(work.run(names, many), 1):
                if each:
                    each(
                        PartResult(
                            name, *(columns_in(file_of(folder, name, rows)) for rows in ("households", "persons"))
                        )
                    )
                if progress:
                    progress(done, len(names) - done)
            told = {**layout, "month": month, "carried": {}, "note": f"results: {', '.join(outputs)}"}
            (folder / LAYOUT).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        sizes = (layout["households"], layout["persons"], len(names), many)
        return RunReport(month, tuple(outputs), "openfisca", *sizes, time.perf_counter() - begun)

    def _check(self, outputs: Sequence[str]) -> None:
        if unknown := [name for name in outputs if name not in self.system.variables]:
            raise ValueError(f"no variables {', '.join(unknown)}")


@dataclass(frozen=True)
class Work:
    system: Any
    population: Path
    month: str
    outputs: tuple[str, ...]
    into: Path
    carried: dict[str, Any]

    def run(self, names: Sequence[str], processes: int) -> Iterator[str]:
        if processes == 1:
            for name in names:
                yield self.part(name)
            return
        global _work
        _work = self
        gc.freeze()  # the law stays: no collection looks at it again, no page of it is copied
        # Forked: a system with a reform in it can't be sent to another process.
        with ProcessPoolExecutor(processes, get_context("fork")) as pool:
            asked: list[Future[str]] = [pool.submit(_part, name) for name in names]
            for done in as_completed(asked):
                yield done.result()

    def part(self, name: str) -> str:
        households, persons = (columns_in(file_of(self.population, name, rows)) for rows in ("households", "persons"))
        check(name, households, persons, len(self.system.group_entities[0].flattened_roles))
        simulation = simulation_of(self.system, households, persons, self.month, self.carried)
        found = {output: simulation.calculate(output, self.month) for output in self.outputs}
        del simulation
        gc.collect()  # a simulation and its populations hold each other: parts would pile up
        for rows, key, is_person in (("households", "household", False), ("persons", "person", True)):
            mine = {
                each: values
                for each, values in found.items()
                if self.system.variables[each].entity.is_person == is_person
            }
            keys = (households if rows == "households" else persons)[key]
            save({key: keys, **mine}, file_of(self.into, name, rows))
        return name


_work: Work
"""What the forked processes work on."""


def _part(name: str) -> str:
    return _work.part(name)


def simulation_of(
    system: Any, households: Columns, persons: Columns, month: str, carried: Sequence[str] | dict[str, Any] = ()
) -> Simulation:
    """Memberships are set outright: OpenFisca's builder goes through every person in Python."""
    populations = system.instantiate_entities()
    people, group = populations[system.person_entity.key], populations[system.group_entities[0].key]
    people.ids, people.count = persons["person"], len(persons["person"])
    group.ids, group.count = households["household"], len(households["household"])
    group.members_entity_id = np.repeat(np.arange(group.count), households["members"])
    group.members_role = np.array(system.group_entities[0].flattened_roles, object)[persons["role"]]
    simulation = Simulation(tax_benefit_system=system, populations=populations)
    for columns in (households, persons):
        for column, values in columns.items():
            if column not in KEYS and column not in carried:
                put(simulation, system, column, values, month)
    return simulation


def put(simulation: Simulation, system: Any, column: str, values: NDArray[Any], month: str) -> None:
    name, _, given = column.partition("@")
    variable = system.variables.get(name)
    if variable is None:
        raise BadPopulation(f"the law has no variable {name}")
    unit = str(variable.definition_period)
    period = {"eternity": "ETERNITY", "year": (given or month)[:4]}.get(unit, given or month)
    simulation.set_input(name, period, values.astype(variable.dtype))


def check(name: str, households: Columns, persons: Columns, roles: int) -> None:
    """Cheap, and refuses what would compute nonsense in silence."""
    if not len(households["members"]) or households["members"].min() < 1:
        raise BadPopulation(f"{name}: a household without members")
    if int(households["members"].sum()) != len(persons["person"]):
        raise BadPopulation(f"{name}: the households' members are not as many as its persons")
    if persons["role"].max() >= roles:
        raise BadPopulation(f"{name}: a role that the law does not have")


def file_of(folder: Path, name: str, rows: str) -> Path:
    return folder / f"{name}.{rows}.arrow"


def layout_of(population: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((population / LAYOUT).read_text(encoding="utf-8"))
    return found


@contextmanager
def folder_for(into: Path | None) -> Iterator[Path]:
    """Results that nobody wants to keep still go by a folder: a part's arrays are mapped, not sent between processes."""
    if into is None:
        with tempfile.TemporaryDirectory(prefix="onewindow-bulk-") as folder:
            yield Path(folder)
    else:
        into.mkdir(parents=True, exist_ok=True)
        yield into
