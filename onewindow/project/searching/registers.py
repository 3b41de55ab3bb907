"""What the registers say of the city's households: all that may be looked at where nobody has applied for anything."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Q

from onewindow.bulk.snapshot import address_of, take
from onewindow.kernel.people.models import Household, Member, RegisterEntry
from onewindow.project.searching.folder import Family, Someone, write_folder
from onewindow.rules.case import TEKUN, kept_as_tekun
from onewindow.rules.system import system

AT_ONCE = 1_000
"""Households of one question to the database."""
FEW = 20_000
"""Households that are read in seconds either way."""
OF_PERSON = ("birth", "sex")


def columns() -> list[str]:
    """Inputs that a register can fill in."""
    items = RegisterEntry.objects.order_by().values_list("item", flat=True).distinct()
    known = {name for name, variable in system().variables.items() if not variable.formulas}
    return [*OF_PERSON, "place_is_urban", *sorted({*items, TEKUN} & known - set(OF_PERSON))]


def write_city(month: str, into: Path) -> Path:
    """The whole city in a population folder. A large one is read past Django, by the snapshot, hundreds of times faster."""
    if Household.objects.count() > FEW:
        take(address_of(connection.settings_dict), month, into)
        return into
    return write_folder(families(on=last_day(month)), columns(), month, into, "登记信息")


def families(on: date, only: Sequence[int] | None = None) -> Iterator[Family]:
    """Ascending; of people who lived on that day. Keys are the rows' own."""
    homes = Household.objects.order_by("pk")
    if only is not None:
        homes = homes.filter(pk__in=only)
    last = 0
    while batch := list(homes.filter(pk__gt=last).values_list("pk", "is_urban")[:AT_ONCE]):
        yield from _families(dict(batch), on)
        last = batch[-1][0]


def _families(urban: dict[int, bool], on: date) -> Iterator[Family]:
    members = _living(urban, on)
    entries = _entries([row[1] for row in members])
    for person in kept_as_tekun({row[1] for row in members}, f"{on:%Y-%m}"):
        entries.setdefault(person, {})[TEKUN] = True
    by_home: dict[int, list[Someone]] = {}
    for home, person, relation, birth, sex in members:
        inputs = {**entries.get(person, {}), **({"birth": birth} if birth else {}), "sex": sex}
        by_home.setdefault(home, []).append(Someone(person, relation, inputs))
    for home, people in by_home.items():
        yield Family(home, people, {"place_is_urban": urban[home]})


def _living(homes: dict[int, bool], on: date) -> list[tuple[int, int, str, date | None, int]]:
    """The head first, as `Household.members_on` has them."""
    found = Member.objects.filter(household_id__in=list(homes)).filter(Q(until_on=None) | Q(until_on__gt=on))
    found = found.filter(Q(person__died_on=None) | Q(person__died_on__gt=on))
    rows = found.order_by("household_id", "relation", "id")
    return list(rows.values_list("household_id", "person_id", "relation", "person__birth", "person__sex"))


def _entries(people: list[int]) -> dict[int, dict[str, Any]]:
    known = system().variables
    found: dict[int, dict[str, Any]] = {}
    for at in range(0, len(people), AT_ONCE):
        rows = RegisterEntry.objects.filter(person_id__in=people[at : at + AT_ONCE])
        for person, item, value in rows.values_list("person_id", "item", "value"):
            if item in known and not known[item].formulas and isinstance(value, bool | int):
                found.setdefault(person, {})[item] = value
    return found


def last_day(month: str) -> date:
    """Somebody who dies or turns eighty in a month did so before its end."""
    year, number = map(int, month.split("-"))
    after = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)
