"""
What a matter's folder adds in `acts.py`, where it keeps a register of its own: `objections(case)` says in Chinese what
stands in the way, `approved(case, decision)` writes the register's row and returns what its certificate shows.
"""

from typing import Any

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.models import Case, Decision
from onewindow.kernel.catalog import part_of


def must_not_object(case: Case) -> None:
    """Asked when it is handed in and again when it is approved: much can happen in between."""
    acts = part_of(case.matter, "acts")
    found = acts.objections(case) if acts and case.kind == Case.Kind.APPLICATION else []
    if found:
        raise Refused("".join(found))


def hand_in(case: Case) -> None:
    """`handed_in(case)`: facts that are of the day on which it is handed in. The caller saves."""
    acts = part_of(case.matter, "acts")
    if acts is not None and hasattr(acts, "handed_in"):
        acts.handed_in(case)


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    acts = part_of(case.matter, "acts")
    shown: dict[str, Any] = acts.approved(case, decision) if acts else {}
    return shown
