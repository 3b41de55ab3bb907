"""
Any OpenFisca system over a population folder, a part at a time: its formulas compiled into one pass over the households, in
as many threads as there are cores; or OpenFisca's own simulation of the part, which covers every formula, in processes.
"""

import gc
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from openfisca_core.simulations import Simulation

from onewindow.bulk.columns import Columns, columns_in, save

if TYPE_CHECKING:
    from onewindow.bulk.compiled.kernel import Kernel, Room

LAYOUT, KEYS, FEW_PARTS = "layout.json", ("household", "person", "members", "role"), 1
Progress = Callable[[int, int], None]
Backend = Literal["kernel", "openfisca"]


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
    by_openfisca: tuple[str, ...] = ()
    """What could not become part of the pass and went through OpenFisca's numpy: variable, file, line and reason."""


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
        backend: Backend = "kernel",
        may_refuse: bool = True,
        processes: int | None = None,
        each: Callable[[PartResult], None] | None = None,
        progress: Progress | None = None,
    ) -> RunReport:
        """
        Results of the population's shape: keys and outputs, whole numbers as narrow as a part's fit. `each` gets a part's
        as soon as it is there. Formulas that can't be lowered go through OpenFisca, or are raised if not `may_refuse`.
        """
        begun, layout = time.perf_counter(), layout_of(population)
        self._check(outputs)
        names = [part["name"] for part in layout["parts"]]
        many = 1 if len(names) <= FEW_PARTS else min(processes or os.cpu_count() or 1, len(names))
        with folder_for(into) as folder:
            given = (self.system, population, month, tuple(outputs), folder, layout["carried"])
            work = Compiled(*given, may_refuse=may_refuse) if backend == "kernel" else Work(*given)
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
        return RunReport(month, tuple(outputs), backend, *sizes, time.perf_counter() - begun, work.left_to_openfisca())

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
        households, persons = self.columns(name)
        found = self.computed(households, persons, [(output, self.month) for output in self.outputs])
        self.keep(name, households, persons, {output: found[output, self.month] for output in self.outputs})
        return name

    def columns(self, name: str) -> tuple[Columns, Columns]:
        households, persons = (columns_in(file_of(self.population, name, rows)) for rows in ("households", "persons"))
        check(name, households, persons, len(self.system.group_entities[0].flattened_roles))
        return households, persons

    def computed(
        self, households: Columns, persons: Columns, wanted: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], NDArray[Any]]:
        simulation = simulation_of(self.system, households, persons, self.month, self.carried)
        found = {key: simulation.calculate(*key) for key in wanted}
        del simulation
        gc.collect()  # a simulation and its populations hold each other: parts would pile up
        return found

    def keep(self, name: str, households: Columns, persons: Columns, found: Mapping[str, NDArray[Any]]) -> None:
        for rows, key, is_person in (("households", "household", False), ("persons", "person", True)):
            mine = {
                each: values
                for each, values in found.items()
                if self.system.variables[each].entity.is_person == is_person
            }
            keys = (households if rows == "households" else persons)[key]
            save({key: keys, **mine}, file_of(self.into, name, rows))

    def left_to_openfisca(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Compiled(Work):
    """One process: compiled code does not hold Python's lock, and the law and its code are there once."""

    may_refuse: bool = True
    kernels: "dict[frozenset[tuple[str, str]], Kernel]" = field(default_factory=dict)
    making: threading.Lock = field(default_factory=threading.Lock)
    mine: threading.local = field(default_factory=threading.local)

    def run(self, names: Sequence[str], processes: int) -> Iterator[str]:
        if processes == 1:
            yield from map(self.part, names)
            return
        with ThreadPoolExecutor(processes) as pool:
            for done in as_completed([pool.submit(self.part, name) for name in names]):
                yield done.result()

    def part(self, name: str) -> str:
        households, persons = self.columns(name)
        columns = self.inputs({**households, **persons})
        kernel = self.kernel_for(columns)
        if kernel.refused:
            columns |= self.computed(households, persons, list(kernel.refused))
        self.keep(name, households, persons, kernel.run(households["members"], persons["role"], columns, self.room()))
        return name

    def inputs(self, columns: Columns) -> dict[tuple[str, str], NDArray[Any]]:
        wanted = {name: values for name, values in columns.items() if name not in KEYS and name not in self.carried}
        return {key_of(self.system, name, self.month): values for name, values in wanted.items()}

    def kernel_for(self, columns: Mapping[tuple[str, str], Any]) -> "Kernel":
        """Parts may have other columns: an absent one is its variable's default for everybody."""
        from onewindow.bulk.compiled.kernel import Kernel  # noqa: PLC0415 numba takes most of a second

        keys = frozenset(columns)
        with self.making:
            if keys not in self.kernels:
                made = Kernel.of(self.system, self.month, self.outputs, sorted(keys), may_refuse=self.may_refuse)
                self.kernels[keys] = made
            return self.kernels[keys]

    def room(self) -> "Room":
        from onewindow.bulk.compiled.kernel import Room  # noqa: PLC0415 as above

        if not hasattr(self.mine, "room"):
            self.mine.room = Room()
        return self.mine.room

    def left_to_openfisca(self) -> tuple[str, ...]:
        return tuple(sorted({str(refused) for each in self.kernels.values() for refused in each.refused.values()}))


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
    name, period = key_of(system, column, month)
    simulation.set_input(name, period, values.astype(system.variables[name].dtype))


def key_of(system: Any, column: str, month: str) -> tuple[str, str]:
    """The variable and the period of a column."""
    name, _, given = column.partition("@")
    variable = system.variables.get(name)
    if variable is None:
        raise BadPopulation(f"the law has no variable {name}")
    unit = str(variable.definition_period)
    return name, {"eternity": "ETERNITY", "year": (given or month)[:4]}.get(unit, given or month)


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
