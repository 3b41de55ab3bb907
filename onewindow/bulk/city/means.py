"""What people live on and own, tied together by the family's fortune, schooling, health and hukou. Monthly, in fen."""

from collections.abc import Mapping, Sequence

import numpy as np

from onewindow.bulk.city.drawing import Array, bell, between, happens
from onewindow.bulk.city.families import Families, Rng
from onewindow.bulk.city.people import People

BASE_PENSION_FEN = 307_00
"""Example, as in the demo city: what an elder without a worker's pension has."""
MIDDLE_WAGE, MIDDLE_PROFIT, MIDDLE_PENSION, MIDDLE_SAVINGS = 5900, 5000, 3650, 130_000
"""Medians in yuan. Assumptions, set so that some 4 % of the families fall under dibao or on its margin."""


MINIMUM_WAGE = 2320
"""Yuan. Assumption; one job in eight is part of a day's work and pay less."""


def fen(yuan: Array) -> Array:
    return np.rint(yuan * 100).astype(np.int64)


def odds(weight: Array) -> Array:
    return 1 / (1 + np.exp(-weight))


def spread(rng: Rng, middle: float, fortune: Array, pull: float, noise: float) -> Array:
    """Around the middle, with the long tail that incomes have."""
    return middle * np.exp(pull * fortune + bell(rng, 0, noise, len(fortune)))


def draw_incomes(rng: Rng, people: People) -> dict[str, Array]:
    count, fortune = people.count, people.fortune
    retires_at = np.where(people.sex == 1, 60, 54)
    may_work = (people.age >= 18) & (people.age < retires_at) & ~people.is_student & ~people.is_away
    works = may_work & happens(rng, odds(readiness(people)), count)
    farms = ~people.is_urban & (people.age >= retires_at) & (people.age < 72) & happens(rng, 0.3, count)
    is_own_master = works & happens(rng, np.where(people.is_urban, 0.13, 0.34), count) | farms
    shrinks = np.where(people.is_urban, 1, 0.72) * np.where(people.disability_level > 0, 0.6, 1)
    pay = spread(rng, MIDDLE_WAGE, fortune, 0.38, 0.36) * shrinks
    pay = np.where(happens(rng, 0.88, count), np.maximum(pay, MINIMUM_WAGE), pay)
    wage = fen(np.where(works & ~is_own_master, pay, 0))
    profit = spread(rng, MIDDLE_PROFIT, fortune, 0.5, 0.7) * shrinks * np.where(farms, 0.2, 1)
    loses = happens(rng, 0.03, count)
    has_cost = happens(rng, 0.45, count)
    return {
        "wage_income": wage,
        "necessary_work_cost": np.where(has_cost, np.minimum(wage // 10, 600_00), 0),
        "business_net_income": fen(np.where(is_own_master, np.where(loses, -0.3, 1) * profit, 0)),
        **draw_pensions(rng, people, retires_at),
        **draw_uncounted(rng, people),
        "rigid_expense": draw_expenses(rng, people),
    }


def readiness(people: People) -> Array:
    """Log odds of having work, for who may work."""
    return (
        3.9 + 0.75 * people.fortune - 0.6 * (people.age > 48) - 1.4 * (people.disability_level > 0)
        - 2.4 * people.is_severe - 1.5 * people.serious_disease
    )  # fmt: skip


def draw_pensions(rng: Rng, people: People, retires_at: Array) -> dict[str, Array]:
    count = people.count
    insured = happens(rng, odds(np.where(people.is_urban, 3.1, 0.6) + 0.9 * people.fortune), count)
    has_worker_pension = (people.age >= retires_at) & insured
    pension = np.where(has_worker_pension, spread(rng, MIDDLE_PENSION, people.fortune, 0.22, 0.22), 0)
    is_between_jobs = (people.age >= 20) & (people.age < retires_at) & happens(rng, 0.012, count)
    benefit = np.where(is_between_jobs & ~people.is_student & ~people.is_away, 1560, 0)
    has_base_only = (people.age >= 60) & ~insured
    from_children = np.where(happens(rng, odds(2.0 + 0.7 * people.fortune), count), 1, 0)
    support = np.where(has_base_only, spread(rng, 1450, people.fortune, 0.3, 0.5) * from_children, 0)
    return {
        "transfer_net_income": fen(pension + benefit + support),
        "base_pension": np.where(has_base_only, BASE_PENSION_FEN + 10_00 * (people.age >= 70), 0),
        "other_income": fen(np.where(happens(rng, 0.004, count), between(rng, 50, 800, count), 0)),
    }


def draw_uncounted(rng: Rng, people: People) -> dict[str, Array]:
    count = people.count
    served = (people.age >= 60) & (people.sex == 1) & happens(rng, 0.02, count)
    award = (people.is_student & happens(rng, 0.01, count)) | ((people.age >= 60) & happens(rng, 0.03, count))
    aided = people.is_severe & happens(rng, 0.5, count)
    return {
        "preferential_pension": fen(np.where(served, between(rng, 700, 2600, count), 0)),
        "award_income": fen(np.where(award, between(rng, 80, 500, count), 0)),
        "social_assistance_income": np.where(aided, 200_00, 0),
    }


def draw_past(rng: Rng, now: Mapping[str, Array], months: Sequence[str]) -> dict[str, Array]:
    """Around what each has now; in one month of twelve nothing came in, in every third month of an illness nothing was spent."""
    income = sum(now[name] for name in ("wage_income", "business_net_income", "transfer_net_income", "base_pension"))
    found: dict[str, Array] = {}
    for month in months:
        count = len(now["wage_income"])
        came, spent = happens(rng, 0.92, count), happens(rng, 0.67, count)
        found[f"monthly_income@{month}"] = (income * came * between(rng, 0.85, 1.1, count)).astype(np.int64)
        found[f"rigid_expense@{month}"] = (now["rigid_expense"] * spent * between(rng, 0.5, 2.5, count)).astype(
            np.int64
        )
    return found


def draw_expenses(rng: Rng, people: People) -> Array:
    chance = np.where(people.serious_disease, 0.95, np.where(people.disability_level > 0, 0.55, 0.0))
    costs = np.where(happens(rng, chance, people.count), spread(rng, 750, -0.2 * people.fortune, 1, 0.8), 0)
    return fen(np.where(people.is_away, 0, costs))


def draw_supporters(rng: Rng, people: People, families: Families) -> dict[str, Array]:
    """Of elders whose children live elsewhere."""
    apart = families.is_of("elder_alone", "elder_couple", "grandparents")[people.row]
    has = apart & (people.age >= 60) & happens(rng, 0.86, people.count)
    per_head = spread(rng, 3100, people.fortune, 0.4, 0.45)
    return {
        "supporter_per_capita_income": fen(np.where(has, per_head, 0)),
        "supporter_household_size": np.where(has, between(rng, 1, 5, people.count).astype(np.uint8), 0),
        "supported_elders": np.where(has, between(rng, 1, 5, people.count).astype(np.uint8), np.uint8(1)),
        "supporter_is_in_need": has & happens(rng, 0.03, people.count),
    }


def draw_belongings(rng: Rng, families: Families, people: People) -> dict[str, Array]:
    count, fortune = len(families.kind), families.fortune
    sizes = families.sizes
    savings = spread(rng, MIDDLE_SAVINGS, fortune, 1.05, 0.8) * sizes / 2.75 * np.where(families.is_urban, 1, 0.7)
    is_old = families.is_of("elder_alone", "elder_couple", "grandparents")
    drives = happens(rng, odds(-0.2 + 0.9 * fortune - 2.2 * is_old), count)
    second_car = happens(rng, odds(-3.2 + 1.1 * fortune), count) & drives
    owns = happens(rng, odds(2.0 + 0.4 * fortune + 0.8 * ~families.is_urban), count)
    second = owns & happens(rng, odds(-1.9 + 1.0 * fortune), count)
    third = second & happens(rng, odds(-2.6 + 0.9 * fortune), count)
    disabled = np.bincount(people.row, people.disability_level > 0, minlength=count) > 0
    return {
        "monetary_property": fen(savings),
        "illness_home_sale_cash": fen(np.where(happens(rng, 0.0002, count), savings * 0.8, 0)),
        "car_count": drives.astype(np.uint8) + second_car,
        "mobility_vehicle_count": drives & disabled & happens(rng, 0.03, count),
        "home_count": owns.astype(np.uint8) + second + third,
        "home_area_below_city_average": second & happens(rng, odds(-1.2 - 0.8 * fortune), count),
    }


def draw_excesses(rng: Rng, families: Families) -> dict[str, Array]:
    count, fortune = len(families.kind), families.fortune
    return {
        "non_residential_property": happens(rng, odds(-4.3 + 1.0 * fortune), count),
        "study_abroad": happens(rng, odds(-6.5 + 1.6 * fortune), count) & families.is_of("with_children"),
        "luxury_goods": happens(rng, odds(-5.5 + 1.5 * fortune), count),
    }


def rent_and_interest(rng: Rng, people: People, belongings: Mapping[str, Array]) -> Array:
    """The head has it: what deposits yield at 1.5 % a year, and the rent of every second further home."""
    interest = belongings["monetary_property"] * 15 // 12_000
    lets = (belongings["home_count"] > 1) & happens(rng, 0.5, len(interest))
    rent = np.where(lets, fen(spread(rng, 1900, np.zeros(len(interest)), 1, 0.4)), 0)
    return np.where(people.seat == 0, (interest + rent)[people.row], 0)
