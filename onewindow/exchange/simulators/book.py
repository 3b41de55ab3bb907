"""
The bank's own book: append-only, one row for each payment, one for each file, in a database file of the bank's. It is the
oracle of the tests: nothing of the product writes here. A key that stands here is never booked again.
    python -m onewindow.exchange.simulators.book FILE     the bank's statement, one JSON object a payment
"""

import json
import sqlite3
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
COLUMNS = ("payment_key", "name", "account", "amount_fen", "state", "reason")
TABLES = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
PRAGMA recursive_triggers=ON;
CREATE TABLE IF NOT EXISTS payment (
    n INTEGER PRIMARY KEY, payment_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, account TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), state TEXT NOT NULL CHECK (state IN ('paid', 'returned')),
    reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS file (n INTEGER PRIMARY KEY, file_id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, keys TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS payment_kept BEFORE UPDATE ON payment BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS payment_stays BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS file_kept BEFORE UPDATE ON file BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS file_stays BEFORE DELETE ON file BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""
ONE = "SELECT payment_key, name, account, amount_fen, state, reason FROM payment WHERE payment_key = ?"
ALL = "SELECT payment_key, name, account, amount_fen, state, reason FROM payment ORDER BY n"


class Book:
    def __init__(self, path: Path) -> None:
        self.lock = threading.RLock()
        self.rows = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.rows.executescript(TABLES)

    def payment(self, key: str) -> Entry | None:
        with self.lock:
            return next(_entries(self.rows.execute(ONE, (key,))), None)

    def file(self, file_id: str) -> Entry | None:
        with self.lock:
            found = self.rows.execute("SELECT digest, keys FROM file WHERE file_id = ?", (file_id,)).fetchone()
        return {"digest": found[0], "keys": json.loads(found[1])} if found else None

    def payments(self, keys: Iterable[str]) -> list[Entry]:
        with self.lock:
            return [entry for key in keys if (entry := self.payment(key))]

    def write(self, entries: list[Entry], file: Entry | None = None) -> None:
        """All of it or nothing, and on the disk before anything is said about it."""
        with self.lock:
            self.rows.execute("BEGIN IMMEDIATE")
            try:
                self.rows.executemany(
                    "INSERT INTO payment (payment_key, name, account, amount_fen, state, reason) VALUES (?, ?, ?, ?, ?, ?)",
                    [[entry[name] for name in COLUMNS] for entry in entries],
                )
                if file:
                    values = (file["file_id"], file["digest"], json.dumps(file["keys"]))
                    self.rows.execute("INSERT INTO file (file_id, digest, keys) VALUES (?, ?, ?)", values)
            except BaseException:
                self.rows.execute("ROLLBACK")
                raise
            self.rows.execute("COMMIT")


def _entries(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    return (dict(zip(COLUMNS, row, strict=True)) for row in rows)


def booked(path: Path) -> list[Entry]:
    """What the bank did, read by somebody else than the bank."""
    with closing(sqlite3.connect(path, timeout=20)) as rows:
        return list(_entries(rows.execute(ALL).fetchall()))


def main() -> None:
    for entry in booked(Path(sys.argv[1])):
        print(json.dumps(entry, ensure_ascii=False))


if __name__ == "__main__":
    main()
