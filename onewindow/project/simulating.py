"""What another figure of the law would cost: the city reckoned twice, before and after, and who gains or loses where."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from onewindow.bulk.columns import columns_in, results_in
from onewindow.bulk.engine import BulkEngine
from onewindow.bulk.report import layout_of, over_homes
from onewindow.rules.reforming import reformed, values_before
from onewindow.rules.system import system

OF_HOUSEHOLD = ("dibao_amount", "marginal_grant")
OF_PERSON = (
    "single_person_dibao_amount", "tekun_amount", "disability_living_subsidy", "disability_care_subsidy",
    "old_age_allowance", "home_care_subsidy", "orphan_allowance", "unattended_child_allowance",
)  # fmt: skip
SUMS = (*OF_HOUSEHOLD, *OF_PERSON)
GAP = ("dibao_standard", "counted_household_size", "counted_income")
Progress = Callable[[int, int], None]
Columns = Mapping[str, Any]


@dataclass
class Line:
    """One district or kind of household, by month, in fen."""

    name: str
    households: int = 0
    before_fen: int = 0
    after_fen: int = 0
    gaining: int = 0
    losing: int = 0
    newly: int = 0
    ending: int = 0
    gap_before_fen: int = 0
    """By how much all households together stay below the standard, after what is paid. The standard is that of after."""
    gap_after_fen: int = 0

    @property
    def more_fen(self) -> int:
        return self.after_fen - self.before_fen


@dataclass
class Simulated:
    month: str
    changes: dict[str, tuple[int, int]]
    """Name of the figure → before, after."""
    whole: Line = field(default_factory=lambda: Line("全市"))
    by: dict[str, list[Line]] = field(default_factory=dict)
    months: list[dict[str, Any]] = field(default_factory=list)
    """What each month costs before and after; the first is `month`."""


def simulate(
    population: Path, month: str, changes: Mapping[str, int], progress: Progress | None = None, months: int = 1
) -> Simulated:
    """`changes`: figures by name, sums in fen. Who gains or loses is said of the first month, what it costs of each."""
    values = values_before(changes, month)
    found = []
    for nth, each in enumerate(months_from(month, months)):
        show = partial(of_all, progress, nth, months)
        found.append(simulate_month(population, each, changes, month, show))
    told = Simulated(month, values, found[0].whole, found[0].by)
    told.months = [
        {"month": each.month, "before_fen": each.whole.before_fen, "after_fen": each.whole.after_fen} for each in found
    ]
    return told


def months_from(month: str, count: int) -> list[str]:
    first = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{nth // 12:04d}-{nth % 12 + 1:02d}" for nth in range(first, first + count)]


def of_all(progress: Progress | None, nth: int, months: int, done: int, left: int) -> None:
    """Of all months, as parts done and parts left."""
    if progress:
        parts = done + left
        progress(nth * parts + done, (months - nth - 1) * parts + left)


def simulate_month(
    population: Path, month: str, changes: Mapping[str, int], since: str, progress: Progress | None = None
) -> Simulated:
    """Parts are compared one by one, so memory does not grow with the city."""
    told, layout = Simulated(month, {}), layout_of(population)
    told.by = {kind: [Line(name) for name in names] for kind, names in layout["carried"].items()}
    with tempfile.TemporaryDirectory(prefix="onewindow-simulate-") as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        BulkEngine(system()).run(population, month, [*SUMS, *GAP], before)
        BulkEngine(reformed(changes, since)).run(population, month, [*SUMS, *GAP], after, progress=progress)
        for part in layout["parts"]:
            homes = columns_in(population / f"{part['name']}.households.arrow")
            add(told, homes, of_homes(before, part["name"], homes), of_homes(after, part["name"], homes))
    return told


def of_homes(results: Path, part: str, homes: Columns) -> dict[str, Any]:
    """Each household's sum of everything paid, and what it lives on."""
    members = homes["members"].astype(np.int64)
    found = results_in(results / f"{part}.households.arrow")
    persons = results_in(results / f"{part}.persons.arrow")
    by_person: Any = np.sum([persons[name] for name in OF_PERSON], axis=0, dtype=np.int64)
    by_household = np.sum([found[name] for name in OF_HOUSEHOLD], axis=0, dtype=np.int64)
    # Who is kept as tekun gets no dibao beside it (特困与低保不可同时享受).
    has_tekun = over_homes(persons["tekun_amount"].astype(np.int64), members) > 0
    return {**found, "paid": np.where(has_tekun, 0, by_household) + over_homes(by_person, members)}


def add(told: Simulated, homes: Columns, before: Columns, after: Columns) -> None:
    old, new = before["paid"], after["paid"]
    needed = after["dibao_standard"] * after["counted_household_size"]
    measures = {
        "households": np.ones(len(old), np.int64),
        "before_fen": old,
        "after_fen": new,
        "gaining": new > old,
        "losing": new < old,
        "newly": (old == 0) & (new > 0),
        "ending": (old > 0) & (new == 0),
        "gap_before_fen": np.maximum(needed - before["counted_income"] - before["dibao_amount"], 0),
        "gap_after_fen": np.maximum(needed - after["counted_income"] - after["dibao_amount"], 0),
    }
    for name, values in measures.items():
        setattr(told.whole, name, getattr(told.whole, name) + int(values.sum()))
        for kind, lines in told.by.items():
            for line, value in zip(lines, grouped(homes[kind], values, len(lines)), strict=True):
                setattr(line, name, getattr(line, name) + value)


def grouped(codes: Any, values: Any, count: int) -> Iterator[int]:
    """Whole numbers: numpy's bincount would weigh in floats."""
    sums = np.zeros(count, np.int64)
    np.add.at(sums, codes, values.astype(np.int64))
    return map(int, sums)
