"""
Twelve months ahead: every grant in force by the law of each month, with the ages that people will have; and who will come
to be owed by age or card and has nothing yet. Beside it what was paid a year before. Nothing is stored but sums.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from django.db.models import Count, Sum

from onewindow.fields.finding.models import Forecast
from onewindow.kernel.audit.chain import append_line
from onewindow.kernel.grants.amounts import in_force
from onewindow.kernel.grants.models import PaymentItem
from onewindow.project.searching.benefits import benefit_of, benefits
from onewindow.project.searching.folder import write_folder
from onewindow.project.searching.granted import columns, held_grants
from onewindow.project.searching.law import Found, compute
from onewindow.project.searching.registers import last_day, write_city
from onewindow.project.searching.searches import Progress, silent
from onewindow.rules.system import law_version

Row = dict[str, Any]


def forecast(
    actor: Any, from_month: str, months: int, population: Path | None = None, progress: Progress = silent
) -> Forecast:
    wanted = months_from(from_month, months)
    with TemporaryDirectory() as kept:
        folder = Path(kept)
        rows = _rows(
            wanted, _grants(from_month, folder / "grants"), population or _city(from_month, folder), folder, progress
        )
    made = Forecast.objects.create(from_month=from_month, law_version=law_version(), by=actor.label, rows=rows)
    append_line(
        shard="12", action="budget.forecast", target=f"finding.forecast:{made.pk}", actor=actor, subject=None,
        reason=f"测算{from_month}起{months}个月资金", detail={"rows": len(rows)},
    )  # fmt: skip
    return made


def months_from(month: str, count: int) -> list[str]:
    found = [month]
    while len(found) < count:
        found.append(f"{last_day(found[-1]) + timedelta(days=1):%Y-%m}")
    return found


def _grants(month: str, into: Path) -> Path:
    families = (held.family for held in held_grants(month, last_day(month)) if held.family)
    return write_folder(families, columns(), month, into, "在享待遇")


def _city(month: str, folder: Path) -> Path:
    return write_city(month, folder / "city")


def _rows(wanted: list[str], grants: Path, city: Path, folder: Path, progress: Progress) -> list[Row]:
    """Who is owed already in the first month and has nothing is a lead, and no cost that turns up by itself."""
    rows, before, of_grant = [], None, _benefits_held(wanted[0])
    names = [name for name, benefit in benefits().items() if not benefit.rests_on_means]
    for month in wanted:
        sums, counts = granted(_asked(grants, month, list(benefits()), folder / f"g{month}"), of_grant)
        owed = owed_by_registers(_asked(city, month, names, folder / f"c{month}"), names)
        newly, newly_fen = _more(owed, before)
        before = before or owed
        rows += [
            _row(name, month, counts, sums, newly, newly_fen)
            for name in benefits()
            if counts[name] or newly[name] or _is_held(name, of_grant)
        ]
        progress(f"{month}")
    return _with_last_year(rows, wanted)


def _asked(population: Path, month: str, outputs: list[str], into: Path) -> Iterator[Found]:
    if not outputs or not any(population.glob("*.arrow")):
        return iter(())
    return compute(population, month, outputs, into)


def _benefits_held(month: str) -> dict[int, str]:
    """Grant → variable."""
    rows = in_force(month).values_list("pk", "benefit").order_by("pk")
    return {pk: benefit.variable for pk, code in rows if (benefit := benefit_of(code))}


def _is_held(name: str, of_grant: dict[int, str]) -> bool:
    return name in of_grant.values()


def granted(found: Iterator[Found], of_grant: dict[int, str]) -> tuple[Counter[str], Counter[str]]:
    """Sum and number of the grants that the law of the month still gives something."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for part in found:
        held = np.array([of_grant.get(key, "") for key in part.households.tolist()])
        for name, benefit in benefits().items():
            values = part.outputs[name][part.first] if benefit.is_of_persons else part.outputs[name]
            mine = values[(held == name) & (values > 0)]
            sums[name] += int(mine.sum())
            counts[name] += len(mine)
    return sums, counts


def owed_by_registers(found: Iterator[Found], names: list[str]) -> dict[str, tuple[int, int]]:
    """Number and sum of all who are owed, whether they have it or not: only what changes from month to month is used."""
    totals = dict.fromkeys(names, (0, 0))
    for part in found:
        for name in names:
            at = part.positive(name)
            count, fen = totals[name]
            totals[name] = (count + len(at), fen + int(part.outputs[name][at].sum()))
    return totals


def _more(
    owed: dict[str, tuple[int, int]], before: dict[str, tuple[int, int]] | None
) -> tuple[Counter[str], Counter[str]]:
    first = before or owed
    newly = Counter({name: max(count - first[name][0], 0) for name, (count, _) in owed.items()})
    fen = Counter({name: max(sum_ - first[name][1], 0) if newly[name] else 0 for name, (_, sum_) in owed.items()})
    return newly, fen


def _row(
    name: str, month: str, counts: Counter[str], sums: Counter[str], newly: Counter[str], fen: Counter[str]
) -> Row:
    benefit = benefits()[name]
    return {
        "month": month, "benefit": benefit.code, "label": benefit.name, "grants": counts[name], "fen": sums[name],
        "newly": newly[name], "newly_fen": fen[name],
    }  # fmt: skip


def _with_last_year(rows: list[Row], months: list[str]) -> list[Row]:
    """What arrived for the same month of the year before."""
    years = {f"{int(month[:4]) - 1}{month[4:]}" for month in months}
    paid = PaymentItem.objects.filter(state=PaymentItem.State.PAID, month__in=years).values_list(
        "grant__benefit", "month"
    )
    sums = {
        (benefit, month): (fen, n) for benefit, month, fen, n in paid.annotate(fen=Sum("amount_fen"), n=Count("pk"))
    }
    for row in rows:
        last = f"{int(row['month'][:4]) - 1}{row['month'][4:]}"
        row["last_month"] = last
        row["last_fen"], row["last_count"] = sums.get((row["benefit"], last), (0, 0))
    return rows
