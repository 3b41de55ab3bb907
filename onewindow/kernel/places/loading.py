from onewindow.kernel.places.divisions import read_divisions
from onewindow.kernel.places.models import Place


def load_places() -> int:
    """Adds what is not there yet; returns how many."""
    known = set(Place.objects.values_list("code", flat=True))
    rows = [row for row in read_divisions() if row["code"] not in known]
    rows.sort(key=lambda row: row["level"] != "city")
    Place.objects.bulk_create(
        (Place(code=r["code"], name=r["name"], level=r["level"], parent_id=r["parent"] or None) for r in rows),
        batch_size=2000,
    )
    return len(rows)
