"""Before a standard is changed the city is reckoned twice."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from onewindow.bulk.city.making import city_of, write
from onewindow.bulk.columns import columns_in, save
from onewindow.bulk.engine import BulkEngine
from onewindow.project.commands.simulate import command
from onewindow.project.simulating import OF_PERSON, of_homes, simulate
from onewindow.rules.assess import assess
from onewindow.rules.reforming import NoSuchFigure, reformed
from onewindow.rules.system import system

MONTH = "2025-08"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulate") / "town"
    write(city_of(3000, MONTH, 7), folder, lambda persons, left: None, 1)
    return folder


def test_the_standard_of_september_costs_what_september_pays(town: Path, tmp_path: Path) -> None:
    """1,010 is raised to 1,045 in August; the same people a month later, under the law itself, are paid the same."""
    told = simulate(town, MONTH, {"standard.unified": 104_500})
    assert told.changes == {"standard.unified": (101_000, 104_500)}
    BulkEngine(reformed({"standard.unified": 104_500}, MONTH)).run(
        town, MONTH, ["dibao_amount", "dibao_eligible"], tmp_path
    )
    homes = columns_in(next(tmp_path.glob("*.households.arrow")))
    assert 0 < homes["dibao_amount"].sum() <= told.whole.after_fen
    assert told.whole.after_fen > told.whole.before_fen and told.whole.gaining > 0 and told.whole.newly > 0


def test_districts_and_kinds_of_household_add_up_to_the_city(town: Path) -> None:
    told = simulate(town, MONTH, {"standard.unified": 104_500})
    for lines in told.by.values():
        for name in ("households", "before_fen", "after_fen", "gaining", "losing", "newly", "ending"):
            assert sum(getattr(line, name) for line in lines) == getattr(told.whole, name), name
    assert len(told.by["district"]) == 16


def test_nothing_changed_costs_nothing_and_a_cut_takes_from_somebody(town: Path) -> None:
    same = simulate(town, MONTH, {"standard.unified": 101_000}).whole
    assert (same.more_fen, same.gaining, same.losing, same.newly, same.ending) == (0, 0, 0, 0, 0)
    cut = simulate(town, MONTH, {"standard.unified": 50_000}).whole
    assert cut.more_fen < 0 and cut.losing > 0 and cut.ending > 0


@pytest.mark.parametrize("name", ["elders.old_age.from_80", "disability.living.severe", "disability.care"])
def test_every_allowance_has_its_cost(town: Path, name: str) -> None:
    """A sum that the simulation forgets would be shown as free."""
    raised = simulate(town, MONTH, {name: 200_000}).whole
    assert raised.more_fen > 0 and raised.gaining > 0


def test_who_is_kept_as_tekun_gets_no_dibao_beside_it(tmp_path: Path) -> None:
    homes = {"household": np.arange(2), "members": np.ones(2, np.uint16)}
    save({"household": np.arange(2), "dibao_amount": np.array([104_500] * 2), "marginal_grant": np.zeros(2, np.int64)},
         tmp_path / "p.households.arrow")  # fmt: skip
    nothing = {name: np.zeros(2, np.int64) for name in OF_PERSON}
    save({"person": np.arange(2), **nothing, "tekun_amount": np.array([202_000, 0])}, tmp_path / "p.persons.arrow")
    assert list(of_homes(tmp_path, "p", homes)["paid"]) == [202_000, 104_500]


def test_the_law_in_force_is_not_touched(town: Path) -> None:
    simulate(town, MONTH, {"standard.unified": 104_500})
    family = {"persons": {"a": {"birth": "1980-01-01"}}, "household": {"applicant": "a"}}
    assert assess(family, MONTH, ["dibao_amount"]).fen("dibao_amount") == 101_000
    assert system().parameters(f"{MONTH}-01").standard.unified == 101_000


@pytest.mark.parametrize(
    "name",
    ["standard.nothing", "standard.includes_equal", "standard.urban", "marginal.income_percent", "tekun.elder_age"],
)
def test_only_a_known_sum_can_be_changed(town: Path, name: str) -> None:
    with pytest.raises(NoSuchFigure):
        simulate(town, MONTH, {name: 1})


def test_the_verb_says_it_for_people_and_for_programs(town: Path) -> None:
    asked = ["--set", "standard.unified=1045", "--month", MONTH, "--population", str(town)]
    assert "和平区" not in CliRunner().invoke(command, asked).output  # districts by code
    told = json.loads(CliRunner().invoke(command, [*asked, "--json"]).output)
    assert told["ok"] and told["whole"]["after_fen"] > told["whole"]["before_fen"]
    assert np.sum([line["after_fen"] for line in told["by"]["district"]]) == told["whole"]["after_fen"]


@pytest.mark.parametrize(
    "wrong", ["standard.unified", "standard.unified=很多", "standard.unified=1.234", "=5", "standard.unified=-5"]
)
def test_a_sum_that_is_none_is_asked_for_anew(town: Path, wrong: str) -> None:
    done = CliRunner().invoke(command, ["--set", wrong, "--month", MONTH, "--population", str(town)])
    assert done.exit_code == 2 and "应写成" in done.output
