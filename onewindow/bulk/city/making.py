"""The city, part by part, into a population folder. Any number of processes write the same bytes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any

import numpy as np

from onewindow.bulk.city.drawing import Array, between, dice, happens
from onewindow.bulk.city.families import MEAN_SIZE, ROLE_OF_SEAT, Families, Rng, draw_families
from onewindow.bulk.city.folder import save_layout
from onewindow.bulk.city.means import (
    draw_belongings,
    draw_excesses,
    draw_incomes,
    draw_past,
    draw_supporters,
    rent_and_interest,
)
from onewindow.bulk.city.people import People, draw_people, draw_self_care, draw_standing
from onewindow.bulk.city.shares import names
from onewindow.bulk.columns import Columns, save

PART_HOUSEHOLDS = 50_000
SEATS_IN_KEY = 10
WIDTHS = {"household": np.int64, "person": np.int64, "monetary_property": np.int64, "members": np.uint16}


@dataclass(frozen=True)
class City:
    month: str
    seed: int
    households: int
    months_back: int = 0
    """Of how many months before there are incomes and expenses; they don't move what else is drawn."""

    @property
    def parts(self) -> int:
        return -(-self.households // PART_HOUSEHOLDS)

    def households_of(self, part: int) -> int:
        return min(PART_HOUSEHOLDS, self.households - part * PART_HOUSEHOLDS)


def city_of(people: int, month: str, seed: int, months_back: int = 0) -> City:
    return City(month, seed, max(round(people / MEAN_SIZE), 1), months_back)


def columns_of(city: City, part: int) -> tuple[Columns, Columns]:
    """Households and persons. A part is drawn whole and then cut: a small city is the beginning of every larger one."""
    rng = dice(city.seed, part)
    families = draw_families(rng, PART_HOUSEHOLDS)
    people = draw_people(rng, families)
    belongings = draw_belongings(rng, families, people)
    keys = part * PART_HOUSEHOLDS + 1 + np.arange(PART_HOUSEHOLDS)
    of_households = {"household": keys, **household_columns(rng, families, belongings)}
    of_persons = {
        "person": keys[people.row] * SEATS_IN_KEY + people.seat,
        **person_columns(rng, people, families, city.month),
        "property_net_income": rent_and_interest(rng, people, belongings),
    }
    of_persons |= draw_past(dice(city.seed, part, months_back=True), of_persons, earlier(city))
    kept = city.households_of(part)
    last = int(families.sizes[:kept].sum())
    return cut(of_households, kept), cut(of_persons, last)


def earlier(city: City) -> list[str]:
    month = np.datetime64(city.month, "M")
    return [str(month - back) for back in range(1, city.months_back + 1)]


def household_columns(rng: Rng, families: Families, belongings: Columns) -> Columns:
    count = len(families.kind)
    in_trouble = happens(rng, 0.002, count)
    return {
        "members": families.sizes,
        "place_is_urban": families.is_urban,
        **belongings,
        **draw_excesses(rng, families),
        "is_single_parent_family": families.is_of("single_parent"),
        "is_childless": families.is_of("elder_alone", "elder_couple", "alone") & happens(rng, 0.06, count),
        "emergency_persons": np.where(in_trouble, families.sizes, 1).astype(np.uint8),
        "difficulty_grade": np.where(in_trouble, between(rng, 1, 4, count).astype(np.uint8), np.uint8(1)),
        "district": families.district,
        "household_type": families.kind,
    }


def person_columns(rng: Rng, people: People, families: Families, month: str) -> Columns:
    days = (people.age * 365.2425).astype("timedelta64[D]")
    count = people.count
    self_care = draw_self_care(rng, people)
    is_grown_child = (people.seat == 2) & (people.age >= 18)
    return {
        "role": ROLE_OF_SEAT[people.seat],
        "birth": np.datetime64(month, "D") - days,
        "sex": people.sex,
        **draw_incomes(rng, people),
        **draw_supporters(rng, people, families),
        "disability_category": people.disability_category,
        "disability_level": people.disability_level,
        "serious_disease": people.serious_disease,
        "is_student": people.is_student,
        "is_conscript": people.is_conscript,
        "is_imprisoned": people.is_imprisoned,
        "in_compulsory_detox": (people.age >= 18) & (people.age < 55) & happens(rng, 0.0003, count),
        "is_declared_missing": (people.age >= 18) & happens(rng, 0.00002, count),
        "cannot_live_independently": is_grown_child & people.is_severe & happens(rng, 0.8, count),
        "lives_with_household": ~is_grown_child | happens(rng, 0.93, count),
        "family_planning_special_aid": (people.age >= 49) & happens(rng, 0.004, count),
        **self_care,
        **draw_standing(rng, people, families, self_care),
    }


def cut(columns: Columns, count: int) -> Columns:
    return {name: narrowed(name, values[:count]) for name, values in columns.items()}


def narrowed(name: str, values: Array) -> Array:
    """By name and never by what is in it: a column has one type in every part of every city."""
    if values.dtype == bool:
        return values.view(np.uint8)
    return values.astype(WIDTHS.get(name, np.int32)) if values.dtype == np.int64 else values


def make(city: City, into: Path, part: int) -> dict[str, Any]:
    """One part on disk."""
    name = f"part-{part:05}"
    households, persons = columns_of(city, part)
    save(households, into / f"{name}.households.arrow")
    save(persons, into / f"{name}.persons.arrow")
    return {"name": name, "households": len(households["household"]), "persons": len(persons["person"])}


def made(city: City, into: Path, processes: int) -> Iterator[dict[str, Any]]:
    one = partial(make, city, into)
    if processes == 1 or city.parts == 1:
        yield from map(one, range(city.parts))
        return
    # Threads of pyarrow do not survive a fork.
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield from pool.map(one, range(city.parts))


def write(city: City, into: Path, progress: Callable[[int, int], None] | None = None, processes: int = 0) -> int:
    """The number of persons."""
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for part in made(city, into, processes or cpu_count() or 1):
        written.append(part)
        if progress:
            progress(sum(each["persons"] for each in written), city.parts - len(written))
    persons = sum(part["persons"] for part in written)
    carried = {"district": names("districts"), "household_type": names("household_types")}
    save_layout(into, city.month, written, carried, f"synthetic, seed {city.seed}")
    return persons
