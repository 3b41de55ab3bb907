"""Who lives together: for each household its type, district and the ages of its people, in seats seen from the head."""

from dataclasses import dataclass

import numpy as np

from onewindow.bulk.city.drawing import Array, bell, between, chosen, happens
from onewindow.bulk.city.shares import names, numbers, shares

HEAD, SPOUSE, CHILD, SECOND_CHILD, FATHER, MOTHER, OTHER = SEATS = range(7)
ROLE_OF_SEAT = np.array([0, 1, 2, 2, 3, 3, 4], np.uint8)
"""Indexes of the law's roles: applicant, spouse, child, parent, other."""
MEAN_SIZE = 2.76
KINDS = {code: place for place, code in enumerate(names("household_types"))}
Rng = np.random.Generator


@dataclass(frozen=True)
class Families:
    """`ages` has a row for each household and a column for each seat, NaN where nobody sits."""

    kind: Array
    district: Array
    is_urban: Array
    fortune: Array
    """Around 0: what the family's people have in common, from schooling to luck."""
    ages: Array

    @property
    def sizes(self) -> Array:
        return (~np.isnan(self.ages)).sum(axis=1)

    def is_of(self, *codes: str) -> Array:
        return np.isin(self.kind, [KINDS[code] for code in codes])


def draw_families(rng: Rng, count: int) -> Families:
    kind = chosen(rng, shares("household_types"), count)
    district = chosen(rng, shares("districts", "weight"), count)
    is_urban = happens(rng, numbers("districts", "urban_hukou")[district], count)
    fortune = rng.standard_normal(count, dtype=np.float32)
    ages = np.full((count, len(SEATS)), np.nan, np.float32)
    for code, seat_them in FILL.items():
        rows = np.flatnonzero(kind == KINDS[code])
        ages[rows] = seat_them(rng, len(rows))
    return Families(kind, district, is_urban, fortune, np.clip(ages, 0.01, 103))


def empty(count: int) -> Array:
    return np.full((count, len(SEATS)), np.nan, np.float32)


def alone(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, HEAD] = between(rng, 22, 60, count)
    return ages


def elder_alone(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, HEAD] = np.clip(bell(rng, 75, 9, count), 60, 101)
    return ages


def couple(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, HEAD] = between(rng, 24, 60, count)
    ages[:, SPOUSE] = np.maximum(bell(rng, ages[:, HEAD] - 1.5, 2.5, count), 21)
    return ages


def elder_couple(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, HEAD] = np.clip(bell(rng, 71, 7.5, count), 60, 98)
    ages[:, SPOUSE] = np.maximum(bell(rng, ages[:, HEAD] - 1.5, 3, count), 50)
    return ages


def with_children(rng: Rng, count: int, oldest: float = 23, second: float = 0.24) -> Array:
    """From the child upwards: its mother was about 28 at its birth. Few are small: births fell by half since 2016."""
    ages = empty(count)
    child = oldest * rng.random(count, dtype=np.float32) ** 0.85
    mother = child + np.clip(bell(rng, 28, 4.3, count), 20, 43)
    younger = child - between(rng, 1.5, 7, count)
    ages[:, CHILD] = child
    ages[:, SECOND_CHILD] = np.where(happens(rng, second, count) & (younger > 0), younger, np.nan)
    ages[:, SPOUSE] = mother
    ages[:, HEAD] = np.maximum(bell(rng, mother + 1.8, 2.6, count), 22)
    return ages


def with_grown_child(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, CHILD] = np.clip(bell(rng, 29, 5.5, count), 23, 50)
    ages[:, SPOUSE] = ages[:, CHILD] + np.clip(bell(rng, 26.5, 3.5, count), 19, 42)
    ages[:, HEAD] = bell(rng, ages[:, SPOUSE] + 1.5, 2.5, count)
    return ages


def single_parent(rng: Rng, count: int) -> Array:
    ages = with_children(rng, count, oldest=24, second=0.15)
    is_mother = happens(rng, 0.72, count)
    ages[:, HEAD] = np.where(is_mother, ages[:, SPOUSE], ages[:, HEAD])
    ages[:, SPOUSE] = np.nan
    return ages


def three_generations(rng: Rng, count: int) -> Array:
    ages = with_children(rng, count, oldest=19, second=0.3)
    ages[:, MOTHER] = ages[:, HEAD] + np.clip(bell(rng, 26, 3.5, count), 18, 42)
    has_both = happens(rng, 0.55, count)
    ages[:, FATHER] = np.where(has_both, bell(rng, ages[:, MOTHER] + 1.5, 2.5, count), np.nan)
    return ages


def grandparents(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, HEAD] = between(rng, 56, 76, count)
    has_both = happens(rng, 0.6, count)
    ages[:, SPOUSE] = np.where(has_both, bell(rng, ages[:, HEAD] - 1.5, 2.5, count), np.nan)
    ages[:, OTHER] = between(rng, 2, 18, count)
    return ages


def elder_with_child(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, CHILD] = between(rng, 32, 60, count)
    ages[:, HEAD] = ages[:, CHILD] + np.clip(bell(rng, 27, 4, count), 19, 42)
    return ages


def siblings(rng: Rng, count: int) -> Array:
    ages = empty(count)
    ages[:, HEAD] = between(rng, 22, 70, count)
    ages[:, OTHER] = np.maximum(bell(rng, ages[:, HEAD], 4, count), 18)
    return ages


FILL = {
    "alone": alone, "elder_alone": elder_alone, "couple": couple, "elder_couple": elder_couple,
    "with_children": with_children, "with_grown_child": with_grown_child, "single_parent": single_parent,
    "three_generations": three_generations, "grandparents": grandparents, "elder_with_child": elder_with_child,
    "siblings": siblings,
}  # fmt: skip
