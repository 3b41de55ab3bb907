import json

import numpy as np
import pytest

from onewindow.bulk.city.folder import save_layout
from onewindow.bulk.columns import save
from onewindow.bulk.report import report

DISTRICTS = ["120101", "120102"]


@pytest.fixture
def folders(tmp_path):
    """Two parts: three households of 2, 1, 1 persons and two of 3, 1."""
    population, results = tmp_path / "city", tmp_path / "results"
    parts = []
    for folder in (population, results):
        folder.mkdir()
    for number, (keys, sizes, districts) in enumerate((([1, 2, 3], [2, 1, 1], [0, 1, 0]), ([4, 5], [3, 1], [1, 1]))):
        name = f"part-{number:05}"
        homes = {
            "household": np.array(keys),
            "members": np.array(sizes, np.uint16),
            "district": np.array(districts, np.uint8),
        }
        save(homes, population / f"{name}.households.arrow")
        save({"household": np.array(keys), "amount": np.array(keys) * 100 - 100}, results / f"{name}.households.arrow")
        save(
            {"person": np.arange(sum(sizes)), "owed": np.ones(sum(sizes), np.uint8)}, results / f"{name}.persons.arrow"
        )
        parts.append({"name": name, "households": len(keys), "persons": sum(sizes)})
    save_layout(population, "2025-10", parts, {"district": DISTRICTS}, "test")
    return population, results


def test_sums_by_district_over_all_parts_with_what_persons_have_in_their_households(folders):
    assert report(*folders, ["amount", "owed"], by=["district"]) == [
        {
            "district": "120101",
            "households": 2,
            "persons": 3,
            "amount": 200,
            "amount_households": 1,
            "owed": 3,
            "owed_households": 2,
        },
        {
            "district": "120102",
            "households": 3,
            "persons": 5,
            "amount": 800,
            "amount_households": 3,
            "owed": 5,
            "owed_households": 3,
        },
    ]


def test_an_empty_population_reports_nothing(tmp_path):
    (tmp_path / "layout.json").write_text(json.dumps({"parts": [], "carried": {}}))
    assert report(tmp_path, tmp_path, ["amount"]) == []
