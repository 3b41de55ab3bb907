import json

import pytest
from click.testing import CliRunner

from onewindow.bulk.tests.cluster import why_not
from onewindow.project.commands.bulk import command as bulk
from onewindow.project.commands.city import command as city

MONTH = "2025-10"


def said(command, *words):
    answer = CliRunner().invoke(command, [*map(str, words), "--json"])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)


@pytest.fixture
def small(tmp_path):
    said(city, "--people", 2000, "--month", MONTH, "--into", tmp_path / "city")
    return tmp_path / "city"


def test_from_a_city_to_a_report_in_three_verbs(small, tmp_path):
    ran = said(bulk, "run", small, "--into", tmp_path / "out", "--output", "dibao_amount", "--output", "age")
    assert ran["month"] == MONTH and 1900 < ran["persons"] < 2100
    rows = said(bulk, "report", small, tmp_path / "out", "--output", "dibao_amount", "--by", "household_type")["rows"]
    assert sum(row["persons"] for row in rows) == ran["persons"] and sum(row["dibao_amount"] for row in rows) > 0


def test_both_backends_say_the_same(small, tmp_path):
    for backend in ("kernel", "openfisca"):
        said(bulk, "run", small, "--into", tmp_path / backend, "--output", "dibao_amount", "--backend", backend)
    rows = [
        said(bulk, "report", small, tmp_path / each, "--output", "dibao_amount")["rows"]
        for each in ("kernel", "openfisca")
    ]
    assert rows[0] == rows[1] and sum(row["dibao_amount"] for row in rows[0]) > 0


def test_a_package_is_told_which_of_its_formulas_can_be_compiled():
    told = said(
        bulk, "lowered", "--package", "openfisca_country_template:CountryTaxBenefitSystem", "--day", "2022-03-01"
    )
    assert told["formulas"] == told["compiled"] > 10 and not told["reasons"]
    answer = CliRunner().invoke(bulk, ["lowered", "--package", "no_such:thing", "--day", "2022-03-01"])
    assert answer.exit_code == 1 and "no_such:thing" in answer.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "CITY", "--into", "OUT", "--output", "no_such_sum"], "没有“no_such_sum”"),
        (["report", "CITY", "CITY", "--by", "zodiac"], "没有“zodiac”"),
    ],
)
def test_what_is_not_there_is_named(small, tmp_path, words, told):
    places = {"CITY": str(small), "OUT": str(tmp_path / "out")}
    answer = CliRunner().invoke(bulk, [places.get(word, word) for word in words])
    assert answer.exit_code == 1 and told in answer.output


def test_a_folder_in_use_and_a_month_that_is_none_are_refused(small, tmp_path):
    for month, into, told in ((MONTH, small, "已有文件"), ("2025-13", tmp_path / "new", "月份应写成")):
        answer = CliRunner().invoke(city, ["--people", "100", "--month", month, "--into", str(into)])
        assert answer.exit_code == 1 and told in answer.output


@pytest.mark.skipif(not why_not().startswith("NO SPARK: pyspark"), reason="pyspark is installed: test_spark.py runs it")
def test_without_spark_the_operator_is_told_what_to_install(small, tmp_path):
    answer = CliRunner().invoke(bulk, ["run", str(small), "--into", str(tmp_path / "out"), "--engine", "spark"])
    assert answer.exit_code == 1 and "cluster" in answer.output
