"""Each way to run the law over a city, as a process of its own: `python -m tests.bench.runs WAY CITY INTO [OUTPUT …]`."""

import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from tests.bench.files import Columns, columns_in, part_in, parts_of, save, whole

MONTH = "2025-10"
CORES = os.cpu_count() or 1


def kernel(city: Path, into: Path, outputs: Sequence[str]) -> dict[str, str]:
    from onewindow.bulk.engine import BulkEngine
    from onewindow.rules.system import system

    return {"backend": BulkEngine(system()).run(city, MONTH, outputs, into).backend}


def scan(city: Path, into: Path, like: Sequence[str]) -> None:
    """Every byte of the inputs looked at, as many bytes written as the results in `like` have; no law."""
    in_processes(partial(scan_part, city, into, Path(like[0])), parts_of(city))


def scan_part(city: Path, into: Path, like: Path, part: str) -> int:
    seen = 0
    for columns, rows in zip(part_in(city, part), ("households", "persons"), strict=True):
        seen += sum(int(values.view(np.uint8).max()) for values in columns.values())
        wanted = columns_in(like / f"{part}.{rows}.arrow") if (like / f"{part}.{rows}.arrow").exists() else {}
        save(
            {name: np.zeros(len(values), values.dtype) for name, values in wanted.items()},
            into / f"{part}.{rows}.arrow",
        )
    return seen


def openfisca_as_shipped(city: Path, into: Path, outputs: Sequence[str]) -> None:
    """The whole city in one simulation, as OpenFisca's documentation has it."""
    from onewindow.rules.system import system
    from tests.bench.plain import computed, simulation_of

    households, persons = whole(city)
    found = computed(simulation_of(system(), households, persons, MONTH), outputs, MONTH)
    keep(dict(found), households, persons, into, "part-00000")


def openfisca_at_its_best(city: Path, into: Path, outputs: Sequence[str]) -> None:
    """Part by part, in as many processes as cores, memberships set without OpenFisca's builder."""
    in_processes(partial(openfisca_part, city, into, outputs), parts_of(city))


def openfisca_part(city: Path, into: Path, outputs: Sequence[str], part: str) -> None:
    from onewindow.rules.system import system
    from tests.bench.plain import computed, fast_simulation_of

    households, persons = part_in(city, part)
    found = dict(computed(fast_simulation_of(system(), households, persons, MONTH), outputs, MONTH))
    gc.collect()  # a simulation and its populations hold each other
    keep(found, households, persons, into, part)


def keep(found: Columns, households: Columns, persons: Columns, into: Path, part: str) -> None:
    from onewindow.rules.system import system

    of = {name: system().variables[name].entity.key for name in found}
    for key, columns in (("household", households), ("person", persons)):
        mine = {
            name: values.view(np.uint8) if values.dtype == bool else values
            for name, values in found.items()
            if of[name] == key
        }
        save({key: columns[key], **mine}, into / f"{part}.{key}s.arrow")


def duckdb_by_hand(city: Path, into: Path, _: Sequence[str]) -> None:
    import duckdb
    import pyarrow as pa
    import pyarrow.dataset as ds

    link = duckdb.connect()
    for table in ("persons", "households"):
        files = sorted(str(path) for path in city.glob(f"*.{table}.arrow"))
        link.register(table, ds.dataset(files, format="ipc"))
    reader = link.sql(Path(__file__).with_name("by_hand.sql").read_text()).to_arrow_reader(1_000_000)
    with (
        pa.OSFile(str(into / "part-00000.households.arrow"), "wb") as file,
        pa.ipc.new_file(file, reader.schema) as out,
    ):
        for batch in reader:
            out.write_batch(batch)


def in_processes(one: Callable[[str], object], parts: Sequence[str]) -> None:
    if CORES == 1 or len(parts) == 1:
        for part in parts:
            one(part)
        return
    with ProcessPoolExecutor(CORES, get_context("fork")) as pool:
        list(pool.map(one, parts))


WAYS = {
    "kernel": kernel, "scan": scan,
    "openfisca_as_shipped": openfisca_as_shipped, "openfisca_at_its_best": openfisca_at_its_best,
    "duckdb_by_hand": duckdb_by_hand,
}  # fmt: skip


if __name__ == "__main__":
    way, city, into, *outputs = sys.argv[1:]
    Path(into).mkdir(parents=True, exist_ok=True)
    print(json.dumps(WAYS[way](Path(city), Path(into), outputs) or {}))
