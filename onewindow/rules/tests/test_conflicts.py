"""The matrix of the domain notes (3.12), the data, and what the formulas pay: three that must say the same."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from openfisca_core.simulations import SimulationBuilder

from onewindow.rules.conflicts import conflicts, names, pairs
from onewindow.rules.system import system
from onewindow.rules.tests.reforms import DisposableIncomeLoaded

COLUMNS = (
    "dibao tekun marginal_grant orphan_allowance unattended_child_allowance disability_living_subsidy "
    "disability_care_subsidy home_care_subsidy old_age_allowance funeral_subsidy"
).split()
TABLE = """
dibao | – | X K | X C L2 | O¹ | T C L10 | O C2 | O | O C2 | O K | O
tekun | X K | – | X | X choose C L4 a9 | X/T C L4 a9, L10 | X K | X K | E:X | O K, not income C L4 a6 | X C2 T17
marginal_grant | X | X | – | O | O | O C2 T12 | O | O C2 | O | O
orphan_allowance | O¹ | X | O | – | X | X K | O K | – | – | O
unattended_child_allowance | T | T | O | X | – | X if full C L10 | O C L10 | – | – | O
rigid_expenditure_household | X C L5 | X C L5 | X C L5 | O | O | local | O | O | O | O
work_injury_nursing_pay | O (income) | | | | | X K | X K | E:C | | X C2 T17
"""
CELLS = [
    (row, column, cell)
    for row, *cells in ([each.strip() for each in line.split("|")] for line in TABLE.strip().splitlines())
    for column, cell in zip(COLUMNS, cells, strict=True)
    if cell not in ("–", "")
]


@pytest.mark.parametrize(("row", "column", "cell"), CELLS)
def test_every_cell_of_the_matrix_is_in_the_data(row, column, cell):
    found = conflicts(row, column)
    effects = {found.effect, found.otherwise}
    assert ("U" if cell == "local" else cell.removeprefix("E:")[0]) in effects
    assert not cell.startswith("X/T") or effects == {"X", "T"}
    assert not cell.startswith("E:") or found.is_example
    tags = [tag for tag in ("C2", "C", "K") if tag in cell.replace(",", "").split()[1:]]
    assert not tags or found.confidence in tags
    assert found.article and found.says


def test_the_data_has_nothing_that_the_matrix_does_not_have():
    told = {frozenset((row, column)) for row, column, _ in CELLS} | {frozenset(("meal_subsidy", "institution"))}
    assert told == set(pairs())


def test_a_pair_is_found_in_either_order_and_by_the_names_of_the_law():
    assert conflicts("dibao_amount", "tekun_amount") == conflicts("tekun", "dibao")
    assert not conflicts("tekun_amount", "single_person_dibao_amount").allows_both
    assert conflicts("dibao_amount", "disability_care_subsidy").allows_both
    assert conflicts("unattended_child_allowance", "dibao_amount").effect == "T"
    assert conflicts("orphan_allowance", "old_age_allowance") is None
    assert conflicts("dibao", "nonsense") is None
    assert {name for name in names() if name.endswith("_amount")} <= set(system().variables)


MONTH = "2025-10"
BIRTHS = ("2015-01-01", "1980-01-01", "1955-01-01", "1940-01-01")
CARDS = ((0, 0), (4, 2), (2, 3))
PARENTS = ((0, 0), (1, 1), (1, 4))
INCOMES = (0, 120_000, 500_000)
FLAGS = (
    "receives_tekun", "receives_work_injury_nursing_pay", "receives_unattended_child_allowance", "lives_in_institution",
)  # fmt: skip
KINDS = list(product(BIRTHS, CARDS, PARENTS, INCOMES, *[(False, True)] * len(FLAGS)))
"""Everybody who might have two of them: 1728 families of one, each with a funeral claimed and a dear year behind it."""
EVERYBODY = {
    "assessed_care_level": 3, "is_childless_elder": True, "serious_disease": True, "chooses_tekun": True,
    "cremated_on": "2025-10-01", "funeral_claimed_on": "2025-10-02",
}  # fmt: skip


def columns():
    births, cards, parents, incomes, *flags = zip(*KINDS, strict=True)
    yield from ((name, [value] * len(KINDS)) for name, value in EVERYBODY.items())
    yield "birth", births
    yield from zip(("disability_category", "disability_level"), zip(*cards, strict=True), strict=True)
    yield from zip(("father_circumstance", "mother_circumstance"), zip(*parents, strict=True), strict=True)
    yield "transfer_net_income", incomes
    yield from zip(FLAGS, flags, strict=True)


@cache
def paid():
    """Who has what: a benefit's sum, or whether somebody has the status, by person."""
    law = DisposableIncomeLoaded(system())
    keys = [str(n) for n in range(len(KINDS))]
    homes = {f"h{key}": {"applicant": [key]} for key in keys}
    simulation = SimulationBuilder().build_from_entities(
        law, {"persons": {key: {} for key in keys}, "households": homes}
    )
    for name, values in columns():
        simulation.set_input(name, MONTH, np.array(values).astype(law.variables[name].dtype))
    simulation.set_input("rigid_expense", "2025-09", np.full(len(KINDS), 4_000_000))
    simulation.set_input("monthly_income", "2025-09", np.full(len(KINDS), 4_500_000))

    def of(name):
        return simulation.calculate(name, MONTH)

    is_kept = of("receives_tekun")
    return {
        "dibao": of("dibao_amount") + of("single_person_dibao_amount") + of("gradual_exit_amount"),
        "dibao_status": of("dibao_eligible") | (of("single_person_dibao_amount") > 0) | of("in_gradual_exit"),
        "tekun": of("tekun_amount") * is_kept,
        "rigid_expenditure_household": of("is_rigid_expenditure_household") * 1,
        "work_injury_nursing_pay": of("receives_work_injury_nursing_pay") * 1,
        "institution": of("lives_in_institution") * 1,
        **{name: of(name) for name in (*COLUMNS[2:], "meal_subsidy")},
    }


def has(name):
    """An orphan in a family on dibao is of that family, though no share is paid."""
    return paid().get(f"{name}_status", paid()[name] > 0)


@pytest.mark.parametrize(
    "pair",
    [each for each in pairs().values() if each.effect in "XTO"],
    ids=lambda each: "-".join(sorted(each.benefits)),
)
def test_the_formulas_pay_what_the_matrix_says(pair):
    one, other = (paid()[name] for name in sorted(pair.benefits))
    assert one.any() and other.any(), "nobody has it: the families say nothing"
    both = has(min(pair.benefits)) & has(max(pair.benefits))
    if "T" in (pair.effect, pair.otherwise):
        top = paid()["unattended_child_allowance"].max()
        rest = one + other
        assert both.any() or pair.otherwise
        assert (rest[both] <= top).all(), "topped up, not added"
    elif pair.effect == "X":
        assert not both.any()
    else:
        assert both.any()


def test_what_the_formulas_cannot_decide_is_said():
    """The higher of two needs the other office's sum; what a city has not told can't be reckoned."""
    left = {each.benefits for each in pairs().values() if each.effect in "CU"}
    assert left == {
        frozenset(("work_injury_nursing_pay", "home_care_subsidy")),
        frozenset(("rigid_expenditure_household", "disability_living_subsidy")),
    }
