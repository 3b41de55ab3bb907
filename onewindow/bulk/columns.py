"""
Arrow files as numpy columns and back, mapped and without copies. By buffers: pyarrow's own ways to numpy import pandas, if it
is installed, which takes a second and a half of every process.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]
DAY = np.dtype("datetime64[D]")


def columns_in(path: Path) -> Columns:
    """Of the one batch of the file."""
    (found,) = batches_in(path)
    return found


def results_in(path: Path) -> Columns:
    """For sums: whole numbers in 64 bits, whatever width a run has kept them in."""
    return {
        name: values.astype(np.int64) if values.dtype.kind == "i" else values
        for name, values in columns_in(path).items()
    }


def batches_in(path: Path) -> Iterator[Columns]:
    with pa.memory_map(str(path)) as file:
        told = pa.ipc.open_file(file)
        for number in range(told.num_record_batches):
            batch = told.get_batch(number)
            yield dict(zip(batch.schema.names, map(array_of, batch.columns), strict=True))


def array_of(column: Any) -> NDArray[Any]:
    if column.null_count or pa.types.is_boolean(column.type):
        raise ValueError("a column with gaps, or of bits")
    is_day = column.type == pa.date32()
    kind = np.dtype(np.int32 if is_day else column.type.to_pandas_dtype())
    values = np.frombuffer(column.buffers()[1], kind, len(column), column.offset * kind.itemsize)
    return values.astype(DAY) if is_day else values


def save(columns: Columns, path: Path) -> None:
    """Uncompressed, so that a reader maps it into memory instead of reading it."""
    batch = pa.RecordBatch.from_arrays([arrow_of(values) for values in columns.values()], list(columns))
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
        writer.write_batch(batch)


def arrow_of(values: NDArray[Any]) -> Any:
    kind = pa.from_numpy_dtype(values.dtype)
    if values.dtype.kind == "M":
        values = values.astype(DAY).astype(np.int32)
        kind = pa.date32()
    elif values.dtype == bool:
        values, kind = values.view(np.uint8), pa.uint8()
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])
