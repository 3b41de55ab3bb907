import filecmp
import json

import numpy as np
import pyarrow as pa
import pytest

from onewindow.bulk.city.families import KINDS, MEAN_SIZE
from onewindow.bulk.city.making import PART_HOUSEHOLDS, City, city_of, columns_of, write
from onewindow.bulk.city.shares import shares, table
from onewindow.rules.system import system

MONTH = "2025-10"
KEYS = {"household", "person", "members", "role", "district", "household_type"}


@pytest.fixture(scope="module")
def part():
    """Fifty thousand households."""
    return columns_of(City(MONTH, 7, PART_HOUSEHOLDS), 0)


@pytest.fixture(scope="module")
def age(part):
    return (np.datetime64(MONTH, "D") - part[1]["birth"]).astype(int) / 365.2425


def test_every_column_is_an_input_of_the_law_and_nothing_is_computed_beforehand(part):
    known = system().variables
    for columns, entity in zip(part, ("household", "person"), strict=True):
        for name in set(columns) - KEYS:
            assert known[name].entity.key == entity, name
            assert not known[name].formulas, name


def test_ages_are_those_of_a_big_city(age):
    assert (age < 15).mean() == pytest.approx(0.1347, abs=0.01)
    assert (age >= 60).mean() == pytest.approx(0.2166, abs=0.015)
    assert (age >= 65).mean() == pytest.approx(0.1475, abs=0.015)
    assert age.min() >= 0 and age.max() < 105


def test_households_are_of_their_mean_size_and_every_member_is_there(part):
    households, persons = part
    assert households["members"].mean() == pytest.approx(MEAN_SIZE, abs=0.015)
    assert households["members"].sum() == len(persons["person"])
    assert (persons["role"] == 0).sum() == len(households["household"]), "one applicant each"
    of_household = np.repeat(households["household"], households["members"])
    assert (persons["person"] // 10 == of_household).all(), "members of one household are neighbours"
    assert (np.diff(persons["person"]) > 0).all() and (np.diff(households["household"]) > 0).all()


@pytest.mark.parametrize(
    ("column", "of", "share"),
    [("district", "districts", "weight"), ("household_type", "household_types", "share")],
)
def test_districts_and_types_have_their_shares(part, column, of, share):
    found = np.bincount(part[0][column], minlength=len(table(of))) / PART_HOUSEHOLDS
    assert found == pytest.approx(shares(of, share), abs=0.006)


def test_every_share_names_its_source():
    for name in ("districts", "household_types", "disability_by_age", "disability_kinds"):
        assert all(row["source"] for row in table(name))


def test_disability_grows_with_age_and_has_category_and_level_together(part, age):
    persons = part[1]
    has = persons["disability_level"] > 0
    assert ((persons["disability_category"] > 0) == has).all()
    assert has[age < 18].mean() < has[(age >= 18) & (age < 60)].mean() < has[age >= 70].mean()
    assert has.mean() == pytest.approx(0.028, abs=0.006)


def test_what_people_have_goes_together(part):
    households, persons = part
    first = np.cumsum(households["members"].astype(int)) - households["members"]
    wages = np.add.reduceat(persons["wage_income"].astype(float), first)
    money = households["monetary_property"].astype(float)
    earning = wages > 0
    ranks = [np.argsort(np.argsort(each[earning])) for each in (wages, money)]
    assert np.corrcoef(*ranks)[0, 1] > 0.3
    assert (
        households["car_count"][money > np.median(money)].mean()
        > 1.5 * households["car_count"][money < np.median(money)].mean()
    )


def test_who_is_away_or_small_earns_nothing(part, age):
    persons = part[1]
    away = (persons["is_conscript"] | persons["is_imprisoned"] | (age < 17.9)).astype(bool)
    assert not persons["wage_income"][away].any() and persons["is_conscript"].any() and persons["is_imprisoned"].any()


def test_single_parents_have_children_and_elder_couples_are_two(part):
    households, _ = part
    sizes = households["members"]
    assert (sizes[households["household_type"] == KINDS["single_parent"]] >= 2).all()
    assert (sizes[households["household_type"] == KINDS["elder_couple"]] == 2).all()
    assert (households["is_single_parent_family"] == (households["household_type"] == KINDS["single_parent"])).all()


def test_a_small_city_is_the_beginning_of_a_larger_one():
    small, large = columns_of(city_of(1000, MONTH, 1), 0), columns_of(city_of(5000, MONTH, 1), 0)
    for few, many in zip(small, large, strict=True):
        assert all((values == many[name][: len(values)]).all() for name, values in few.items())
    assert 950 < len(small[1]["person"]) < 1050


def test_processes_do_not_move_a_byte_and_another_seed_moves_all(tmp_path):
    city = City(MONTH, 3, PART_HOUSEHOLDS + 10)
    assert write(city, tmp_path / "one", processes=1) == write(city, tmp_path / "two", processes=2)
    write(City(MONTH, 4, 10), tmp_path / "other")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    same, different, missing = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False)
    assert (different, missing) == ([], []) and len(same) == 5
    assert not filecmp.cmp(
        tmp_path / "one/part-00001.persons.arrow", tmp_path / "other/part-00000.persons.arrow", shallow=False
    )


def test_the_folder_is_as_agreed(tmp_path):
    persons = write(city_of(2000, MONTH, 1), tmp_path)
    layout = json.loads((tmp_path / "layout.json").read_text())
    assert layout["persons"] == persons == sum(part["persons"] for part in layout["parts"])
    with pa.memory_map(str(tmp_path / "part-00000.persons.arrow")) as file:
        table_ = pa.ipc.open_file(file).read_all()
    assert table_.num_rows == persons and all(column.null_count == 0 for column in table_.columns)
    assert table_.schema.field("birth").type == pa.date32()
