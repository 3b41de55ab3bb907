"""From the approved changes to the law in force: told to the rules, and looked at again every few seconds."""

from collections.abc import Iterable, Iterator
from time import monotonic

from django.conf import settings

from onewindow.fields.policy.models import LawChange
from onewindow.rules.system import Change, Changes, put_in_force, version_with

NEVER = -1.0
_seen = 0
_looked_at = NEVER


def change_of(row: LawChange) -> Change:
    return Change(row.figure, row.month, row.value_fen, row.document, f"P{row.proposal_id}")


def _fold(rows: Iterable[LawChange]) -> Iterator[Changes]:
    """The changes after each row."""
    now: dict[int, Change] = {}
    for row in rows:
        if row.kind == LawChange.Kind.ENACT:
            now[row.proposal_id] = change_of(row)
        else:
            now.pop(row.proposal_id, None)
        yield tuple(sorted(now.values()))


def approved() -> Changes:
    return [(), *_fold(LawChange.objects.order_by("id"))][-1]


def by_version() -> dict[str, Changes]:
    """Every law that ever held since these formulas are here, so that what was computed by it can be computed again."""
    return {version_with(changes): changes for changes in ((), *_fold(LawChange.objects.order_by("id")))}


def look(*, now: bool = False) -> None:
    """One query at most, and none if the last look was a moment ago. A worker needs no restart for a new standard."""
    global _looked_at  # when this process looked last
    seconds = settings.LAW_SECONDS
    if not now and (seconds is None or (_looked_at != NEVER and monotonic() - _looked_at < seconds)):
        return
    _looked_at = monotonic()
    newest = LawChange.objects.order_by("-id").values_list("id", flat=True).first() or 0
    if newest != _seen:
        take(newest)


def take(newest: int) -> None:
    global _seen  # up to which row this process knows
    put_in_force(approved())
    _seen = newest
