"""
The city's 16 districts as paths of an SVG: outlines from map/districts.json, projected plainly (a degree of longitude is
shorter by the cosine of the latitude). The six inner districts are too small to hit, so they stand once more, larger.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

WEST, NORTH, PER_DEGREE = 116.68, 40.28, 370.0
INNER = frozenset({"120101", "120102", "120103", "120104", "120105", "120106"})
INNER_WEST, INNER_NORTH, INNER_PER_DEGREE = 117.115, 39.215, 1150.0
INNER_LEFT, INNER_TOP = 405.0, 25.0
SHORTER = cos(radians(39.3))
WIDTH, HEIGHT = 590, 660
INSET = (INNER_LEFT - 8, INNER_TOP - 18, 185, 230)
# Viridis' order of lightness, few steps, light to dark: told apart without seeing colours, and in grey.
COLOURS = ("#f3ead2", "#cfd9a0", "#7fbf9b", "#3b8ea5", "#2b4f81")
NOTHING = "#eeeeee"
DARK_FROM = 3


@dataclass(frozen=True)
class Shape:
    code: str
    name: str
    path: str
    x: int
    y: int
    """Where its name stands."""


@dataclass(frozen=True)
class Painted:
    shape: Shape
    colour: str
    ink: str
    title: str
    is_inset: bool


@cache
def shapes() -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """All districts at their place; and the inner ones larger."""
    told = json.loads(Path(__file__).with_name("map").joinpath("districts.json").read_text(encoding="utf-8"))
    known = told["districts"].items()
    whole = tuple(_shape(code, each, WEST, NORTH, PER_DEGREE, 0, 0) for code, each in known)
    inner = tuple(
        _shape(code, each, INNER_WEST, INNER_NORTH, INNER_PER_DEGREE, INNER_LEFT, INNER_TOP)
        for code, each in known
        if code in INNER
    )
    return whole, inner


def _shape(code: str, told: dict, west: float, north: float, scale: float, left: float, top: float) -> Shape:
    def at(point: list[float]) -> tuple[int, int]:
        return round(left + (point[0] - west) * SHORTER * scale), round(top + (north - point[1]) * scale)

    rings = (" L".join(f"{x} {y}" for x, y in map(at, ring)) for ring in told["rings"])
    return Shape(code, told["name"], "".join(f"M{ring}Z" for ring in rings), *at(told["at"]))


def names() -> dict[str, str]:
    return {shape.code: shape.name for shape in shapes()[0]}


def painted(values: Mapping[str, int], titles: Mapping[str, str]) -> list[Painted]:
    """Districts from pale to dark by value; none is left out."""
    steps = steps_of(values)
    whole, inner = shapes()
    found = []
    for is_inset, some in ((False, whole), (True, inner)):
        for shape in some:
            step = steps.get(shape.code)
            colour = NOTHING if step is None else COLOURS[step]
            ink = "#ffffff" if step is not None and step >= DARK_FROM else "#231e19"
            found.append(Painted(shape, colour, ink, titles.get(shape.code, shape.name), is_inset))
    return found


def steps_of(values: Mapping[str, int]) -> dict[str, int]:
    """Fifths of the largest; what is nothing has no colour."""
    most = max((abs(value) for value in values.values()), default=0)
    return {code: min(abs(value) * len(COLOURS) // most, len(COLOURS) - 1) for code, value in values.items() if value}


def legend(values: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Colour, from, to."""
    most = max((abs(value) for value in values.values()), default=0)
    count = len(COLOURS)
    return [(colour, most * n // count, most * (n + 1) // count) for n, colour in enumerate(COLOURS)] if most else []
