"""A population folder's files as arrays. Imports no OpenFisca: whoever only scans must not pay for it."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa

Columns = dict[str, np.ndarray]


def columns_in(path: Path) -> Columns:
    with pa.memory_map(str(path)) as file:
        table = pa.ipc.open_file(file).read_all()
        return {name: table[name].to_numpy() for name in table.column_names}


def parts_of(folder: Path) -> list[str]:
    return [part["name"] for part in json.loads((folder / "layout.json").read_text())["parts"]]


def part_in(folder: Path, name: str) -> tuple[Columns, Columns]:
    return columns_in(folder / f"{name}.households.arrow"), columns_in(folder / f"{name}.persons.arrow")


def whole(folder: Path) -> tuple[Columns, Columns]:
    found = [part_in(folder, name) for name in parts_of(folder)]
    return tuple({name: np.concatenate([part[of][name] for part in found]) for name in found[0][of]} for of in (0, 1))  # type: ignore[return-value]


def save(columns: Columns, path: Path) -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(values) for values in columns.values()], list(columns))
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)
