"""OpenFisca's published country template: each of its own YAML tests, computed by the compiled pass."""

from pathlib import Path

import numpy as np
import openfisca_country_template
import pytest
import yaml
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.tools.test_runner import Loader, YamlItem
from openfisca_country_template import CountryTaxBenefitSystem

from onewindow.bulk.compiled.beside import calculated

FOLDER = Path(openfisca_country_template.__file__).parent / "tests"
COUNTRY = CountryTaxBenefitSystem()


def cases():
    for path in sorted(FOLDER.rglob("*.yaml")):
        told = yaml.load(path.read_text(), Loader)
        for number, case in enumerate(told if isinstance(told, list) else [told]):
            yield pytest.param(case, id=f"{path.stem}-{number}: {case['name']}")


class Compiled(YamlItem):
    computed = 0

    def check_output(self):
        simulation = self.simulation

        def calculate(name, period):
            self.computed += 1
            return calculated(simulation, name, period)

        simulation.calculate = calculate
        super().check_output()


@pytest.mark.parametrize("case", list(cases()))
def test_the_country_s_own_case(case, request):
    item = Compiled.from_parent(
        request.node.parent, name=case["name"], baseline_tax_benefit_system=COUNTRY, test=dict(case), options={}
    )
    item.runtest()
    assert item.computed


def test_persons_of_several_households_mixed_with_each_other_are_put_in_order_and_back():
    people = {name: {"salary": {"2022-03": salary}, "birth": {"ETERNITY": "1980-01-01"}} for name, salary in zip("abcd", (900, 2000, 40, 7000), strict=True)}  # fmt: skip
    homes = {"x": {"adults": ["c", "a"]}, "y": {"adults": ["d"], "children": ["b"]}}
    told = {"persons": people, "households": homes}

    def built():
        return SimulationBuilder().build_from_dict(COUNTRY, told)

    for name in ("income_tax", "disposable_income", "total_taxes"):
        assert np.array_equal(built().calculate(name, "2022-03"), calculated(built(), name, "2022-03"))
