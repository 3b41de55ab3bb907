"""What a month's payroll comes to: by the grants as they stand, and by the law computed anew; a difference is a question."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onewindow.kernel.grants.amounts import in_force
from onewindow.kernel.places.codes import district_of
from onewindow.project.searching.benefits import benefit_of, benefits
from onewindow.project.searching.folder import write_folder
from onewindow.project.searching.granted import columns, held_grants
from onewindow.project.searching.law import compute
from onewindow.project.searching.rechecking import by_grant
from onewindow.project.searching.registers import last_day


def draft_sums(month: str) -> list[dict[str, Any]]:
    """One row a benefit and district."""
    totals: dict[tuple[str, str], Counter[str]] = {}
    with TemporaryDirectory() as kept:
        folder = Path(kept)
        families = (held.family for held in held_grants(month, last_day(month)) if held.family)
        write_folder(families, columns(), month, folder / "grants", "在享待遇")
        found = compute(folder / "grants", month, list(benefits()), folder / "results")
        law = {key: sums for part in found for key, sums in by_grant(part)}
    grants: Any = in_force(month).filter(holder__died_on=None)
    rows = grants.values_list("pk", "benefit", "place_id", "due_fen")
    for pk, code, place, due in rows.iterator():
        benefit = benefit_of(code)
        fen = law.get(pk, {}).get(benefit.variable, 0) if benefit else due
        told = totals.setdefault((code, district_of(place)), Counter())
        told.update(count=1, fen=due, law_fen=fen, differ=int(fen != due))
    return [
        {"benefit": code, "place": place, "month": month, "count": told["count"], "fen": told["fen"],
         "law_fen": told["law_fen"], "differ": told["differ"]}
        for (code, place), told in sorted(totals.items())
    ]  # fmt: skip
