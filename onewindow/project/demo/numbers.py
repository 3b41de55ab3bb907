"""Numbers that are well formed and belong to nobody."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, count

from onewindow.kernel.people.identity import DEMO_SEQUENCES, check_digit

ELSEWHERE = (
    "130102 130104 130202 130203 130283 130302 130403 130502 130602 130702 130802 130902 130983 131002 131102 "
    "140105 150102 210102 220102 230102 320102 330102 340102 350102 360102 370102 370202 370303 370402 370502 "
    "370602 370702 371402 410102 410202 420102 430102 440103 450102 500103 510104 520102 530102 610102 620102"
).split()
BIN = "990000"
"""ISO 7812 leaves 9… to each country; no bank of UnionPay begins so."""
DAYS, STRIDE = 365, 149


class IdNumbers:
    """
    Gives every person an ID number of their own with a sequence that is never issued (990–999): five a day, division
    and sex. What was given is kept as one count a cell, so that a million people need no list of what is taken.
    """

    def __init__(self) -> None:
        self._taken: Counter[tuple[str, int, int]] = Counter()

    def take(self, division: str, birth_year: int, sex: int) -> str:
        for place in chain((division,), ELSEWHERE):
            cell = (place, birth_year, sex)
            nth = self._taken[cell]
            if nth < DAYS * len(DEMO_SEQUENCES) // 2:
                self._taken[cell] += 1
                return self._number(place, birth_year, sex, nth)
        raise OverflowError("no more demo ID numbers for this year of birth")

    def _number(self, division: str, birth_year: int, sex: int, nth: int) -> str:
        # The stride has no common divisor with 365: each day comes once before any comes twice.
        day = (nth * STRIDE + int(division) * 31 + birth_year * 17 + sex * 7) % DAYS
        birth = date(birth_year, 1, 1) + timedelta(days=day)
        sequence = DEMO_SEQUENCES.start + nth // DAYS * 2 + sex % 2
        first = f"{division}{birth:%Y%m%d}{sequence}"
        return first + check_digit(first)


def birth_of(id_number: str) -> date:
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def phones() -> Iterator[str]:
    """19900000000 and on: eleven digits, as forms want them, in an order that no operator gives out."""
    return (f"1990{n:07d}" for n in count())


def account_numbers() -> Iterator[str]:
    return (with_luhn_digit(f"{BIN}{n:012d}") for n in count(1))


def with_luhn_digit(digits: str) -> str:
    doubled = (int(each) * (2 - place % 2) for place, each in enumerate(reversed(digits)))
    return f"{digits}{-sum(n // 10 + n % 10 for n in doubled) % 10}"
