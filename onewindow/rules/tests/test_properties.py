"""What must hold for every family, whatever it earns and owns."""

from hypothesis import given, settings
from hypothesis import strategies as st
from openfisca_core.simulations import SimulationBuilder

from onewindow.rules.assess import assess
from onewindow.rules.system import system
from onewindow.rules.tests import oracle
from onewindow.rules.tests.families import families, months, poor_families, situation

in_any_month = months.flatmap(lambda month: st.tuples(st.just(month), families(month)))
of_poor_families = months.flatmap(lambda month: st.tuples(st.just(month), poor_families(month)))


def answer(people, household, month, *outputs):
    return assess(situation(people, household, month), month, outputs).outputs


@settings(max_examples=200, deadline=None)
@given(in_any_month)
def test_every_sum_equals_the_oracle_to_the_fen(drawn):
    month, (people, household) = drawn
    expected = oracle.family(people, household, month)
    assert answer(people, household, month, *expected) == expected


@settings(max_examples=100, deadline=None)
@given(of_poor_families)
def test_around_the_standard_every_sum_equals_the_oracle_to_the_fen(drawn):
    month, (people, household) = drawn
    expected = oracle.family(people, household, month)
    assert answer(people, household, month, *expected) == expected


@settings(max_examples=100, deadline=None)
@given(in_any_month)
def test_who_is_eligible_gets_something_and_nobody_gets_less_than_nothing(drawn):
    month, (people, household) = drawn
    found = answer(people, household, month, "dibao_eligible", "dibao_amount", "single_person_dibao_amount")
    assert found["dibao_amount"] >= 0
    assert found["dibao_eligible"] == (found["dibao_amount"] > 0)
    assert min(found["single_person_dibao_amount"].values()) >= 0


@settings(max_examples=100, deadline=None)
@given(in_any_month, st.integers(1, 10**6))
def test_more_income_never_raises_the_amount(drawn, more):
    month, (people, household) = drawn
    before = answer(people, household, month, "dibao_amount")["dibao_amount"]
    richer = [
        (role, {**values, "transfer_net_income": min(values["transfer_net_income"] + more, 10**12)})
        for role, values in people
    ]
    assert answer(richer, household, month, "dibao_amount")["dibao_amount"] <= before


@settings(max_examples=50, deadline=None)
@given(months, st.integers(1, 7), st.booleans())
def test_one_fen_of_savings_over_the_cap_ends_dibao(month, size, is_urban):
    cap = 24 * oracle.in_force(oracle.STANDARD, month, is_urban) * size
    people = [("applicant", {}), *[("others", {})] * (size - 1)]
    owned = {"place_is_urban": is_urban, "monetary_property": cap}
    assert answer(people, owned, month, "dibao_eligible") == {"dibao_eligible": True}
    assert answer(people, {**owned, "monetary_property": cap + 1}, month, "dibao_eligible") == {"dibao_eligible": False}


@settings(max_examples=50, deadline=None)
@given(months, st.integers(1, 7), st.booleans())
def test_one_fen_of_income_decides_at_the_standard(month, size, is_urban):
    limit = oracle.in_force(oracle.STANDARD, month, is_urban) * size
    others = [("others", {})] * (size - 1)
    place = {"place_is_urban": is_urban}
    below = answer([("applicant", {"wage_income": limit - 1}), *others], place, month, "dibao_amount")
    at = answer([("applicant", {"wage_income": limit}), *others], place, month, "dibao_amount")
    assert (below, at) == ({"dibao_amount": 1}, {"dibao_amount": 0})


@settings(max_examples=20, deadline=None)
@given(months.flatmap(lambda month: st.tuples(st.just(month), st.lists(families(month), min_size=2, max_size=8))))
def test_many_families_at_once_get_what_each_gets_alone(drawn):
    """The formulas take arrays: nothing in them may hold for one family only, or the city could not be run at once."""
    month, drawn_families = drawn
    everybody = {"persons": {}, "households": {}}
    alone = []
    for place, (people, household) in enumerate(drawn_families):
        one = situation(people, household, month)
        family = one["households"]["h"]
        roles = {role: [f"{place}-{key}" for key in keys] for role, keys in family.items() if isinstance(keys, list)}
        everybody["persons"] |= {f"{place}-{key}": values for key, values in one["persons"].items()}
        everybody["households"][f"h{place}"] = {**family, **roles}
        alone.append(oracle.family(people, household, month))
    simulation = SimulationBuilder().build_from_entities(system(), everybody)
    for name in alone[0]:
        expected = [found[name] for found in alone]
        flat = [each for found in expected for each in (found.values() if isinstance(found, dict) else [found])]
        assert simulation.calculate(name, month).tolist() == flat, name
