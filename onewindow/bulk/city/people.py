"""What each person is: sex, schooling, disability, illness, whether away. Rows follow the households and their seats."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from onewindow.bulk.city.drawing import Array, between, by_age, chosen, happens
from onewindow.bulk.city.families import CHILD, FATHER, HEAD, MOTHER, SECOND_CHILD, SPOUSE, Families, Rng
from onewindow.bulk.city.shares import numbers, shares

SCHOOL_FROM = np.array([0, 3, 6, 15, 18, 22, 25], float)
IN_SCHOOL = np.array([0, 0.88, 0.995, 0.93, 0.62, 0.16, 0])
ILL_FROM = np.array([0, 20, 45, 60, 75], float)
SERIOUSLY_ILL = np.array([0.0015, 0.004, 0.012, 0.026, 0.04])
NEEDS = ("eat", "dress", "get_out_of_bed", "toilet", "walk", "bathe")
"""From the last that an ailing person loses to the first."""


@dataclass(frozen=True)
class People:
    """`row` is each person's household, counted from nought in this part."""

    row: Array
    seat: Array
    age: Array
    sex: Array
    fortune: Array
    is_urban: Array
    is_student: Array
    is_conscript: Array
    is_imprisoned: Array
    disability_category: Array
    disability_level: Array
    serious_disease: Array

    @property
    def count(self) -> int:
        return len(self.row)

    @property
    def is_severe(self) -> Array:
        return (self.disability_level == 1) | (self.disability_level == 2)

    @property
    def is_away(self) -> Array:
        return self.is_conscript | self.is_imprisoned


def draw_people(rng: Rng, families: Families) -> People:
    row, seat = np.nonzero(~np.isnan(families.ages))
    age = families.ages[row, seat]
    count = len(row)
    sex = draw_sexes(rng, families)[row, seat]
    is_child = (seat == CHILD) | (seat == SECOND_CHILD)
    is_soldier = is_child & (sex == 1) & (age >= 18) & (age < 23) & happens(rng, 0.035, count)
    is_prisoner = (age >= 18) & (age < 65) & happens(rng, np.where(sex == 1, 0.0022, 0.0003), count)
    category, level = draw_disabilities(rng, age)
    return People(
        row=row, seat=seat, age=age, sex=sex,
        fortune=families.fortune[row], is_urban=families.is_urban[row],
        is_student=happens(rng, by_age(age, SCHOOL_FROM, IN_SCHOOL), count) & ~is_soldier & ~is_prisoner,
        is_conscript=is_soldier, is_imprisoned=is_prisoner & ~is_soldier,
        disability_category=np.where(is_soldier, 0, category), disability_level=np.where(is_soldier, 0, level),
        serious_disease=happens(rng, by_age(age, ILL_FROM, SERIOUSLY_ILL), count),
    )  # fmt: skip


def draw_sexes(rng: Rng, families: Families) -> Array:
    """1 man, 2 woman, as GB/T 2261.1."""
    count = len(families.kind)
    is_pair = ~np.isnan(families.ages[:, SPOUSE])
    chance = np.where(is_pair, 0.8, np.where(families.is_of("alone", "siblings"), 0.56, 0.33))
    sexes = (2 - happens(rng, 0.515, families.ages.size)).astype(np.uint8).reshape(families.ages.shape)
    sexes[:, HEAD] = np.where(happens(rng, chance, count), 1, 2)
    sexes[:, SPOUSE] = 3 - sexes[:, HEAD]
    sexes[:, FATHER], sexes[:, MOTHER] = 1, 2
    return sexes


def draw_disabilities(rng: Rng, age: Array) -> tuple[Array, Array]:
    """Category and level of the certificate; both 0 for who has none."""
    chance = by_age(age, numbers("disability_by_age", "from_age"), numbers("disability_by_age", "share"))
    who = np.flatnonzero(happens(rng, chance, len(age)))
    kind = chosen(rng, shares("disability_kinds"), len(who))
    levels = np.stack([numbers("disability_kinds", f"level_{level}") for level in (1, 2, 3, 4)], axis=1).cumsum(axis=1)
    reached = rng.random((len(who), 1)) >= levels[kind, :3]
    category, level = np.zeros(len(age), np.uint8), np.zeros(len(age), np.uint8)
    category[who], level[who] = kind + 1, 1 + reached.sum(axis=1)
    return category, level


def draw_self_care(rng: Rng, people: People) -> dict[str, Array]:
    """Who can't do what alone: the six things go one after the other, bathing first."""
    frailty = np.where(people.disability_level == 1, 0.55, np.where(people.is_severe, 0.25, 0.004))
    frailty = frailty + np.where(people.age >= 80, 0.12, 0) + np.where(people.age >= 90, 0.2, 0)
    lost = np.where(happens(rng, frailty, people.count), between(rng, 1, 7, people.count).astype(np.uint8), 0)
    return {f"unable_to_{need}": lost >= len(NEEDS) - place for place, need in enumerate(NEEDS)}


def draw_standing(rng: Rng, people: People, families: Families, self_care: Mapping[str, Array]) -> dict[str, Array]:
    """What the allowances of one person ask beside means: hukou, children elsewhere, assessments, who already gets what."""
    count, age = people.count, people.age
    is_elder = age >= 60
    lives_apart = families.is_of("elder_alone", "elder_couple", "grandparents")[people.row] & is_elder
    is_childless = lives_apart & happens(rng, 0.04, count)
    is_small_with_grandparents = families.is_of("grandparents")[people.row] & (age < 18)
    lost = sum(each.astype(np.uint8) for each in self_care.values())
    assessed = is_elder & happens(rng, np.where(lost > 0, 0.8, 0.02), count)
    is_orphan = is_small_with_grandparents & happens(rng, 0.03, count)
    standing = {
        "has_city_hukou": happens(rng, 0.83, len(families.kind))[people.row],
        "has_able_supporter_elsewhere": lives_apart & ~is_childless & happens(rng, 0.85, count),
        "is_childless_elder": is_childless,
        "only_child_is_over_sixty": (age >= 82) & ~is_childless & happens(rng, 0.3, count),
        "assessed_care_level": np.where(assessed, 1 + np.minimum(lost // 2, 2), 0).astype(np.uint8),
        "lives_in_institution": (age >= 65) & happens(rng, 0.001, count),
        "receives_work_injury_nursing_pay": people.is_severe & (age >= 20) & happens(rng, 0.03, count),
        "receives_orphan_allowance": is_orphan,
        "receives_unattended_child_allowance": is_small_with_grandparents & ~is_orphan & happens(rng, 0.08, count),
        "is_preferential_person": is_elder & (people.sex == 1) & happens(rng, 0.02, count),
    }
    return {**standing, **circumstances_of_parents(is_orphan, standing["receives_unattended_child_allowance"])}


def circumstances_of_parents(is_orphan: Array, is_unattended: Array) -> dict[str, Array]:
    """Both dead; or the father dead and the mother seriously ill."""
    return {
        "father_circumstance": np.where(is_orphan | is_unattended, 1, 0).astype(np.uint8),
        "mother_circumstance": np.where(is_orphan, 1, np.where(is_unattended, 4, 0)).astype(np.uint8),
    }
