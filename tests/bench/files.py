"""A population folder's files as arrays. Imports no OpenFisca: whoever only scans must not pay for it."""

import json
from pathlib import Path

import numpy as np

from onewindow.bulk.columns import Columns, columns_in, save

__all__ = ["Columns", "columns_in", "part_in", "parts_of", "save", "whole"]


def parts_of(folder: Path) -> list[str]:
    return [part["name"] for part in json.loads((folder / "layout.json").read_text())["parts"]]


def part_in(folder: Path, name: str) -> tuple[Columns, Columns]:
    return columns_in(folder / f"{name}.households.arrow"), columns_in(folder / f"{name}.persons.arrow")


def whole(folder: Path) -> tuple[Columns, Columns]:
    found = [part_in(folder, name) for name in parts_of(folder)]
    return tuple({name: np.concatenate([part[of][name] for part in found]) for name in found[0][of]} for of in (0, 1))  # type: ignore[return-value]
