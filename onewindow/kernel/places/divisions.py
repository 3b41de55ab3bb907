"""Tianjin's divisions: 16 districts, 299 streets and towns, 5,617 communities and villages (statistics codes, 2024-11)."""

import csv
from pathlib import Path

DIVISIONS = Path(__file__).with_name("divisions.csv")


def read_divisions() -> list[dict[str, str]]:
    """Rows of code, name, level and parent's code."""
    with DIVISIONS.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
