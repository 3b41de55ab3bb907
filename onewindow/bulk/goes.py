"""What a snapshot that was broken off had already written: a line for its plan, then one for each range of households."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

JOURNAL = "taking.jsonl"


class OtherPlan(Exception):
    """The folder holds the beginning of another snapshot."""


class InUse(Exception):
    """Another process is writing into the folder."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Two at once would count each other's ranges as their own. The lock goes with the process, however that ends."""
    held = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(str(folder)) from error
        yield
    finally:
        os.close(held)


@dataclass
class Goes:
    folder: Path
    done: list[dict[str, Any]] = field(default_factory=list)
    plan: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Goes":
        """What was begun there; empty where nothing was."""
        goes = cls(folder)
        if goes.path.exists():
            lines = list(_whole_lines(goes.path.read_bytes()))
            goes.plan, goes.done = (lines[0], lines[1:]) if lines else ({}, [])
        return goes

    @property
    def path(self) -> Path:
        return self.folder / JOURNAL

    def begin(self, plan: Mapping[str, Any]) -> None:
        self.plan = dict(plan)
        self._write()

    def begin_again(self) -> None:
        self.plan["resumed_at"].append(len(self.done))
        self._write()

    def _write(self) -> None:
        """Whole, in place of what is there: its last line may have been cut short."""
        fresh = self.path.with_suffix(".fresh")
        fresh.write_bytes(b"".join(map(_line, (self.plan, *self.done))))
        _settle(fresh)
        fresh.replace(self.path)

    def must_be(self, **wanted: object) -> None:
        if other := [name for name, value in wanted.items() if self.plan[name] != value]:
            raise OtherPlan(", ".join(other))

    def add(self, told: Mapping[str, Any]) -> None:
        """The range's files are on the disk before the line that says so."""
        if told["name"]:
            for rows in ("households", "persons"):
                _settle(self.folder / f"{told['name']}.{rows}.arrow")
        with self.path.open("ab") as journal:
            journal.write(_line(told))
            journal.flush()
            os.fsync(journal.fileno())
        self.done.append(dict(told))

    def end(self) -> None:
        self.path.unlink()


def _line(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _whole_lines(text: bytes) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in text[: text.rfind(b"\n") + 1].splitlines())


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
