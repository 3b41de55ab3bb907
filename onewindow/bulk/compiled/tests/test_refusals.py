"""What can't be lowered is refused with its place, goes through OpenFisca if asked, and never means something else by parts."""

import numpy as np
import openfisca_country_template
import pytest
from openfisca_country_template import CountryTaxBenefitSystem

from onewindow.bulk.city.folder import save_layout
from onewindow.bulk.columns import columns_in, save
from onewindow.bulk.compiled.coverage import Summary, coverage
from onewindow.bulk.compiled.graph import LoweringError, WholePopulationError
from onewindow.bulk.compiled.kernel import Kernel
from onewindow.bulk.compiled.tests.small import MONTH, Home, both, country, number
from onewindow.bulk.engine import BulkEngine
from onewindow.rules.system import system


def branching(person, period):
    value = person("value", period)
    if value > 3:
        return value
    return value * 2


def highest_of_all(person, period):
    return person("value", period) == person("value", period).max()


def counted(person, period):
    return person("value", period) / person.count


def sorted_values(person, period):
    return np.argsort(person("value", period))


def of_a_household_for_a_person(person, period):
    return person.home("rent", period) + person.simulation.populations["home"]("rent", period)


def logarithm(person, period):
    return np.log(person("value", period) + 1)


REFUSED = {
    logarithm: "numpy.log",
    branching: "control flow", sorted_values: "numpy.argsort", of_a_household_for_a_person: "rows of home and person",
}  # fmt: skip


def kernel_of(formula, *, may_refuse=False):
    law = country(number("value"), number("rent", entity=Home), number("answer", np.float64, formula=formula))
    return Kernel.of(law, MONTH, ["answer"], [("value", MONTH), ("rent", MONTH)], may_refuse=may_refuse)


@pytest.mark.parametrize("formula", REFUSED)
def test_a_formula_that_can_t_be_lowered_is_named_with_its_line(formula):
    with pytest.raises(LoweringError, match=REFUSED[formula]) as refused:
        kernel_of(formula)
    assert (refused.value.variable, refused.value.file) == ("answer", __file__)
    if formula is logarithm:  # seen when its graph is there
        return
    text = open(__file__, encoding="utf-8").read().splitlines()[refused.value.line - 1]  # noqa: PTH123, SIM115
    assert refused.value.text == text.strip() and refused.value.text in str(refused.value)


@pytest.mark.parametrize("formula", [highest_of_all, counted])
def test_what_looks_at_everybody_at_once_is_refused_even_where_openfisca_would_compute_it(formula):
    with pytest.raises(WholePopulationError):
        kernel_of(formula, may_refuse=True)


def population(folder, sizes, rng):
    people = sum(sizes)
    homes = {
        "household": np.arange(len(sizes)),
        "members": np.array(sizes, np.uint16),
        "rent": rng.integers(0, 90, len(sizes)),
    }
    roles = np.concatenate([[0, *[1] * (n - 1)] for n in sizes]).astype(np.uint8)
    persons = {"person": np.arange(people), "role": roles, "value": rng.integers(0, 9, people)}
    save(homes, folder / "part-0.households.arrow")
    save(persons, folder / "part-0.persons.arrow")
    part = {"name": "part-0", "households": len(sizes), "persons": people}
    save_layout(folder, MONTH, [part], {}, "test")


def test_a_refused_variable_goes_through_openfisca_and_all_others_through_the_pass(tmp_path):
    """Before and after it: the pass awaits its values as it awaits inputs."""

    def odd(person, period):
        return np.take(np.array([5, 6, 7, 8, 9, 1, 2, 3, 4, 0]), person("before", period) % 10)

    law = country(
        number("value"), number("rent", entity=Home),
        number("before", formula=lambda person, period: person("value", period) * 3 + 1),
        number("odd", formula=odd),
        number("after", np.float64, Home, lambda home, period: home.sum(home.members("odd", period)) + home("rent", period)),
    )  # fmt: skip
    population(tmp_path, [2, 1, 4, 3], np.random.default_rng(1))
    report = BulkEngine(law).run(tmp_path, MONTH, ["before", "odd", "after"], tmp_path / "out")
    own = BulkEngine(law).run(tmp_path, MONTH, ["before", "odd", "after"], tmp_path / "own", backend="openfisca")
    for rows in ("households", "persons"):
        mine, theirs = (columns_in(tmp_path / folder / f"part-0.{rows}.arrow") for folder in ("out", "own"))
        assert mine.keys() == theirs.keys() and all(np.array_equal(mine[name], theirs[name]) for name in mine)
    assert len(report.by_openfisca) == 1 and "variable 'odd'" in report.by_openfisca[0] and not own.by_openfisca
    with pytest.raises(LoweringError, match="odd"):
        BulkEngine(law).run(tmp_path, MONTH, ["after"], may_refuse=False)


def test_nothing_of_the_city_s_own_law_is_refused():
    found = [each for each in coverage(system(), "2025-10-01") if each.refusal or each.uncompiled]
    assert {each.variable for each in found if not each.is_error} == set()


def test_all_of_the_country_template_is_lowered_and_compiled():
    found = Summary.of(list(coverage(CountryTaxBenefitSystem(), "2022-03-01")))
    assert found.formulas == found.lowered == found.compiled >= 13
    assert openfisca_country_template.__name__


def test_parts_of_arrays_are_computed_for_their_rows():
    def formula(person, period):
        value = person("value", period)
        answer = value * 2
        is_odd = value % 2 == 1
        answer[is_odd] = value[is_odd] * 100 + 1
        return answer

    own, found = both(country(number("value"), number("answer", formula=formula)), "answer", {"value": range(9)}, [9])
    assert np.array_equal(own, found) and found[3] == 301
