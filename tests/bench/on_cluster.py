"""
The same city embedded and on a standalone Spark cluster of separate workers on this machine: what going distributed costs.
`python -m tests.bench.on_cluster [--people N] [--publish]`; needs pyspark (group `cluster`) and java.
"""

import argparse
import filecmp
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from onewindow.bulk.city.making import City, city_of, write
from onewindow.bulk.engine import BulkEngine
from onewindow.bulk.spark import PartDone, run
from onewindow.bulk.tests.cluster import cluster, why_not
from onewindow.rules.system import system
from tests.bench.city import CLUSTER_MARK, computable, machine
from tests.bench.measuring import ROOT

MONTH, COUNTRY, MANY_CORES = "2025-10", 1_400_000_000, 64
HERE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.executor.memory": "512m"}


def on_workers(city: Path, outputs: list[str], into: Path, workers: int) -> tuple[float, float, list[PartDone]]:
    """Seconds of the first run, and of a second one whose session and processes are new but whose files are in memory."""
    with tempfile.TemporaryDirectory(prefix="onewindow-spark-") as folder, cluster(Path(folder), workers) as address:
        done: list[PartDone] = []

        def once(name: str) -> None:
            done[:] = run(city, MONTH, outputs, into / name, master=address, settings=HERE)

        first = seconds(lambda: once("first"))
        return first, seconds(lambda: once("second")), done


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def differing(one: Path, other: Path) -> int:
    names = [path.name for path in one.glob("*.arrow")]
    _, different, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    return len(different) + len(missing)


def measure(people: int, folder: Path) -> str:
    outputs, city = computable(), city_of(people, MONTH, 1)
    persons = write(city, folder / "city")
    rows = [embedded(folder, outputs, many) for many in (1, 2)]
    work = 0.0
    for workers in (1, 2):
        first, second, done = on_workers(folder / "city", outputs, folder / f"spark-{workers}", workers)
        wrong = differing(folder / "embedded-2", folder / f"spark-{workers}" / "second")
        work = sum(each.seconds for each in done)
        pids = len({each.pid for each in done})
        rows.append(
            f"| Spark, {workers} worker(s) of one core | {first:.1f} | {second:.1f} | {work:.1f} in {pids} Python processes | {wrong} |"
        )
    return text(city, persons, rows, work)


def embedded(folder: Path, outputs: list[str], many: int) -> str:
    engine = BulkEngine(system())
    first, second = (
        seconds(lambda: engine.run(folder / "city", MONTH, outputs, folder / f"embedded-{many}", processes=many))
        for _ in range(2)
    )
    return f"| embedded, {many} process(es) | {first:.1f} | {second:.1f} | | |"


def text(city: City, persons: int, rows: list[str], work: float) -> str:
    each = work / persons
    return "\n".join(
        [
            CLUSTER_MARK,
            "",
            f"{machine()}. {persons:,} people in {city.parts} parts; a standalone master and workers, each a process of its own.",
            "",
            "| how | first s | again s | seconds inside the parts | files that differ |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"On paper, not measured: {each * 1e6:.2f} µs a person inside the parts; {COUNTRY / 1e9:.1f} billion people on "
            f"{MANY_CORES} such cores are {each * COUNTRY / MANY_CORES:,.0f} s of computing, if parts come from storage as fast as here "
            f"({MANY_CORES} cores would read {95 * MANY_CORES / max(each * 1e6, 0.001):,.0f} MB a second), no worker is lost, and "
            "Spark's start is paid once.",
            "",
        ]
    )


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=1_000_000)
    asked.add_argument("--publish", action="store_true")
    told = asked.parse_args()
    if reason := why_not():
        sys.exit(reason)
    with tempfile.TemporaryDirectory(prefix="onewindow-bench-") as folder:
        found = measure(told.people, Path(folder))
    print(found)
    if told.publish:
        page = ROOT / "docs" / "bench.md"
        before = page.read_text(encoding="utf-8").partition(CLUSTER_MARK)[0].rstrip()
        page.write_text(f"{before}\n\n{found}", encoding="utf-8")


if __name__ == "__main__":
    main()
