"""Eight ways of changing a log that was written, by somebody who knows how the chain is made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tools.verify_audit import line_digest

Lines = list[dict[str, Any]]
Tampering = Callable[[Lines, int], None]
CONTENT = ("at", "actor", "actor_account", "actor_person", "action", "target", "subject", "reason", "detail")


def rehash(lines: Lines, start: int) -> None:
    for n in range(start, len(lines)):
        lines[n]["seq"] = n + 1
        lines[n]["previous_hash"] = lines[n - 1]["hash"] if n else "0" * 64
        lines[n]["hash"] = line_digest(lines[n])


def edit(lines: Lines, n: int) -> None:
    lines[n]["reason"] = "改过的理由"


def edit_and_rehash_the_line(lines: Lines, n: int) -> None:
    edit(lines, n)
    lines[n]["hash"] = line_digest(lines[n])


def edit_and_rehash_from_there(lines: Lines, n: int) -> None:
    edit(lines, n)
    rehash(lines, n)


def delete_one(lines: Lines, n: int) -> None:
    del lines[n]


def delete_the_tail(lines: Lines, n: int) -> None:
    del lines[n:]


def insert_one(lines: Lines, n: int) -> None:
    lines.insert(n, {**lines[n], "actor": "无中生有"})


def swap(lines: Lines, n: int) -> None:
    for name in CONTENT:
        lines[n][name], lines[n - 1][name] = lines[n - 1][name], lines[n][name]


def cut_and_rewrite(lines: Lines, n: int) -> None:
    count = len(lines) - n
    del lines[n:]
    lines.extend({**lines[0], "reason": f"补写{more}"} for more in range(count))
    rehash(lines, n)


KINDS: tuple[Tampering, ...] = (
    edit, edit_and_rehash_the_line, edit_and_rehash_from_there, delete_one, delete_the_tail, insert_one, swap,
    cut_and_rewrite,
)  # fmt: skip
UNSEEN_WITHOUT_ANCHOR = frozenset({edit_and_rehash_from_there, delete_the_tail, cut_and_rewrite})


def is_seen_without_anchor(tamper: Tampering, n: int, count: int) -> bool:
    """Of the last line nothing is known but what itself says."""
    is_last = n == count - 1
    return not (tamper in UNSEEN_WITHOUT_ANCHOR or (is_last and tamper in (delete_one, edit_and_rehash_the_line)))


@contextmanager
def without_triggers() -> Iterator[None]:
    """What only the owner of the tables can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_auditline'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)
