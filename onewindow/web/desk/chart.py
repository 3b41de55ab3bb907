"""Bars of a forecast: plain numbers for an SVG. What a bar shows stands in the table below it, too."""

from dataclasses import dataclass
from typing import Any

HEIGHT, STEP, BAR = 160, 50, 20


@dataclass(frozen=True)
class Bar:
    month: str
    x: int
    ahead: int
    y_ahead: int
    before: int
    y_before: int

    @property
    def x_before(self) -> int:
        return self.x + BAR

    @property
    def middle(self) -> int:
        return self.x + BAR


@dataclass(frozen=True)
class Chart:
    """One benefit: its rows, and its bars."""

    label: str
    rows: list[dict[str, Any]]
    bars: list[Bar]

    @property
    def width(self) -> int:
        return STEP * max(len(self.bars), 1)

    @property
    def total_fen(self) -> int:
        return sum(row["fen"] + row["newly_fen"] for row in self.rows)

    @property
    def before_fen(self) -> int:
        return sum(row["last_fen"] for row in self.rows)


def chart_of(rows: list[dict[str, Any]]) -> list[Chart]:
    benefits: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        told = {**row, "total_fen": row["fen"] + row["newly_fen"]}
        benefits.setdefault(row["label"], []).append(told)
    return [Chart(label, some, _bars(some)) for label, some in benefits.items()]


def _bars(rows: list[dict[str, Any]]) -> list[Bar]:
    most = max((max(row["total_fen"], row["last_fen"]) for row in rows), default=0) or 1
    bars = []
    for nth, row in enumerate(rows):
        ahead, before = row["total_fen"] * HEIGHT // most, row["last_fen"] * HEIGHT // most
        bars.append(Bar(row["month"][2:], nth * STEP + 4, ahead, HEIGHT - ahead, before, HEIGHT - before))
    return bars
