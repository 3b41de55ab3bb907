import filecmp
import json
import os
from pathlib import Path

import pytest

from onewindow.bulk.city.folder import save_layout
from onewindow.bulk.city.making import City, columns_of
from onewindow.bulk.columns import save
from onewindow.bulk.engine import BulkEngine
from onewindow.bulk.spark import one_part, run
from onewindow.bulk.tests.cluster import cluster, why_not
from onewindow.rules.system import system

MONTH, HOUSEHOLDS, PARTS = "2025-10", 300, 6
OUTPUTS = ["counted_household_size", "dibao_eligible", "dibao_amount", "is_marginal_household", "age"]
LAW = "onewindow.rules.system:system"
needs_spark = pytest.mark.skipif(bool(why_not()), reason=why_not())


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    """Six small parts."""
    folder, parts = tmp_path_factory.mktemp("city"), []
    for number in range(PARTS):
        name = f"part-{number:05}"
        households, persons = columns_of(City(MONTH, number, HOUSEHOLDS), 0)
        households["household"] = households["household"] + number * HOUSEHOLDS
        persons["person"] = persons["person"] + number * HOUSEHOLDS * 10
        save(households, folder / f"{name}.households.arrow")
        save(persons, folder / f"{name}.persons.arrow")
        parts.append({"name": name, "households": HOUSEHOLDS, "persons": len(persons["person"])})
    save_layout(
        folder,
        MONTH,
        parts,
        {"district": [str(n) for n in range(16)], "household_type": [str(n) for n in range(11)]},
        "test",
    )
    return folder


@pytest.fixture(scope="module")
def embedded(city, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("embedded")
    BulkEngine(system()).run(city, MONTH, OUTPUTS, folder)
    return folder


def same_files(one: Path, other: Path) -> None:
    names = sorted(path.name for path in one.glob("*.arrow"))
    assert names == sorted(path.name for path in other.glob("*.arrow")) and len(names) >= PARTS
    same, different, missing = filecmp.cmpfiles(one, other, names, shallow=False)
    assert (different, missing) == ([], []) and len(same) == len(names)


def test_a_part_run_alone_and_run_twice_is_the_same_as_in_the_whole_run(city, embedded, tmp_path):
    for _ in range(2):
        one_part(city, MONTH, OUTPUTS, tmp_path, LAW, "part-00003")
    for rows in ("households", "persons"):
        name = f"part-00003.{rows}.arrow"
        assert filecmp.cmp(tmp_path / name, embedded / name, shallow=False)
    assert not list(tmp_path.glob(".part*")), "nothing half done is left"


@needs_spark
def test_two_workers_of_a_standalone_cluster_write_what_the_embedded_run_writes(city, embedded, tmp_path):
    told = []
    with cluster(tmp_path) as address:
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.executor.memory": "512m",
        }
        done = run(
            city,
            MONTH,
            OUTPUTS,
            tmp_path / "out",
            master=address,
            settings=settings,
            progress=lambda *at: told.append(at),
        )
    assert sorted(each.part for each in done) == [f"part-{n:05}" for n in range(PARTS)]
    pids = {each.pid for each in done}
    assert len(pids) >= 2 and os.getpid() not in pids, "both workers had parts, and the driver none"
    assert told[-1] == (PARTS, 0)
    same_files(embedded, tmp_path / "out")


@needs_spark
def test_a_run_that_was_broken_off_goes_on_with_what_is_missing(city, embedded, tmp_path):
    for n in (0, 4):
        one_part(city, MONTH, OUTPUTS, tmp_path / "out", LAW, f"part-{n:05}")
    one_part(city, MONTH, ["age"], tmp_path / "out", LAW, "part-00005")  # of another run, which wanted something else
    done = run(city, MONTH, OUTPUTS, tmp_path / "out", master="local[2]")
    assert len(done) == PARTS - 2
    same_files(embedded, tmp_path / "out")
    one, other = (json.loads((folder / "layout.json").read_text()) for folder in (embedded, tmp_path / "out"))
    assert one == other
