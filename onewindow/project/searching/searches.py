"""One search: begun, gone on with after a kill, ended. What is written and how far it came are one transaction."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from onewindow.fields.finding.models import Search
from onewindow.kernel.audit.chain import append_line
from onewindow.project.searching.law import Found, compute, parts
from onewindow.rules.system import law_version

BATCH = 1_000
Row = TypeVar("Row")
Progress = Callable[[str], None]


def silent(_: str) -> None: ...


def begin(kind: str, month: str, source: str) -> Search:
    """The search of this month over this source that has not ended, or a new one."""
    told: dict[str, Any] = {
        "kind": kind,
        "month": month,
        "source": source[:200],
        "law_version": law_version(),
        "ended_at": None,
    }
    search, _ = Search.objects.get_or_create(**told)
    return search


def folder_of(search: Search) -> Path:
    return Path(settings.DATA_DIR) / "searches" / f"{search.pk}"


def computed(
    search: Search, write: Callable[[Path], Path], outputs: Sequence[str], progress: Progress, population: Path | None
) -> Iterator[Found]:
    """The results of the search's population; what a killed run had finished is not computed again."""
    folder = folder_of(search)
    done = folder / "computed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        told = population or write(folder / "population")
        progress("已取数，开始按法规计算")
        for _ in compute(told, search.month, outputs, folder / "results"):
            pass
        done.write_text(str(told), encoding="utf-8")
        progress("计算完成，开始写入")
    return parts(Path(done.read_text(encoding="utf-8")), folder / "results", outputs)


def write_batches(
    search: Search, rows: Iterable[Row], write: Callable[[list[Row]], Counter[str]], progress: Progress
) -> None:
    """In the order in which they come; those that were written before are passed over."""
    walking, nth = iter(rows), 0
    while batch := list(islice(walking, BATCH)):
        if nth >= search.batches:
            with transaction.atomic():
                counts = Counter(search.counts) + write(batch)
                search.counts, search.batches = dict(counts), nth + 1
                search.save(update_fields=["counts", "batches"])
            progress(f"第{nth + 1}批，已看{nth * BATCH + len(batch)}行")
        nth += 1


def end(search: Search, actor: Any) -> Search:
    """With a line in the log: the whole city was looked at, for which purpose, by whom."""
    with transaction.atomic():
        search.ended_at = timezone.now()
        search.save(update_fields=["ended_at"])
        append_line(
            shard="12", action=f"search.{search.kind}", target=f"finding.search:{search.pk}", actor=actor, subject=None,
            reason=f"{search.month}{search.get_kind_display()}", detail={"source": search.source, **search.counts},
        )  # fmt: skip
    shutil.rmtree(folder_of(search), ignore_errors=True)
    return search
