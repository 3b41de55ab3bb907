"""The population folder, written: layout.json and two Arrow files for each part, as README.md of the bulk engine has them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from onewindow.bulk.city.drawing import Array

Columns = dict[str, Array]


def save(columns: Columns, path: Path) -> None:
    """Uncompressed, so that a reader maps it into memory instead of reading it."""
    batch = pa.RecordBatch.from_arrays([pa.array(values) for values in columns.values()], list(columns))
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)


def save_layout(
    into: Path, month: str, parts: Sequence[Mapping[str, Any]], carried: Mapping[str, Sequence[str]], note: str
) -> None:
    """Last of all: a folder without it is not finished."""
    layout = {
        "format": 1,
        "month": month,
        "households": sum(part["households"] for part in parts),
        "persons": sum(part["persons"] for part in parts),
        "carried": carried,
        "note": note,
        "parts": parts,
    }
    (into / "layout.json").write_text(json.dumps(layout, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
