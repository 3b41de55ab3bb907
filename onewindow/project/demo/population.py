"""
A city of invented people, from a seed: the same seed, year and mix give the same people, and the first thousand
households are the same whether a thousand or a million are made. Nothing is kept but counters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from onewindow.kernel.places.codes import HISTORIC_DISTRICTS
from onewindow.project.demo.addresses import Community, address_in, communities_by_district
from onewindow.project.demo.families import FATHER, GRANDDAUGHTER, GRANDSON, Seat, Shape, family
from onewindow.project.demo.means import Purse, bought_on, car_count, home_areas, purses
from onewindow.project.demo.names import UYGHUR_MEN, UYGHUR_WOMEN, full_name, surname_of
from onewindow.project.demo.numbers import ELSEWHERE, IdNumbers, account_numbers, birth_of, phones
from onewindow.project.demo.people import BankAccount, Circumstance, DemoHousehold, DemoPerson, Home

C = Circumstance
DEMO_MIX: Mapping[Circumstance, float] = {
    C.OVER: 58, C.DIBAO: 16, C.MARGINAL: 9, C.ELDER_ALONE: 5, C.HIDDEN_DEPOSIT: 3, C.HIDDEN_HOME: 3, C.DISABLED_ALONE: 2,
    C.CONSCRIPT: 1, C.PRISONER: 1, C.HAS_CAR: 1.5, C.STAFF_RELATIVE: 0.5,
}  # fmt: skip
"""Far more hardship than a city has: a demo is about it."""
CITY_MIX: Mapping[Circumstance, float] = {**DEMO_MIX, C.OVER: 2400, C.DIBAO: 20, C.MARGINAL: 20}
DISTRICT_WEIGHTS = dict(zip(
    "01 02 03 04 05 06 10 11 12 13 14 15 16 17 18 19".split(),
    (36, 86, 82, 89, 65, 48, 86, 120, 93, 91, 115, 72, 207, 40, 79, 80), strict=True,
))  # fmt: skip
"""Residents in ten thousands, rounded (census of 2020)."""
OLD_CODES = {
    now: [old for old, became in HISTORIC_DISTRICTS.items() if became == now] for now in HISTORIC_DISTRICTS.values()
}


@dataclass
class Supplies:
    """Running numbers; one set for everybody who lives or works in the city."""

    ids: IdNumbers = field(default_factory=IdNumbers)
    phones: Iterator[str] = field(default_factory=phones)
    accounts: Iterator[str] = field(default_factory=account_numbers)
    homes: Iterator[int] = field(default_factory=lambda: count(1))
    households: Iterator[int] = field(default_factory=lambda: count(1))


def households(
    wanted: int,
    *,
    on: date,
    seed: int = 2026,
    mix: Mapping[Circumstance, float] = DEMO_MIX,
    supplies: Supplies | None = None,
) -> Iterator[DemoHousehold]:
    """One after the other; every circumstance and every district is among the first sixteen."""
    supplies = supplies or Supplies()
    kinds, weights = list(mix), list(mix.values())
    everywhere = communities_by_district()
    for nth in range(wanted):
        rng = Random(f"{seed}:{nth}")  # noqa: S311 invented people, not secrets
        kind = kinds[nth] if nth < len(kinds) else rng.choices(kinds, weights)[0]
        place = rng.choice(_communities_of(rng, nth, everywhere))
        yield Builder(rng, supplies, on).household(kind, place)


def _communities_of(rng: Random, nth: int, everywhere: Mapping[str, Sequence[Community]]) -> Sequence[Community]:
    codes = list(DISTRICT_WEIGHTS)
    code = codes[nth] if nth < len(codes) else rng.choices(codes, list(DISTRICT_WEIGHTS.values()))[0]
    return everywhere[f"1201{code}000000"]


@dataclass
class Builder:
    """Makes one household with everything that is known of it."""

    rng: Random
    supplies: Supplies
    on: date

    def household(self, circumstance: Circumstance, place: Community, shape: Shape | None = None) -> DemoHousehold:
        rng = self.rng
        seats = family(rng, circumstance, shape)
        shares = purses(rng, seats, circumstance)
        address = address_in(rng, place)
        names = self._names(seats)
        homes = self._homes(seats, circumstance, address, place)
        members = tuple(
            self._person(seat, name, ethnic, purse, owned, place)
            for seat, (name, ethnic), purse, owned in zip(seats, names, shares, homes, strict=True)
        )
        number = f"{place.code}{next(self.supplies.households):07d}"
        return DemoHousehold(
            number, place.code, address, place.is_urban, circumstance, members, car_count(rng, circumstance)
        )

    def _person(
        self, seat: Seat, name: str, ethnic: str, purse: Purse, homes: tuple[Home, ...], place: Community
    ) -> DemoPerson:
        id_number = self.supplies.ids.take(self._division(seat, place), self.on.year - seat.age, seat.sex)
        return DemoPerson(
            id_number=id_number,
            name=name,
            sex=seat.sex,
            birth=birth_of(id_number),
            relation=seat.relation,
            marital=seat.marital,
            ethnic=ethnic,
            phone=next(self.supplies.phones) if seat.age >= 14 and not seat.is_imprisoned else "",
            incomes=purse.incomes,
            disability_category=seat.disability[0],
            disability_level=seat.disability[1],
            serious_disease=seat.serious_disease,
            rigid_expense_fen=purse.rigid_expense_fen,
            is_student=seat.is_student,
            is_conscript=seat.is_conscript,
            is_imprisoned=seat.is_imprisoned,
            accounts=self._accounts(seat, purse),
            homes=homes,
        )

    def _division(self, seat: Seat, place: Community) -> str:
        """Where the number was issued: mostly here, under the district's name of that time."""
        here = place.code[:6]
        if seat.age >= 18 and self.rng.random() < 0.12:
            return self.rng.choice(ELSEWHERE)
        return self.rng.choice(OLD_CODES[here]) if here in OLD_CODES and self.on.year - seat.age < 2000 else here

    def _names(self, seats: Sequence[Seat]) -> list[tuple[str, str]]:
        head = self._name(seats[0])
        found = [head]
        father = head
        for seat in seats[1:]:
            inherits = seat.relation[0] in "23" or seat.relation in (FATHER, GRANDSON, GRANDDAUGHTER)
            found.append(self._name(seat, father) if inherits else self._name(seat))
            if seat.relation == "11":
                father = found[-1]
        return found

    def _name(self, seat: Seat, father: tuple[str, str] | None = None) -> tuple[str, str]:
        birth_year = self.on.year - seat.age
        if father is None:
            return full_name(self.rng, seat.sex, birth_year)
        if "·" in father[0]:
            own = self.rng.choice(UYGHUR_MEN if seat.sex == 1 else UYGHUR_WOMEN)
            return f"{own}·{father[0].partition('·')[0]}", father[1]
        return full_name(self.rng, seat.sex, birth_year, surname_of(father[0]))[0], father[1]

    def _accounts(self, seat: Seat, purse: Purse) -> tuple[BankAccount, ...]:
        if seat.age < 18:
            return ()
        demand_fen = purse.declared_fen if purse.declared_fen < 5000_00 else purse.declared_fen // 3
        found = [BankAccount(next(self.supplies.accounts), "demand", demand_fen, purse.incomes.total_fen * 12)]
        if purse.declared_fen > demand_fen:
            found.append(BankAccount(next(self.supplies.accounts), "time", purse.declared_fen - demand_fen, 0))
        if purse.hidden_fen:
            found.append(BankAccount(next(self.supplies.accounts), "time", purse.hidden_fen, 0, is_hidden=True))
        return tuple(found)

    def _homes(
        self, seats: Sequence[Seat], circumstance: Circumstance, address: str, place: Community
    ) -> list[tuple[Home, ...]]:
        """Each seat's homes: a couple often owns by halves; what is kept back belongs to the spouse."""
        owned: list[list[Home]] = [[] for _ in seats]
        has_spouse = len(seats) > 1 and seats[1].relation in ("11", "12")
        for nth, area in enumerate(home_areas(self.rng, circumstance, place.is_urban)):
            bought = bought_on(self.rng, self.on)
            where = (
                address
                if nth == 0
                else address_in(self.rng, self.rng.choice(communities_by_district()["120103000000"]))
            )
            reference = f"JIN-{bought.year}-099{next(self.supplies.homes):07d}"
            is_hidden = nth > 0 and circumstance == Circumstance.HIDDEN_HOME
            halves = has_spouse and nth == 0 and self.rng.random() < 0.35
            for owner in (0, 1) if halves else (1 if is_hidden else 0,):
                share = "1/2" if halves else "1/1"
                owned[owner].append(Home(reference, where, area, bought, share, is_hidden=is_hidden))
        return [tuple(homes) for homes in owned]
