"""Every case of every YAML file that officials read, each as a test of its own, in OpenFisca's own runner."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from openfisca_core.tools.test_runner import YamlItem, build_test

from onewindow.rules.system import FIELDS, HERE, system

FILES = sorted([*FIELDS.glob("*/*/tests/*.yaml"), *HERE.glob("tests/*.yaml")])
CASES = [
    pytest.param(path, case, id=f"{path.parents[1].name}/{path.stem}: {case['name']}")
    for path in FILES
    for case in yaml.safe_load(path.read_text())
]


class ExactItem(YamlItem):
    """OpenFisca compares as float32, which sees no fen above 168 thousand yuan."""

    def check_variable(self, variable_name, expected_value, period, entity_index=None):
        found = self.simulation.calculate(variable_name, period)
        if entity_index is not None:
            found = found[entity_index]
        assert np.array_equal(np.atleast_1d(found), np.atleast_1d(expected_value)), (
            f"{variable_name}: {found} instead of {expected_value}"
        )


@pytest.mark.parametrize(("path", "case"), CASES)
def test_case(path: Path, case: dict, request: pytest.FixtureRequest) -> None:
    item = ExactItem.from_parent(
        request.node.parent, name=case["name"], baseline_tax_benefit_system=system(), test=dict(case), options={}
    )
    item.runtest()


def test_every_file_has_cases_with_names_of_their_own() -> None:
    assert len(CASES) > 100
    assert len({case.id for case in CASES}) == len(CASES)
    assert all(build_test(dict(case.values[1])).output for case in CASES)
