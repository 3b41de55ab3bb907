"""Each step of the compiled pass against numpy's own, on what numpy is known to do otherwise than others."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from onewindow.bulk.compiled import instructions
from onewindow.bulk.compiled.tests.small import Home, Person, both, country, number

EDGES = [0, 1, -1, 2, 7, -7, 12, 100, -100, 2**31 - 1, -(2**31), 2**53, 2**53 + 1, 2**63 - 1, -(2**63)]
BROKEN = [0.0, -0.0, 0.5, 1.5, 2.5, -0.5, -2.5, 1e-300, 1e300, 1e9 + 0.5, np.inf, -np.inf, np.nan, 1045.0, 33.333]
PAIRS = [(a, b) for a in EDGES for b in EDGES]
BROKEN_PAIRS = [(a, b) for a in BROKEN for b in BROKEN]


EITHER_NOUGHT = {"more", "less", "fmax", "fmin"}
"""Of 0.0 and -0.0 numpy takes the one or the other, depending on the processor's instructions."""


def same(own: np.ndarray, found: np.ndarray, *, has_sign: bool = True) -> None:
    """Bit for bit, and what is no number where numpy has none."""
    assert own.shape == found.shape
    wrong = np.flatnonzero(~((own == found) | ((own != own) & (found != found))))
    assert not len(wrong), (own[wrong][:5], found[wrong][:5], wrong[:5])
    if own.dtype.kind == "f" and has_sign:
        assert np.array_equal(np.signbit(own[own == own]), np.signbit(found[own == own]))


def answers(step, left, right, dtype, result=None):
    def formula(person, period):
        return step(person("left", period), person("right", period))

    system = country(number("left", dtype), number("right", dtype), number("answer", result or dtype, formula=formula))
    return both(system, "answer", {"left": np.array(left, dtype), "right": np.array(right, dtype)}, [1] * len(left))


WHOLE = {
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "down": np.floor_divide, "rest": np.remainder,
    "more": np.maximum, "less": np.minimum, "negative": lambda a, b: -a + b * 0, "size": lambda a, b: np.abs(a),
    "sign": lambda a, b: np.sign(a), "squared": lambda a, b: a**2, "of_hundred": lambda a, b: a // 100 + a % 100,
    "bits": lambda a, b: (a & b) | (a ^ 3), "chosen": lambda a, b: np.where(a > b, a, b - 1),
    "several": lambda a, b: np.select([a < b, a == b, a > 100], [a, b * 2, 7], -1), "within": lambda a, b: np.clip(a, -5, 1000),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("dtype", [np.int64, np.int32])
def test_whole_numbers_are_reckoned_as_numpy_does(name, dtype):
    limit = np.iinfo(dtype)
    pairs = [(a, b) for a, b in PAIRS if limit.min <= a <= limit.max and limit.min <= b <= limit.max]
    same(*answers(WHOLE[name], *zip(*pairs, strict=True), dtype))


FLOATS = {
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.divide, "down": np.floor_divide,
    "rest": np.remainder, "more": np.maximum, "less": np.minimum, "fmax": np.fmax, "fmin": np.fmin,
    "floor": lambda a, b: np.floor(a), "ceil": lambda a, b: np.ceil(a), "even": lambda a, b: np.round(a),
    "cents": lambda a, b: np.round(a, 2), "tens": lambda a, b: np.round(a, -1), "root": lambda a, b: np.sqrt(np.abs(a)),
    "sign": lambda a, b: np.sign(a), "cut": lambda a, b: np.trunc(a), "chosen": lambda a, b: np.where(a > b, a, b),
    "is_number": lambda a, b: np.isfinite(a) * 1.0 + np.isnan(b) * 2.0 + np.isinf(a) * 4.0,
}  # fmt: skip


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_broken_numbers_are_reckoned_as_numpy_does(name, dtype):
    own, found = answers(FLOATS[name], *zip(*BROKEN_PAIRS, strict=True), dtype)
    same(own, found, has_sign=name not in EITHER_NOUGHT)


@pytest.mark.parametrize(
    ("name", "steps", "values"), [(n, WHOLE, EDGES) for n in WHOLE] + [(n, FLOATS, BROKEN) for n in FLOATS]
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_number_meets_a_column_that_is_not_there(name, steps, values):
    """Its nought stands in the code itself, for LLVM to leave out what follows from it."""
    step, dtype = steps[name], np.int64 if steps is WHOLE else np.float64

    def formula(person, period):
        return step(person("left", period), person("right", period))

    system = country(number("left", dtype), number("right", dtype), number("answer", dtype, formula=formula))
    own, found = both(system, "answer", {"left": np.array(values, dtype)}, [1] * len(values))
    same(own, found, has_sign=name not in EITHER_NOUGHT)


COMPARED = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "==": np.equal, "!=": np.not_equal,
    "and": np.logical_and, "or": np.logical_or, "xor": np.logical_xor, "neither": lambda a, b: ~((a > 0) | (b > 0)),
    "as_sum": lambda a, b: (a > 0) + (b > 0) * (a < b), "not": lambda a, b: np.logical_not(a),
}  # fmt: skip


@pytest.mark.parametrize("name", COMPARED)
@pytest.mark.parametrize(("dtype", "pairs"), [(np.int64, PAIRS), (np.float64, BROKEN_PAIRS)])
def test_comparisons_and_flags_are_numpy_s(name, dtype, pairs):
    same(*answers(COMPARED[name], *zip(*pairs, strict=True), dtype, bool))


@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.float32, bool])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_types_are_converted_as_numpy_does(dtype):
    values = [each for each in BROKEN if abs(each) < 2**31]
    same(*answers(lambda a, b: a.astype(dtype), values, values, np.float64, dtype))
    same(*answers(lambda a, b: a.astype(np.int32), EDGES, EDGES, np.int64, np.int32))


def test_a_sum_of_small_and_large_types_has_numpy_s_type():
    def formula(person, period):
        return person("small", period) * 1000 + person("broken", period) / person("small", period)

    system = country(
        number("small", np.int32), number("broken", np.float32), number("answer", np.float64, formula=formula)
    )
    small, broken = np.array([3, 2**31 - 1, -5], np.int32), np.array([0.1, 1e9, 7.7], np.float32)
    same(*both(system, "answer", {"small": small, "broken": broken}, [3]))


def test_days_months_and_years_follow_the_calendar_also_before_1970_and_on_leap_days():
    def formula(person, period):
        day = person("day", period).astype("datetime64[D]")
        month, year = day.astype("datetime64[M]"), day.astype("datetime64[Y]")
        back = (day - month.astype("datetime64[D]")).astype(int) + (day - year.astype("datetime64[D]")).astype(
            int
        ) * 100
        return back + month.astype(int) * 100_000 + year.astype(int) * 1_000_000_000

    class day(Variable):
        value_type, entity, definition_period, default_value = date, Person, DateUnit.MONTH, date(1, 1, 1)

    days = np.arange(-720_000, 60_000, 7).astype("datetime64[D]")
    days[:4] = np.array(["1900-02-28", "2000-02-29", "2024-02-29", "0001-01-01"], "datetime64[D]")
    system = country(day, number("answer", formula=formula))
    same(*both(system, "answer", {"day": days}, [len(days) // 2, len(days) - len(days) // 2]))


GROUPED = {
    "sum": lambda home, values: home.sum(values), "any": lambda home, values: home.any(values > 3),
    "all": lambda home, values: home.all(values > -3), "max": lambda home, values: home.max(values),
    "min": lambda home, values: home.min(values), "of_children": lambda home, values: home.sum(values, role=Home.CHILD),
    "children": lambda home, values: home.nb_persons(Home.CHILD), "people": lambda home, values: home.nb_persons(),
    "of_head": lambda home, values: home.value_from_person(values, Home.HEAD, default=-9),
    "of_second": lambda home, values: home.value_nth_person(1, values, default=5),
    "of_first": lambda home, values: home.value_from_first_person(values),
    "highest_child": lambda home, values: home.max(values, role=Home.CHILD),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPED)
@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=12), seed=st.integers(0, 2**32))
def test_households_are_summed_as_openfisca_does(name, sizes, seed):
    def formula(home, period):
        return GROUPED[name](home, home.members("value", period))

    system = country(number("value"), number("answer", np.float64, Home, formula))
    values = np.random.default_rng(seed).integers(-9, 9, sum(sizes))
    same(*both(system, "answer", {"value": values}, sizes))


@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.integers(1, 6), min_size=1, max_size=12), seed=st.integers(0, 2**32))
def test_persons_see_their_household_s_sums_and_sums_of_those_again(sizes, seed):
    def formula(person, period):
        mine, all_of_us = person("value", period), person.home.sum(person.home.members("value", period))
        above = np.where(mine * person.home.nb_persons() > all_of_us, mine, 0)
        rest = person.home.sum(above) - above
        return np.where(person.has_role(Home.HEAD), rest, person.get_rank(person.home, -mine)) + person.home(
            "rent", period
        )

    system = country(number("value"), number("rent", entity=Home), number("answer", np.float64, formula=formula))
    rng = np.random.default_rng(seed)
    columns = {"value": rng.integers(-9, 9, sum(sizes)), "rent": rng.integers(0, 99, len(sizes))}
    own, found = both(system, "answer", columns, sizes)
    heads = np.isin(np.arange(sum(sizes)), np.cumsum([0, *sizes[:-1]]))
    same(own[heads], found[heads])
    distinct = len(set(columns["value"])) == len(columns["value"])
    if distinct:  # numpy's argsort leaves equal ones in any order
        same(own, found)


@settings(max_examples=30, deadline=None)
@given(values=arrays(np.int64, 20, elements=st.integers(-(2**62), 2**62)))
def test_a_number_that_does_not_fit_a_narrow_column_is_kept_whole(values):
    system = country(number("value"), number("answer", formula=lambda person, period: person("value", period) + 1))
    own, found = both(system, "answer", {"value": values}, [20])
    assert np.array_equal(own, found)


MUTANTS = {
    "divide_towards_zero": ("floor_divide", lambda at, _, node, values: at.sdiv(*values)),
    "less_or_equal": ("less", instructions.compared("<=")),
    "lower_for_higher": ("maximum", instructions.bounded(is_higher=False)),
    "other_branch": ("where", lambda at, _, node, values: at.select(values[0], values[2], values[1])),
    "sum_for_difference": ("subtract", instructions.added("add", "fadd")),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_step_is_caught(name, monkeypatch):
    op, step = MUTANTS[name]
    monkeypatch.setitem(instructions.OPS, op, step)
    found = []
    for way in (WHOLE["down"], WHOLE["chosen"], WHOLE["subtract"], WHOLE["more"], WHOLE["several"]):
        pairs = [(a, b) for a, b in PAIRS if b not in (0, -1)]
        own, compiled = answers(way, *zip(*pairs, strict=True), np.int64)
        found.append(np.array_equal(own, compiled))
    assert not all(found)
