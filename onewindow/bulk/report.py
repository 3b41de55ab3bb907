"""Who gets what by district and kind of household, from a population and its results: Ibis on DuckDB, one part after the other."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis  # type: ignore[import-untyped]
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

KEYS = ("household", "person")
BY = ("district", "household_type")
Table = Any


def report(population: Path, results: Path, outputs: Sequence[str], by: Sequence[str] = BY) -> list[dict[str, Any]]:
    """A row for each group: households, persons; of each output the sum, and how many households have any of it."""
    layout = layout_of(population)
    link = ibis.duckdb.connect()
    summed = [added(link, table, by) for table in tables(population, results, layout, outputs)]
    if not summed:
        return []
    whole = link.create_table("whole", pa.concat_tables(summed))
    measures = {name: whole[name].sum().cast("int64") for name in whole.columns if name not in by}
    found = whole.group_by(list(by)).aggregate(**measures).order_by(list(by)).to_pyarrow().to_pylist()
    return [named(row, layout["carried"], by) for row in found]


def layout_of(population: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((population / "layout.json").read_text(encoding="utf-8"))
    return found


def tables(population: Path, results: Path, layout: dict[str, Any], outputs: Sequence[str]) -> Iterator[Table]:
    """A part at a time, one row for each household: what persons have is summed over the household."""
    for part in layout["parts"]:
        homes = read(population / f"{part['name']}.households.arrow")
        sizes = homes["members"].to_numpy().astype(np.int64)
        columns = {name: homes[name] for name in ("members", *layout["carried"])}
        for rows in ("households", "persons"):
            path = results / f"{part['name']}.{rows}.arrow"
            found = read(path) if path.exists() else pa.table({})
            for name in (each for each in outputs if each in found.column_names):
                values = found[name].to_numpy().astype(np.int64)
                columns[name] = values if rows == "households" else over_homes(values, sizes)
        yield pa.table(columns)


def over_homes(values: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    return np.add.reduceat(values, np.cumsum(sizes) - sizes)


def added(link: Any, table: Table, by: Sequence[str]) -> Table:
    homes = ibis.memtable(table)
    measures = {"households": homes.count(), "persons": homes["members"].sum().cast("int64")}
    for name in homes.columns:
        if name not in (*BY, *by, "members"):
            measures[name] = homes[name].sum().cast("int64")
            measures[f"{name}_households"] = (homes[name] > 0).sum().cast("int64")
    return link.to_pyarrow(homes.group_by(list(by)).aggregate(**measures))


def named(row: dict[str, Any], carried: dict[str, list[str]], by: Sequence[str]) -> dict[str, Any]:
    return {**row, **{name: carried[name][row[name]] for name in by}}


def read(path: Path) -> Table:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()
