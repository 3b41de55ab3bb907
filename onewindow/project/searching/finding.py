"""政策找人 over the whole city: everything that the law gives, beside everything that is held."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onewindow.fields.finding.models import Search
from onewindow.project.searching.benefits import NOT_TO_BE_FOUND, benefits
from onewindow.project.searching.law import Found
from onewindow.project.searching.leads import Candidate, write_leads
from onewindow.project.searching.registers import write_city
from onewindow.project.searching.searches import Progress, begin, computed, end, silent, write_batches

MONTHLY = "month"
"""The cause of a lead of the month's own search."""


def find(actor: Any, month: str, population: Path | None = None, progress: Progress = silent) -> Search:
    """Writes a lead for each who seems to be owed; run again, it goes on where it was killed and adds nothing twice."""
    search = begin(Search.Kind.FIND, month, str(population or "registers"))
    found = computed(search, lambda into: write_city(month, into), list(benefits()), progress, population)
    rows = (row for part in found for row in candidates(part))
    write_batches(search, rows, lambda batch: write_leads(batch, month, MONTHLY), progress)
    return end(search, actor)


def candidates(part: Found) -> Iterator[Candidate]:
    for variable, benefit in benefits().items():
        if variable in NOT_TO_BE_FOUND:
            continue
        sums = part.outputs[variable]
        at = part.positive(variable)
        owner, person = (part.household_of[at], at) if benefit.is_of_persons else (at, part.first[at])
        rows = zip(part.households[owner].tolist(), part.persons[person].tolist(), sums[at].tolist(), strict=True)
        yield from (Candidate(variable, household, one, fen) for household, one, fen in rows)
