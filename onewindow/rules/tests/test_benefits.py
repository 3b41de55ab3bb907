"""The newer sums against an oracle in plain integers, where a fen, a day or a month decides."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from openfisca_core.simulations import SimulationBuilder

from onewindow.rules.assess import assess
from onewindow.rules.reforming import reformed
from onewindow.rules.system import system
from onewindow.rules.tests import oracle_of_benefits as oracle
from onewindow.rules.tests.oracle_of_benefits import STANDARD

MONTH = "2025-10"
fen = st.one_of(st.integers(0, 5_000_000), st.integers(0, 10**12))
step = st.integers(-2, 2)


def answer(output, *, law=None, person=None, others=0, household=None):
    """As the law in force, or another one, answers for a family of one and others without anything."""
    family = {
        "persons": {"a": person or {}, **{f"o{n}": {} for n in range(others)}},
        "households": {"h": {"applicant": ["a"], "others": [f"o{n}" for n in range(others)]}},
    }
    simulation = SimulationBuilder().build_from_entities(law or system(), family)
    for name, value in (household or {}).items():
        simulation.set_input(name, MONTH, [value])
    return simulation.calculate(output, MONTH).tolist()[0]


@settings(max_examples=150, deadline=None)
@given(fen, fen, fen, fen, step, st.sampled_from([None, 1, 12]))
def test_aid_for_expenses(insured, aided, income, spent, near, months):
    """Some of the time right at what can be borne, at the least and at the most."""
    if months is not None:
        spent = insured + aided + oracle.half_up(income, 40, 100) + 2 * months * STANDARD + near
    family = {
        "necessary_expense": spent, "expense_paid_by_insurance": insured, "expense_met_by_other_aid": aided,
        "income_of_past_year": income,
    }  # fmt: skip
    due = oracle.aid_for_expenses(spent, insured, aided, income)
    assert answer("temporary_aid_expenditure_amount", household=family) == due
    assert answer("street_can_decide_expenditure", household=family) == (due <= 6 * STANDARD)


DISPOSABLE = 5_200_000
LOADED = reformed({"economy.disposable_income_last_year": DISPOSABLE}, "2025-01")


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4), st.integers(0, 7_000_000), st.booleans(), step, step, st.sampled_from([0, 0, 1]))
def test_a_rigid_expenditure_household(size, income, is_at_disposable, near, nearer, over):
    income = DISPOSABLE * size + near if is_at_disposable else income
    spent = max(0, income * 60 // 100 + nearer)
    savings = 36 * STANDARD * size + over
    month_income = income // 12
    household = {"income_of_past_year": income, "rigid_expense_of_past_year": spent, "monetary_property": savings}
    found = answer(
        "is_rigid_expenditure_household", law=LOADED, others=size - 1,
        household={**household, "counted_income": month_income},
    )  # fmt: skip
    assert found == oracle.is_rigid(size, month_income, spent, income, savings, DISPOSABLE)


@settings(max_examples=60, deadline=None)
@given(st.integers(-50, 120), st.integers(-50, 300))
def test_what_prices_give(all_goods, food):
    law = reformed({"prices.rise_permille": all_goods, "prices.food_rise_permille": food}, "2025-01")
    assert answer("price_linked_subsidy", law=law) == oracle.prices(STANDARD, all_goods, food)


days = st.dates(date(2024, 8, 28), date(2025, 10, 31))


@settings(max_examples=150, deadline=None)
@given(days, st.one_of(days, st.integers(-2, 2)))
def test_a_funeral_by_the_day(cremated, claimed):
    if isinstance(claimed, int):
        claimed = min(cremated + timedelta(days=183 + claimed), date(2025, 10, 31))
    person = {"cremated_on": cremated, "funeral_claimed_on": claimed, "land_saving_burial_on": claimed}
    told = {"persons": {"a": person}, "households": {"h": {"others": ["a"]}}}
    found = assess(told, MONTH, ["funeral_subsidy", "land_saving_basic_service_award"]).outputs
    assert found["funeral_subsidy"] == {"a": oracle.funeral(cremated, claimed)}
    assert found["land_saving_basic_service_award"] == {"a": oracle.land_saving(cremated, claimed)}


states, months = st.integers(0, 9), st.integers(4, 8)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.dates(date(2005, 1, 1), date(2025, 9, 30)), st.dates(date(2007, 9, 28), date(2007, 10, 3))),
    states, states, months, months, st.booleans(),
)  # fmt: skip
def test_a_child_whom_nobody_brings_up(birth, father, mother, father_months, mother_months, in_institution):
    child = {
        "birth": birth, "father_circumstance": father, "mother_circumstance": mother,
        "father_circumstance_months": father_months, "mother_circumstance_months": mother_months,
        "lives_in_institution": in_institution,
    }  # fmt: skip
    rich = {"birth": "1970-01-01", "wage_income": 10**9}
    told = {"persons": {"a": rich, "c": child}, "households": {"h": {"applicant": ["a"], "others": ["c"]}}}
    found = assess(told, MONTH, ["orphan_allowance", "unattended_child_allowance"]).outputs
    expected = oracle.child(birth, father, mother, father_months, mother_months, in_institution)
    assert (found["orphan_allowance"]["c"], found["unattended_child_allowance"]["c"]) == expected
    assert found["orphan_allowance"]["a"] == found["unattended_child_allowance"]["a"] == 0
