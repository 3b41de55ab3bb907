"""
The law over a whole city: `python -m tests.bench.city [--people N]… [--whole] [--publish]`. Each way is a process of its own
from its start to its end, the ways take turns, medians are shown, and every cell of the results is compared.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil
from openfisca_core.errors import ParameterNotFoundError

from onewindow.bulk.city.making import city_of, write
from onewindow.rules.assess import assess
from onewindow.rules.system import law_version, system
from tests.bench.comparing import Compared, compare
from tests.bench.files import part_in, parts_of
from tests.bench.measuring import ROOT, Cost, measured
from tests.bench.plain import fast_simulation_of

MONTH, WHOLE, ROUNDS = "2025-10", 13_800_000, 3
CLUSTER_MARK = "## On a cluster"
SHIPPED_BYTES_A_PERSON = 500  # measured at a million
DIBAO = (
    "counted_household_size", "counted_income", "per_capita_income", "dibao_eligible", "dibao_amount",
    "is_marginal_household",
)  # fmt: skip
WORDS = {
    "scan": "only scanning and writing the same bytes",
    "kernel": "our engine",
    "openfisca_at_its_best": "OpenFisca at its best: by parts, a process for each core",
    "openfisca_as_shipped": "OpenFisca as shipped: the whole city in one simulation",
    "kernel_dibao": "our engine, dibao and its margin only",
    "duckdb_by_hand": "SQL written by hand on DuckDB, dibao and its margin only",
}


def computable() -> list[str]:
    """Everything the law computes for this month; what needs a figure nobody found is refused by OpenFisca itself."""
    city = city_of(50, MONTH, 1, 12)
    with tempfile.TemporaryDirectory() as folder:
        write(city, Path(folder), processes=1)
        parts = part_in(Path(folder), parts_of(Path(folder))[0])
    simulation = fast_simulation_of(system(), *parts, MONTH)
    return [name for name, variable in system().variables.items() if variable.formulas and can(simulation, name)]


def can(simulation: object, name: str) -> bool:
    try:
        simulation.calculate(name, MONTH)  # type: ignore[attr-defined]
    except ParameterNotFoundError:
        return False
    return True


@dataclass
class Bench:
    people: int
    outputs: list[str]
    folder: Path
    rounds: int
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    compared: dict[str, Compared] = field(default_factory=dict)
    persons: int = 0
    households: int = 0
    input_bytes: int = 0
    output_bytes: int = 0

    @property
    def city(self) -> Path:
        return self.folder / "city"

    def run(self) -> None:
        city = city_of(self.people, MONTH, 1, 12)
        self.persons, self.households = write(city, self.city), city.households
        self.input_bytes = size_of(self.city)
        self.once("kernel", "kernel")  # what the scan writes is like it; its cost is said apart
        for _ in range(self.rounds):
            for name in self.ways():
                self.once(name, name.removesuffix("_dibao"))
        self.output_bytes = size_of(self.folder / "kernel")
        others = {name: self.folder / name for name in self.costs if name.startswith(("openfisca", "duckdb"))}
        self.compared = {WORDS[name]: compare(self.folder / "kernel", folder) for name, folder in others.items()}

    def ways(self) -> list[str]:
        """OpenFisca as shipped holds the whole city at once: only where the machine has twice that free."""
        needed = self.persons * SHIPPED_BYTES_A_PERSON
        return [
            name for name in WORDS if name != "openfisca_as_shipped" or needed * 2 < psutil.virtual_memory().available
        ]

    def once(self, name: str, way: str) -> None:
        into = self.folder / name
        shutil.rmtree(into, ignore_errors=True)
        outputs = DIBAO if name in ("kernel_dibao", "duckdb_by_hand") else self.outputs
        if name == "scan":
            outputs = [str(self.folder / "kernel")]
        cost = measured(way, str(self.city), str(into), *outputs)
        put_away(into)
        self.costs.setdefault(name, []).append(cost)
        print(
            f"  {self.people:>11,}  {name:<24} {cost.wall:7.2f} s  cpu {cost.cpu:7.2f} s  {cost.peak_mib:7.0f} MiB",
            flush=True,
        )

    def rows(self) -> Iterator[str]:
        ours = self.costs["kernel"][1:]
        for name, words in WORDS.items():
            if name not in self.costs:
                yield f"| {words} | not run: it would need more than half of the free memory | | | | | | |"
                continue
            costs = self.costs[name][1:] if name == "kernel" else self.costs[name]
            pairs = [cost.wall / kernel.wall for cost, kernel in zip(costs, ours, strict=True)]
            work = statistics.median(cost.cpu / kernel.cpu for cost, kernel in zip(costs, ours, strict=True))
            yield (
                f"| {words} | {middle(costs, 'wall'):.2f} | {middle(costs, 'cpu'):.2f} | {middle(costs, 'peak_mib'):,.0f} "
                f"| {middle(costs, 'peak_own_mib'):,.0f} | {middle(costs, 'cpu') / self.persons * 1e6:.2f} "
                f"| {statistics.median(pairs):.2f} ({min(pairs):.2f}–{max(pairs):.2f}) | {work:.2f} |"
            )

    def aims(self) -> str:
        """What was promised, by the clock, whether kept or not."""
        ours = middle(self.costs["kernel"][1:], "wall")
        peak = middle(self.costs["kernel"][1:], "peak_mib")
        told = [f"{ours / middle(self.costs['scan'], 'wall'):.1f} times scanning and writing (aim: at most 3)"]
        for name, aim in (("openfisca_as_shipped", 10), ("openfisca_at_its_best", 3)):
            if name in self.costs:
                told.append(
                    f"{middle(self.costs[name], 'wall') / ours:.1f} times faster than {WORDS[name].partition(':')[0]} (aim: {aim})"
                )
        return f"Against the aims: {'; '.join(told)}; {peak:,.0f} MiB (aim: at most 1,024)."

    def text(self) -> str:
        first = self.costs["kernel"][0]
        compared = "; ".join(
            f"against {words}: {each.differing} of {each.cells:,} cells differ" for words, each in self.compared.items()
        )
        return "\n".join(
            [
                f"### {self.persons:,} people in {self.households:,} households",
                "",
                f"Inputs {self.input_bytes / 1e6:,.0f} MB, results {self.output_bytes / 1e6:,.0f} MB, {self.rounds} rounds.",
                "",
                "| how | wall s | CPU s | peak MiB | of it not files | CPU µs a person | wall against our engine (least–most) | CPU against it |",
                "|---|---|---|---|---|---|---|---|",
                *self.rows(),
                "",
                f"Our engine ran on its backend `{first.told['backend']}`; its first run, with the files not yet in memory, took {first.wall:.2f} s.",
                f"Every cell of its results {compared}.",
                self.aims(),
                "",
            ]
        )


def put_away(folder: Path) -> None:
    """The next way must not pay for this one: its gigabytes go to the disk and out of the memory."""
    os.sync()
    for path in folder.glob("*.arrow"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def middle(costs: list[Cost], what: str) -> float:
    return statistics.median(getattr(cost, what) for cost in costs)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.arrow"))


def one_family(times: int = 60) -> str:
    persons = {
        "a": {"birth": "1970-05-01", "wage_income": 1000_00, "disability_level": 2, "disability_category": 4},
        "b": {"birth": "1972-05-01", "rigid_expense": 200_00}, "c": {"birth": "2012-03-01", "is_student": True},
    }  # fmt: skip
    family = {"applicant": ["a"], "spouse": ["b"], "children": ["c"], "monetary_property": 5000_00}
    situation = {"persons": persons, "household": family}
    taken = [milliseconds(lambda: assess(situation, MONTH, ["dibao_eligible", "dibao_amount"])) for _ in range(times)]
    warm = taken[5:]
    return (
        f"One family of three, dibao with its explanation, in one process: first {taken[0]:.0f} ms, after warm-up "
        f"median {statistics.median(warm):.1f} ms, slowest of {len(warm)} {max(warm):.1f} ms (aim: under 30 ms)."
    )


def milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def machine() -> str:
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "?")  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, load before {os.getloadavg()[0]:.1f}"


HEAD = """# What the whole city costs

Written by `make bench` (`python -m tests.bench.city --publish`), never by hand. Each row is a process of its own from start to
end: Python, imports, reading the law, computing, results written. The ways take turns, each begins when what the one before
wrote is on the disk and out of the memory; medians; ratios are of the same round.
Peaks are of all processes of a way together, shared pages once; pages of mapped files are in the first of the two.
Ratios hold better than seconds, and CPU seconds better than the clock's: on a machine that does other work, all rows are slower.
People have the incomes and expenses of twelve months. "Our engine" traces OpenFisca's formula classes, writes them as one pass over the
households and compiles it in the run itself; nothing is kept from an earlier one. It writes whole numbers in half their width
where a part's fit, and reads only the columns that a formula asks for; "only scanning" reads all. "OpenFisca at its best" is
our rules' own design too: whole numbers, no parameter indexed by an array, whole parts in as many processes as cores.

"""


def publish(text: str) -> None:
    """What `tests.bench.on_cluster` has written below stays."""
    page = ROOT / "docs" / "bench.md"
    _, mark, below = page.read_text(encoding="utf-8").partition(CLUSTER_MARK) if page.exists() else ("", "", "")
    page.write_text(f"{text.rstrip()}\n\n{mark}{below}".rstrip() + "\n", encoding="utf-8")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, action="append", default=[])
    asked.add_argument("--whole", action="store_true", help="13.8 million too")
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--publish", action="store_true", help="write docs/bench.md")
    told = asked.parse_args()
    sizes = [*(told.people or [100_000, 1_000_000]), *([WHOLE] if told.whole else [])]
    begun = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC. {machine()}. Law {law_version()}, month {MONTH}"
    outputs = computable()
    texts = [f"{begun}; {len(outputs)} computed variables.", "", one_family(), ""]
    print("\n".join(texts), flush=True)
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="onewindow-bench-", dir=os.environ.get("BENCH_DIR")) as folder:
            bench = Bench(people, outputs, Path(folder), told.rounds)
            bench.run()
            texts.append(bench.text())
            print(texts[-1], flush=True)
            wrong = sum(each.differing for each in bench.compared.values())
            if wrong:
                sys.exit(f"{wrong} cells differ: not published")
    if told.publish:
        publish(HEAD + "\n".join(texts))


if __name__ == "__main__":
    main()
