"""What somebody with the database's keys could do to the log, and whether the stand-alone verifier sees it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from onewindow.kernel.audit.chain import append_line, drop_anchor, flaws_of_chain
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.project.commands.verify import export_log
from tools.verify_audit import digest_of

VERIFIER = Path(__file__).parents[4] / "tools" / "verify_audit.py"
LINES = 9
Lines = list[dict[str, Any]]


def rehash(lines: Lines, start: int) -> None:
    """As somebody would who knows how the chain is made."""
    for n in range(start, len(lines)):
        lines[n]["seq"] = n + 1
        lines[n]["previous_hash"] = lines[n - 1]["hash"] if n else "0" * 64
        lines[n]["hash"] = digest_of(lines[n])


def edit(lines: Lines, n: int) -> None:
    lines[n]["reason"] = "改过的理由"


def edit_and_rehash_the_line(lines: Lines, n: int) -> None:
    edit(lines, n)
    lines[n]["hash"] = digest_of(lines[n])


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
    lines[n], lines[n - 1] = lines[n - 1], lines[n]


def cut_and_rewrite(lines: Lines, n: int) -> None:
    del lines[n:]
    lines.extend({**lines[0], "reason": "补写"} for _ in range(LINES - n))
    rehash(lines, n)


KINDS = (
    edit, edit_and_rehash_the_line, edit_and_rehash_from_there, delete_one, delete_the_tail, insert_one, swap,
    cut_and_rewrite,
)  # fmt: skip
UNSEEN_WITHOUT_ANCHOR = {edit_and_rehash_from_there, delete_the_tail, cut_and_rewrite}


@pytest.fixture
def log(db: None, tmp_path: Path) -> tuple[Path, Path]:
    for n in range(LINES):
        append_line(
            shard="120101",
            action="look",
            target=f"people.person:{n}",
            actor=SYSTEM,
            reason="办理",
            detail={"n": n, "字": "龑"},
        )
    anchor = drop_anchor()
    (tmp_path / "anchor.json").write_text(json.dumps({"heads": anchor.heads}))
    export_log(tmp_path / "log.jsonl")
    return tmp_path / "log.jsonl", tmp_path / "anchor.json"


def verify(log: Path, *arguments: str) -> tuple[int, str]:
    """Isolated, so that nothing of ours can be imported."""
    command = [sys.executable, "-I", str(VERIFIER), str(log), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_whole_log_passes(log: tuple[Path, Path]) -> None:
    path, anchor = log
    assert verify(path, "--anchor", str(anchor))[0] == 0
    assert flaws_of_chain() == []


def test_without_an_anchor_it_says_what_it_can_not_see(log: tuple[Path, Path]) -> None:
    code, words = verify(log[0])
    assert code == 0 and "没有锚点" in words


@pytest.mark.parametrize("place", [1, 4, LINES - 1])
@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_tampering_is_found_with_an_anchor(
    log: tuple[Path, Path], tamper: Callable[[Lines, int], None], place: int
) -> None:
    path, anchor = log
    lines = [json.loads(text) for text in path.read_text().splitlines()]
    tamper(lines, place)
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    code, words = verify(path, "--anchor", str(anchor), "--json")
    assert code == 1 and json.loads(words)["flaws"][0].startswith("120101-")
    is_last = place == LINES - 1
    unseen = tamper in UNSEEN_WITHOUT_ANCHOR or (is_last and tamper in (delete_one, edit_and_rehash_the_line))
    assert verify(path)[0] == (0 if unseen else 1)


def test_the_table_itself_refuses_to_be_rewritten(log: tuple[Path, Path]) -> None:
    statements = ["UPDATE audit_auditline SET reason = ''", "DELETE FROM audit_auditline"]
    if connection.vendor == "postgresql":
        statements.append("TRUNCATE audit_auditline")
    else:
        statements.append("INSERT OR REPLACE INTO audit_auditline SELECT * FROM audit_auditline")
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditLine.objects.count() == LINES and flaws_of_chain() == []
