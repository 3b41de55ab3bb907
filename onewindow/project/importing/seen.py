"""What a file has said before, kept on disk: the same person twice must not change the city back and forth."""

import hashlib
import sqlite3


class Seen:
    def __init__(self) -> None:
        self._kept = sqlite3.connect("")  # a temporary file, which goes with us
        self._kept.execute("CREATE TABLE seen (name TEXT PRIMARY KEY, row INTEGER, said BLOB) WITHOUT ROWID")

    def otherwise_at(self, name: str, said: object, row: int) -> int | None:
        """The row that said something else of the same name; None where none did."""
        digest = hashlib.sha256(repr(said).encode()).digest()[:16]
        before = self._kept.execute("SELECT row, said FROM seen WHERE name = ?", (name,)).fetchone()
        if before is None:
            self._kept.execute("INSERT INTO seen VALUES (?, ?, ?)", (name, row, digest))
            return None
        return None if before[1] == digest else int(before[0])

    def close(self) -> None:
        self._kept.close()
