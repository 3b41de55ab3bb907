"""The kinds of households that reports are broken down by, from who is in them; the codes are the city's (city/shares)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from onewindow.bulk.city.families import KINDS

Array = NDArray[Any]
ELDER, GROWN, YOUNG = 60, 23, 18
APPLICANT, SPOUSE, CHILD, PARENT = range(4)


def types_of(first: Array, sizes: Array, role: Array, age: Array) -> Array:
    """One for each household; `first` is the row of its first member."""

    def has(mask: Array) -> Array:
        return np.add.reduceat(mask.astype(np.int64), first) > 0

    head_is_old = age[first] >= ELDER
    has_spouse, has_child, has_parent = has(role == SPOUSE), has(role == CHILD), has(role == PARENT)
    has_small_child = has((role == CHILD) & (age < GROWN))
    has_grandchild = has((role > PARENT) & (age < YOUNG)) & head_is_old
    cases = {
        "elder_alone": (sizes == 1) & head_is_old,
        "alone": sizes == 1,
        "three_generations": (has_parent & has_child) | (has_grandchild & has_child),
        "grandparents": has_grandchild,
        "elder_couple": (sizes == 2) & has_spouse & head_is_old,
        "couple": (sizes == 2) & has_spouse,
        "with_children": has_spouse & has_small_child,
        "with_grown_child": has_spouse & has_child,
        "single_parent": has_small_child,
        "elder_with_child": has_child | has_parent,
    }
    codes = [np.full(len(first), KINDS[code], np.uint8) for code in cases]
    return np.select(list(cases.values()), codes, np.uint8(KINDS["siblings"]))
