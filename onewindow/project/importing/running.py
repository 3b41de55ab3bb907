"""One import, from a file to the counts of what it did. Each batch is a transaction of its own: the city goes on working."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.people.models import Household
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.permission import system
from onewindow.project.importing.batches import Reading, Taking
from onewindow.project.importing.cells import community
from onewindow.project.importing.columns import COLUMNS, Column, Kind, read_row
from onewindow.project.importing.households import Households
from onewindow.project.importing.residents import Residents
from onewindow.project.importing.seen import Seen
from onewindow.project.importing.tables import Table, TableRow, open_table
from onewindow.project.importing.wrong_rows import WrongRows

BATCH = 500
OUTCOMES = ("added", "changed", "unchanged", "wrong")
TAKING: dict[Kind, Callable[[Seen], Taking]] = {"residents": Residents, "households": Households}
Progress = Callable[[int], None]


@action("import.begin", "开始导入登记数据", may=system, logs=("kind", "file", "sha256"))
def begin_import(actor: Any, _: None, *, kind: str, file: str, sha256: str) -> None:
    """A line before the first row: an import that was broken off has left a trace too."""


@action("import.end", "导入登记数据完毕", may=system, logs=("kind", "sha256", "counts"))
def end_import(actor: Any, _: None, *, kind: str, sha256: str, counts: dict[str, int]) -> None:
    pass


class _Undone(Exception):
    """A rehearsal ends by taking everything back."""


class Import:
    def __init__(self, actor: Any, kind: Kind, path: Path, *, is_rehearsal: bool = False) -> None:
        self.actor, self.kind, self.is_rehearsal = actor, kind, is_rehearsal
        self.columns = {column.key: column for column in _with_places(COLUMNS[kind])}
        self.table: Table = open_table(path, COLUMNS[kind])

    def run(self, wrong_rows: Path, progress: Progress = lambda done: None) -> dict[str, int]:
        if not self.is_rehearsal:
            begin_import(self.actor, None, kind=self.kind, file=self.table.path.name, sha256=self.table.sha256)
        found: Counter[str] = Counter()
        with WrongRows(self.table, wrong_rows) as wrong, closing(Seen()) as seen:
            taking = TAKING[self.kind](seen)
            for batch in _batches(self.table.rows()):
                for reading in self._take(taking, [self._read(taking, row) for row in batch]):
                    found["wrong" if reading.wrong else reading.outcome] += 1
                    if reading.wrong:
                        wrong.add(reading.row, reading.wrong)
                progress(sum(found.values()))
        counts = {name: found[name] for name in OUTCOMES}
        if not self.is_rehearsal:
            end_import(self.actor, None, kind=self.kind, sha256=self.table.sha256, counts=counts)
        return counts

    def _read(self, taking: Taking, row: TableRow) -> Reading:
        values, wrong = read_row(self.columns, row.values)
        if row.surplus:
            wrong.append(f"多出{row.surplus}格，可能是内容里有逗号；请给该格加上双引号")
        reading = Reading(row, values, wrong)
        if not wrong:
            reading.wrong = taking.check(reading)
        return reading

    def _take(self, taking: Taking, readings: list[Reading]) -> list[Reading]:
        """Once more where somebody was faster: what was new to us is then known."""
        good = [each for each in readings if not each.wrong]
        for attempt in range(2):
            try:
                self._in_one_transaction(taking, good)
                return readings
            except _Undone:
                return readings
            except IntegrityError:
                if attempt:
                    raise Refused("有人同时在改同样的数据。已导入的保留，请稍后再运行一次。") from None
                for each in good:
                    each.outcome, each.wrong = "unchanged", []
        raise AssertionError

    def _in_one_transaction(self, taking: Taking, good: list[Reading]) -> None:
        with transaction.atomic():
            taking.take(good, self.actor)
            if self.is_rehearsal:
                raise _Undone


def _batches(rows: Iterator[TableRow]) -> Iterator[list[TableRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _with_places(columns: Sequence[Column]) -> list[Column]:
    known = set(Place.objects.filter(level=Place.Level.COMMUNITY).values_list("code", flat=True))
    if not known:
        raise Refused("还没有行政区划，请先运行 onewindow migrate。")
    return [replace(column, read=community(known)) if column.key == "place" else column for column in columns]


def homes_without_one_head() -> int:
    """Households of which nobody, or more than one, is the head today: for somebody to look at, not refused."""
    heads = Count("members", filter=Q(members__until_on=None, members__relation="02"))
    living = Count("members", filter=Q(members__until_on=None))
    return Household.objects.annotate(heads=heads, living=living).filter(living__gt=0).exclude(heads=1).count()
