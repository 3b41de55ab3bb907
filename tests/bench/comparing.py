"""Two folders of results, cell by cell."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onewindow.bulk.columns import batches_in

KEYS = {"household", "person"}


@dataclass
class Compared:
    cells: int = 0
    differing: int = 0


def compare(mine: Path, other: Path) -> Compared:
    """Of the columns that both have; rows by key, whatever the parts."""
    found = Compared()
    for rows in ("households", "persons"):
        if not list(other.glob(f"*.{rows}.arrow")):
            continue
        left, right = in_order(mine, rows), in_order(other, rows)
        for columns in zip(left, right, strict=True):
            for name in (set(columns[0]) & set(columns[1])) | (KEYS & set(columns[0])):
                found.cells += len(columns[0][name])
                found.differing += int((columns[0][name] != columns[1][name]).sum())
    return found


def in_order(folder: Path, rows: str, cut: int = 200_000):
    """Slices of the same length in both folders."""
    waiting: list[dict[str, np.ndarray]] = []
    for path in sorted(folder.glob(f"*.{rows}.arrow")):
        for batch in batches_in(path):
            waiting.append(batch)
            while sum(map(length, waiting)) >= cut:
                joined = join(waiting)
                yield {name: values[:cut] for name, values in joined.items()}
                waiting = [{name: values[cut:] for name, values in joined.items()}]
    if waiting:
        yield join(waiting)


def length(columns: dict[str, np.ndarray]) -> int:
    return len(next(iter(columns.values())))


def join(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
