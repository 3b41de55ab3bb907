"""Tianjin's divisions: 16 districts, 299 streets and towns, 5,617 communities and villages (statistics codes, 2024-11)."""

import csv
from pathlib import Path

from onewindow.kernel.places.models import Place

DIVISIONS = Path(__file__).with_name("divisions.csv")


def load_places() -> int:
    """Adds what is not there yet; returns how many."""
    known = set(Place.objects.values_list("code", flat=True))
    with DIVISIONS.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["code"] not in known]
    rows.sort(key=lambda row: row["level"] != "city")
    Place.objects.bulk_create(
        (Place(code=r["code"], name=r["name"], level=r["level"], parent_id=r["parent"] or None) for r in rows),
        batch_size=2000,
    )
    return len(rows)
