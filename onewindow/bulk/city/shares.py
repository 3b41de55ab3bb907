"""The tables beside this file: how large each district is, who lives together, who is disabled. Each row names its source."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).with_name("shares")
Numbers = NDArray[np.float64]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def names(of: str, column: str = "code") -> list[str]:
    return [row[column] for row in table(of)]


@cache
def numbers(of: str, column: str) -> Numbers:
    return np.array([float(row[column]) for row in table(of)])


@cache
def shares(of: str, column: str = "share") -> Numbers:
    """Summing to one."""
    found = numbers(of, column)
    return found / found.sum()
