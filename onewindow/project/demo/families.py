"""Who lives together: ages and relations of a household, and the state of its people."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from onewindow.project.demo.people import Circumstance

NEVER, MARRIED, WIDOWED, DIVORCED = "10", "20", "30", "40"
HEAD, HUSBAND, WIFE, SON, DAUGHTER, GRANDSON, GRANDDAUGHTER = "02", "11", "12", "20", "30", "41", "42"
FATHER, MOTHER = "51", "52"


@dataclass(slots=True)
class Seat:
    relation: str
    sex: int
    age: int
    marital: str = MARRIED
    disability: tuple[int, int] = (0, 0)
    """Category and level of the certificate."""
    serious_disease: bool = False
    is_student: bool = False
    is_conscript: bool = False
    is_imprisoned: bool = False

    @property
    def is_well(self) -> bool:
        return not self.serious_disease and self.disability[1] == 0

    @property
    def is_severely_disabled(self) -> bool:
        return 1 <= self.disability[1] <= 2

    @property
    def can_earn(self) -> bool:
        away = self.is_student or self.is_conscript or self.is_imprisoned
        return 18 <= self.age < 60 and not away and not self.is_severely_disabled


def family(rng: Random, circumstance: Circumstance, shape: "Shape | None" = None) -> list[Seat]:
    """The head first."""
    shape = shape or SHAPE_OF.get(circumstance) or rng.choices(SHAPES, SHAPE_WEIGHTS)[0]
    seats = shape(rng)
    for seat in seats:
        seat.is_student = 6 <= seat.age <= 17 or (
            18 <= seat.age <= 22 and seat.relation in (SON, DAUGHTER) and rng.random() < 0.6
        )
    _afflict(rng, seats, circumstance)
    return seats


def _afflict(rng: Random, seats: list[Seat], circumstance: Circumstance) -> None:
    if circumstance == Circumstance.DISABLED_ALONE:
        seats[0].disability = rng.choice(((4, 1), (4, 2), (5, 2), (6, 2), (6, 3), (1, 1)))
    elif circumstance == Circumstance.CONSCRIPT:
        seats[-1].is_conscript, seats[-1].is_student = True, False
    elif circumstance == Circumstance.PRISONER:
        seats[1].is_imprisoned = True
    elif rng.random() < (0.06 if circumstance == Circumstance.OVER else 0.5):
        ill = rng.choice(seats)
        if rng.random() < 0.6:
            ill.disability = (rng.randint(1, 6), rng.randint(1, 4))
        else:
            ill.serious_disease = True


def _elder_alone(rng: Random) -> list[Seat]:
    return [Seat(HEAD, rng.choice((1, 2, 2)), rng.randint(62, 93), WIDOWED)]


def _alone(rng: Random) -> list[Seat]:
    return [Seat(HEAD, rng.choice((1, 2)), rng.randint(25, 59), rng.choice((NEVER, NEVER, DIVORCED)))]


def _couple(rng: Random, youngest: int = 26, oldest: int = 85) -> list[Seat]:
    age, is_man = rng.randint(youngest, oldest), rng.random() < 0.8
    spouse_age = max(age + rng.randint(-4, 4), 23)
    return [Seat(HEAD, 1 if is_man else 2, age), Seat(WIFE if is_man else HUSBAND, 2 if is_man else 1, spouse_age)]


def _child(rng: Random, of: list[Seat]) -> Seat:
    youngest_parent = min(parent.age for parent in of)
    age = min(max(youngest_parent - rng.randint(23, 34), 1), 24)
    sex = rng.choice((1, 2))
    return Seat(SON if sex == 1 else DAUGHTER, sex, age, NEVER)


def couple_with_children(rng: Random) -> list[Seat]:
    couple = _couple(rng, 28, 50)
    return couple + [_child(rng, couple) for _ in range(rng.choice((1, 1, 1, 2)))]


def _single_parent(rng: Random) -> list[Seat]:
    parent = Seat(HEAD, rng.choice((1, 2, 2, 2)), rng.randint(28, 50), rng.choice((DIVORCED, DIVORCED, WIDOWED)))
    return [parent] + [_child(rng, [parent]) for _ in range(rng.choice((1, 1, 1, 2)))]


def _three_generations(rng: Random) -> list[Seat]:
    young = couple_with_children(rng)
    age = young[0].age + rng.randint(23, 30)
    both = rng.random() < 0.5
    parents = [Seat(FATHER, 1, age + 1), Seat(MOTHER, 2, age)] if both else [Seat(MOTHER, 2, age, WIDOWED)]
    return (young + parents)[:6]


def _grandparent_with_child(rng: Random) -> list[Seat]:
    sex = rng.choice((1, 2))
    grandchild = Seat(GRANDSON if sex == 1 else GRANDDAUGHTER, sex, rng.randint(3, 16), NEVER)
    return [Seat(HEAD, rng.choice((1, 2)), rng.randint(60, 76), WIDOWED), grandchild]


def _parent_with_grown_child(rng: Random) -> list[Seat]:
    parent = Seat(HEAD, rng.choice((1, 2, 2)), rng.randint(60, 84), WIDOWED)
    sex = rng.choice((1, 2))
    return [parent, Seat(SON if sex == 1 else DAUGHTER, sex, parent.age - rng.randint(24, 33), NEVER)]


def _with_conscript(rng: Random) -> list[Seat]:
    couple = _couple(rng, 43, 50)
    return [*couple, Seat(SON, 1, rng.randint(19, 22), NEVER)]


def _with_prisoner(rng: Random) -> list[Seat]:
    wife = Seat(HEAD, 2, rng.randint(30, 45))
    couple = [wife, Seat(HUSBAND, 1, wife.age + rng.randint(0, 4))]
    return [*couple, _child(rng, couple)]


Shape = Callable[[Random], list[Seat]]
SHAPES: tuple[Shape, ...] = (
    _elder_alone, _alone, _couple, couple_with_children, _single_parent, _three_generations, _grandparent_with_child,
    _parent_with_grown_child,
)  # fmt: skip
SHAPE_WEIGHTS = (12, 12, 24, 32, 6, 8, 2, 4)
SHAPE_OF: dict[Circumstance, Shape] = {
    Circumstance.ELDER_ALONE: _elder_alone,
    Circumstance.DISABLED_ALONE: _alone,
    Circumstance.CONSCRIPT: _with_conscript,
    Circumstance.PRISONER: _with_prisoner,
    Circumstance.HIDDEN_HOME: couple_with_children,
    Circumstance.HIDDEN_DEPOSIT: couple_with_children,
}
