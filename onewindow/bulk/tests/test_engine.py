import numpy as np
import pytest

from onewindow.bulk.city.folder import save_layout
from onewindow.bulk.city.making import City, columns_of, write
from onewindow.bulk.columns import save
from onewindow.bulk.engine import BadPopulation, BulkEngine
from onewindow.rules.system import system
from tests.bench.comparing import compare
from tests.bench.files import whole
from tests.bench.plain import computed, simulation_of

MONTH = "2025-10"
OUTPUTS = ["counted_household_size", "dibao_eligible", "dibao_amount", "personal_income", "age"]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Three parts, cut small."""
    folder, parts = tmp_path_factory.mktemp("city"), []
    for number in range(3):
        households, persons = columns_of(City(MONTH, number, 400), 0)
        households["household"] = households["household"] + number * 400
        persons["person"] = persons["person"] + number * 4000
        save(households, folder / f"part-{number:05}.households.arrow")
        save(persons, folder / f"part-{number:05}.persons.arrow")
        parts.append({"name": f"part-{number:05}", "households": 400, "persons": len(persons["person"])})
    save_layout(folder, MONTH, parts, {"district": ["1"], "household_type": ["1"]}, "test")
    return folder


def test_parts_in_two_processes_equal_one_simulation_of_the_whole_city(city, tmp_path):
    report = BulkEngine(system()).run(city, MONTH, OUTPUTS, tmp_path, processes=2)
    expected = dict(computed(simulation_of(system(), *whole(city), MONTH), OUTPUTS, MONTH))
    households, persons = whole(tmp_path)
    for name, values in expected.items():
        assert np.array_equal(values, {**households, **persons}[name]), name
    assert (report.households, report.parts, report.processes) == (1200, 3, 2)


def test_processes_make_no_difference(city, tmp_path):
    for many in (1, 3):
        BulkEngine(system()).run(city, MONTH, OUTPUTS, tmp_path / str(many), processes=many)
    found = compare(tmp_path / "1", tmp_path / "3")
    assert found.differing == 0 and found.cells > 1200 * 5


def test_results_can_be_taken_part_by_part_without_a_folder(city):
    taken, told = [], []
    BulkEngine(system()).run(
        city, MONTH, ["dibao_amount"], each=taken.append, progress=lambda *at: told.append(at), processes=1
    )
    assert [part.name for part in taken] == [f"part-{n:05}" for n in range(3)] and told[-1] == (3, 0)
    assert set(taken[0].households) == {"household", "dibao_amount"}


def test_what_the_law_does_not_know_and_households_of_nobody_are_refused(tmp_path):
    write(City(MONTH, 1, 5), tmp_path)
    households, persons = columns_of(City(MONTH, 1, 5), 0)
    with pytest.raises(ValueError, match="no_such_thing"):
        BulkEngine(system()).run(tmp_path, MONTH, ["no_such_thing"])
    save({**persons, "shoe_size": persons["sex"]}, tmp_path / "part-00000.persons.arrow")
    with pytest.raises(BadPopulation, match="shoe_size"):
        BulkEngine(system()).run(tmp_path, MONTH, ["age"])
    save(persons, tmp_path / "part-00000.persons.arrow")
    for members, words in (([0, 1, 1, 1, 1], "without members"), ([9, 9, 9, 9, 9], "not as many")):
        save({**households, "members": np.array(members, np.uint16)}, tmp_path / "part-00000.households.arrow")
        with pytest.raises(BadPopulation, match=words):
            BulkEngine(system()).run(tmp_path, MONTH, ["age"])
    save(households, tmp_path / "part-00000.households.arrow")
    save({**persons, "role": persons["role"] + np.uint8(5)}, tmp_path / "part-00000.persons.arrow")
    with pytest.raises(BadPopulation, match="role"):
        BulkEngine(system()).run(tmp_path, MONTH, ["age"])


def test_another_country_s_package_runs_as_it_is(tmp_path):
    from openfisca_country_template import CountryTaxBenefitSystem

    country, rng = CountryTaxBenefitSystem(), np.random.default_rng(5)
    sizes = rng.integers(1, 5, 200).astype(np.uint16)
    many = int(sizes.sum())
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    households = {"household": np.arange(200), "members": sizes, "rent": rng.integers(0, 2000, 200).astype(np.float32)}
    persons = {
        "person": np.arange(many), "role": np.minimum(np.arange(many) - first, 1).astype(np.uint8),
        "birth": np.datetime64("1950-01-01") + rng.integers(0, 27_000, many), "salary": rng.integers(0, 9000, many).astype(np.float32),
    }  # fmt: skip
    save(households, tmp_path / "part-00000.households.arrow")
    save(persons, tmp_path / "part-00000.persons.arrow")
    save_layout(tmp_path, "2022-03", [{"name": "part-00000", "households": 200, "persons": many}], {}, "test")
    outputs = ["income_tax", "basic_income", "disposable_income", "total_taxes"]
    BulkEngine(country).run(tmp_path, "2022-03", outputs, tmp_path / "out")
    mine = {name: values for columns in whole(tmp_path / "out") for name, values in columns.items()}
    expected = dict(computed(simulation_of(country, households, persons, "2022-03"), outputs, "2022-03"))
    for name, values in expected.items():
        assert np.array_equal(values, mine[name]) and values.any(), name
