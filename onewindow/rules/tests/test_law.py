"""The law's files: every figure has its source, every variable its words, a matter is found by its folder."""

import shutil
import subprocess
import sys

import numpy as np
import pytest

from onewindow.rules import system as law
from onewindow.rules.explain import SURENESS
from onewindow.rules.figures import words_on_unknown
from onewindow.rules.system import CountryTaxBenefitSystem, figures, sources, system

FIGURES = {figure.name: figure for figure in figures(system().parameters)}
VARIABLES = system().variables


@pytest.mark.parametrize("name", FIGURES)
def test_every_value_has_a_source_and_says_how_sure_it_is(name):
    parameter = FIGURES[name]
    assert parameter.description
    for value in parameter.values_list:
        known = value.metadata
        assert known["source"] in sources(), value.name
        assert known["document"] == sources()[known["source"]]["document"]
        assert known["confidence"] in SURENESS
        assert (known["confidence"] == "E") == known.get("is_example", False), value.name
        assert known["confidence"] != "U" or value.value is None, f"{value.name}: an unknown value has no default"
        assert value.value is not None or known["note"], f"{value.name}: say why it is not known"


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_has_words(name):
    rule = VARIABLES[name]
    wording = rule.wording
    assert rule.label, "what does a resident call it?"
    assert wording.source in {"", *sources()}
    if wording.explain:
        assert wording.source, "which text does the formula follow?"
        assert wording.article, "which article?"
    assert not set(wording.told_first) - set(VARIABLES)
    assert not set(wording.unknown) - set(FIGURES)


@pytest.mark.parametrize("name", [name for name, rule in VARIABLES.items() if rule.unit == "fen"])
def test_money_is_whole_fen_of_64_bits(name):
    assert VARIABLES[name].value_type is int
    assert VARIABLES[name].dtype == np.int64


def test_yuan_of_the_documents_become_fen_in_the_law():
    assert FIGURES["standard.unified"].get_at_instant("2025-09-01") == 104500
    assert FIGURES["standard.unified"].metadata["unit"] == "fen"
    assert FIGURES["dibao.payment_unit"].get_at_instant("2025-09-01") == 1


def test_a_figure_with_a_part_of_a_fen_does_not_load():
    with pytest.raises(ValueError, match="whole number of fen"):
        law.fen(10.005, "somewhere")


def test_an_unknown_figure_says_its_month_and_why():
    assert words_on_unknown("standard.urban", "2012-05-01") == (
        "2012年5月的“城镇居民最低生活保障标准”未找到来源，不能计算。2010年至2015年各次调整的文件未找到。"
    )


INPUTS_OF_THE_CONTRACT = {
    "person": (
        "birth sex wage_income business_net_income property_net_income transfer_net_income base_pension rigid_expense "
        "disability_category disability_level is_student is_conscript is_imprisoned serious_disease unable_to_eat "
        "unable_to_dress unable_to_get_out_of_bed unable_to_toilet unable_to_walk unable_to_bathe"
    ),
    "household": "place_is_urban monetary_property car_count home_count non_residential_property study_abroad",
}
OUTPUTS_OF_THE_CONTRACT = (
    "counted_household_size counted_income per_capita_income dibao_property_ok dibao_eligible dibao_amount "
    "is_marginal_household marginal_grant single_person_dibao_amount temporary_aid_emergency_cap street_can_decide is_tekun self_care_level tekun_amount disability_living_subsidy "
    "disability_care_subsidy old_age_allowance home_care_subsidy"
)


@pytest.mark.parametrize("entity", INPUTS_OF_THE_CONTRACT)
def test_inputs_that_others_rely_on_are_there(entity):
    for name in INPUTS_OF_THE_CONTRACT[entity].split():
        assert VARIABLES[name].entity.key == entity
        assert not VARIABLES[name].formulas


def test_outputs_that_others_rely_on_are_there():
    assert all(VARIABLES[name].formulas for name in OUTPUTS_OF_THE_CONTRACT.split())


NEW_MATTER = """
from onewindow.rules.entities import Household
from onewindow.rules.words import Array, Fen, Month, Parameters, Population


class tea_money(Fen):
    entity = Household
    label = "茶水费"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        return household("counted_household_size", period) * parameters(period).tea.per_head
"""
NEW_FIGURE = """
description: 每人茶水费
metadata: {unit: yuan}
values:
  2009-01-01:
    value: 1.5
    metadata: {source: E, confidence: E, is_example: true}
"""


def test_a_matter_is_added_by_its_folder_alone(tmp_path, monkeypatch):
    shutil.copytree(law.FIELDS, tmp_path / "fields", ignore=shutil.ignore_patterns("__pycache__"))
    rules = tmp_path / "fields/assistance/tea/rules"
    (rules / "parameters").mkdir(parents=True)
    (rules / "tea.py").write_text(NEW_MATTER)
    (rules / "parameters/per_head.yaml").write_text(NEW_FIGURE)
    monkeypatch.setattr(law, "FIELDS", tmp_path / "fields")
    grown = CountryTaxBenefitSystem()
    assert "tea_money" in grown.variables
    assert grown.parameters.tea.per_head("2025-10-01") == 150
    assert set(VARIABLES) <= set(grown.variables)


def test_a_changed_figure_is_another_version_of_the_law(tmp_path):
    root = law.HERE.parent
    paths = [tmp_path / path.relative_to(root) for path in law.law_files()]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path.relative_to(tmp_path), path)
    assert law.digest(paths, tmp_path) == law.law_version()
    (figure,) = [path for path in paths if path.name == "payment_unit.yaml"]
    figure.write_text(figure.read_text().replace("0.01", "1"))
    assert law.digest(paths, tmp_path) != law.law_version()


def test_the_law_needs_no_django():
    program = "import sys, onewindow.rules.assess; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
