"""Random draws for a whole part at once. A part has a seed of its own, so that no other part or process moves it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from onewindow.bulk.city.shares import Numbers

Array = NDArray[Any]


def dice(seed: int, part: int, *, months_back: bool = False) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64([seed, part, 12] if months_back else [seed, part]))


def chosen(rng: np.random.Generator, shares: Numbers, size: int) -> Array:
    """Indexes of rows, as often as the shares say."""
    return np.searchsorted(np.cumsum(shares)[:-1], rng.random(size, dtype=np.float32), side="right").astype(np.uint8)


def happens(rng: np.random.Generator, chance: Array | float, size: int) -> Array:
    return rng.random(size, dtype=np.float32) < chance


def bell(rng: np.random.Generator, middle: Array | float, spread: float, size: int) -> Array:
    return middle + spread * rng.standard_normal(size, dtype=np.float32)


def between(rng: np.random.Generator, low: Array | float, high: Array | float, size: int) -> Array:
    return low + (high - low) * rng.random(size, dtype=np.float32)


def by_age(age: Array, from_age: Numbers, values: Numbers) -> Array:
    return values[np.searchsorted(from_age, age, side="right") - 1]
