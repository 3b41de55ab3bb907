"""
The bank's own book: append-only, one JSON line for each payment, then one for its file. It is the oracle of the tests:
nothing of the product writes here. A key that stands here is never booked again.
"""

import json
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Book:
    path: Path
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.path.touch()
        kept = self.path.read_bytes()
        whole = kept[: kept.rfind(b"\n") + 1]
        if whole != kept:  # a crash in the middle of a write: that line was never answered for
            os.truncate(self.path, len(whole))
        for line in whole.splitlines():
            self._remember(json.loads(line))

    def _remember(self, entry: dict[str, Any]) -> None:
        if "file_id" in entry and "keys" in entry:
            self.files[entry["file_id"]] = entry
        else:
            self.lines[entry["payment_key"]] = entry

    def write(self, entries: list[dict[str, Any]]) -> None:
        text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        with self.path.open("ab") as book:
            book.write(text.encode())
            book.flush()
            os.fsync(book.fileno())
        for entry in entries:
            self._remember(entry)
