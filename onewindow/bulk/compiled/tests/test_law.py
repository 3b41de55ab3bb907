"""The city's whole law: every variable of every drawn family equals OpenFisca's own run, to the last bit."""

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openfisca_core.errors import ParameterNotFoundError

from onewindow.bulk.compiled.kernel import Kernel
from onewindow.bulk.compiled.machine import machine_of
from onewindow.bulk.compiled.tracing import LazySimulation, trace
from onewindow.bulk.engine import simulation_of
from onewindow.rules.reforming import reformed
from onewindow.rules.system import system

MONTHS = ["2016-04", "2019-12", "2020-01", "2021-06", "2021-07", "2024-02", "2025-08", "2025-09", "2025-12", "2026-01"]
EDGES = np.array([0, 1, -1, 104_500, 104_499, 104_501, 100_320_00, 10**12, -(10**12), 156_750, 2**31, 2**31 - 1])
BIRTHS = np.array(["0001-01-01", "1900-03-01", "1944-02-29", "1965-10-01", "1965-10-02", "2007-09-30", "2008-02-29", "2025-10-01"], "datetime64[D]")  # fmt: skip


@cache
def kernel_of(month: str) -> tuple[Kernel, list[str], list[tuple[str, str]]]:
    """All that can be computed for the month, from all inputs; where a figure was not found, OpenFisca refuses too."""
    law = system()
    inputs = [key for name in law.variables for key in keys_of(name, month)]
    outputs = [name for name, variable in law.variables.items() if variable.formulas and is_known(name, month)]
    return Kernel.of(law, month, outputs, inputs, may_refuse=False), outputs, inputs


def keys_of(name, month):
    variable = system().variables[name]
    if variable.formulas:
        return []
    if str(variable.definition_period) == "eternity":
        return [(name, "ETERNITY")]
    return [(name, month)]


def is_known(name: str, month: str) -> bool:
    try:
        trace(system(), [(name, month)], {})
    except ParameterNotFoundError:
        return False
    return True


def column(name, rows, rng):
    variable = system().variables[name]
    if variable.dtype == "datetime64[D]":
        days = rng.integers(-25_000, 20_400, rows).astype("datetime64[D]")
        return np.where(rng.random(rows) < 0.3, rng.choice(BIRTHS, rows), days)
    if variable.value_type is bool:
        return rng.random(rows) < 0.3
    if variable.unit == "fen" or variable.dtype == np.int64:
        wage = rng.integers(0, 300_000, rows)
        return np.where(rng.random(rows) < 0.25, rng.choice(EDGES, rows), np.where(rng.random(rows) < 0.4, 0, wage))
    return rng.integers(variable.wording.at_least or 0, 8, rows).astype(variable.dtype)


def families(sizes, month, rng):
    people = sum(sizes)
    households = {"household": np.arange(len(sizes)), "members": np.array(sizes, np.uint16)}
    persons = {"person": np.arange(people), "role": rng.integers(0, 5, people).astype(np.uint8)}
    for name, _ in kernel_of(month)[2]:
        is_person = system().variables[name].entity.is_person
        if rng.random() < 0.9:
            (persons if is_person else households)[name] = column(name, people if is_person else len(sizes), rng)
    return households, persons


@pytest.mark.parametrize("month", MONTHS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 7), min_size=1, max_size=60), seed=st.integers(0, 2**32))
def test_every_variable_of_every_family_equals_openfisca_s_own_run(month, sizes, seed):
    kernel, outputs, inputs = kernel_of(month)
    households, persons = families(sizes, month, np.random.default_rng(seed))
    given_ = households | persons
    rows = {True: sum(sizes), False: len(sizes)}
    columns = {
        (name, period): given_[name]
        if name in given_
        else default(name, rows[system().variables[name].entity.is_person])
        for name, period in inputs
    }
    found = kernel.run(households["members"], persons["role"], columns)
    with np.errstate(all="ignore"):
        simulation = simulation_of(system(), households, persons, month)
        for name in outputs:
            own = simulation.calculate(name, month)
            assert np.array_equal(own, found[name]), (name, month)


def default(name, rows):
    variable = system().variables[name]
    return np.full(rows, variable.default_value, variable.dtype)


def test_the_whole_law_can_be_lowered():
    """A formula that could not would be refused here, with its line, before it slows the city down."""
    for month in MONTHS:
        _, outputs, _ = kernel_of(month)
        assert len(outputs) > 30


def test_a_rule_of_another_date_is_another_pass():
    def steps(month):
        simulation = LazySimulation(system(), {})
        return simulation.calculate("counted_base_pension", month).node

    assert steps("2020-12").op != steps("2021-01").op


def test_a_standard_raised_is_the_same_code_with_another_number():
    def text(law):
        kernel = Kernel.of(law, "2026-01", ["dibao_amount", "tekun_amount"], [], may_refuse=False)
        machine = machine_of(list(kernel.nodes.values()), lambda node: node.dtype, is_narrow=True)
        return str(machine.module), machine.whole

    (before, numbers), (after, others) = text(system()), text(reformed({"standard.unified": 108_000}, "2026-01"))
    assert before == after and numbers != others
    assert [n for n in others if n not in numbers] == [108_000]
