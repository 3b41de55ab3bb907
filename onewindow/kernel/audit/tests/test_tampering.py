"""What somebody with the database's keys could do to the log, and who sees it: we do, and so does who trusts nothing of ours."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from onewindow.kernel.audit.chain import append_line, digest, drop_anchor, flaws_of_chain
from onewindow.kernel.audit.exporting import export_log, exported
from onewindow.kernel.audit.models import Anchor, AuditLine, ChainHead
from onewindow.kernel.audit.tests.tampering import (
    KINDS,
    Lines,
    Tampering,
    is_seen_without_anchor,
    without_triggers,
)  # fmt: skip
from onewindow.kernel.staff.actor import SYSTEM
from tools.verify_audit import flaws

VERIFIER = Path(__file__).parents[4] / "tools" / "verify_audit.py"
SHARD, COUNT = "120101", 52
PLACES = range(1, COUNT)


def write(count: int, shard: str = SHARD) -> None:
    for n in range(count):
        append_line(
            shard=shard, action="look", target=f"people.person:{n}", actor=SYSTEM, reason=f"办理{n}",
            detail={"n": n, "字": "龑", "里": {"乙": [1, None, True], "甲": ""}},
        )  # fmt: skip


@pytest.fixture
def log(db: None) -> Lines:
    """The lines of one shard; another one stands beside it."""
    write(COUNT)
    write(3, "120104")
    return [line for line in exported() if line.get("shard") == SHARD]


def anchor_of(lines: Lines) -> dict[str, Any]:
    return {SHARD: [lines[-1]["seq"], lines[-1]["hash"]]}


@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_the_stand_alone_verifier_finds_every_kind_at_every_place(log: Lines, tamper: Tampering) -> None:
    anchor = anchor_of(log)
    assert not list(flaws(iter(log), anchor)) and len(PLACES) > 50
    for place in PLACES:
        lines = copy.deepcopy(log)
        tamper(lines, place)
        found = list(flaws(iter(lines), anchor))
        assert found and all(each.startswith(f"{SHARD}-") for each in found), place
        assert bool(list(flaws(iter(lines), None))) == is_seen_without_anchor(tamper, place, COUNT), place


@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_seen_without_an_anchor_is_named_by_its_place(log: Lines, tamper: Tampering) -> None:
    tamper(log, 30)
    places = [each.split()[0] for each in flaws(iter(log), None)]
    assert not places or places[0] in {f"{SHARD}-{seq}" for seq in (30, 31, 32)}


@pytest.mark.parametrize("place", [1, 25, COUNT - 1])
@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_our_own_verifier_finds_it_in_the_database(log: Lines, tamper: Tampering, place: int) -> None:
    """Even where the recorded end was changed as well: the anchor outside was not."""
    anchor = {"heads": anchor_of(log)}
    tamper(log, place)
    put_into_the_table(log)
    end = log[-1]
    ChainHead.objects.filter(shard=SHARD).update(seq=end["seq"], hash=end["hash"])
    found = flaws_of_chain(anchor)
    assert found and {flaw.shard for flaw in found} == {SHARD}
    assert bool(flaws_of_chain()) == is_seen_without_anchor(tamper, place, COUNT)


def put_into_the_table(lines: Lines) -> None:
    """An inserted line needs a number of its own, which the table's constraint demands."""
    taken: set[int] = set()
    for line in lines:
        line["seq"] = line["seq"] if line["seq"] not in taken else 10_000
        taken.add(line["seq"])
    with without_triggers():
        AuditLine.objects.filter(shard=SHARD).delete()
        AuditLine.objects.bulk_create(AuditLine(**line) for line in lines)


@pytest.mark.parametrize("forgotten", ["head", "anchor"])
def test_who_forgets_what_the_database_itself_remembers_is_found(log: Lines, forgotten: str) -> None:
    if forgotten == "anchor":
        drop_anchor()
    put_into_the_table(log[:40])
    if forgotten == "anchor":
        ChainHead.objects.filter(shard=SHARD).update(seq=40, hash=log[39]["hash"])
    (flaw,) = flaws_of_chain()
    assert (flaw.shard, flaw.seq) == (SHARD, COUNT) and "不存在" in flaw.what


def test_a_chain_whose_end_is_no_longer_recorded_is_found(log: Lines) -> None:
    ChainHead.objects.filter(shard=SHARD).delete()
    assert [flaw.what for flaw in flaws_of_chain()] == ["没有链尾登记"]
    ChainHead.objects.create(shard=SHARD, seq=10, hash=log[9]["hash"])
    assert [flaw.what for flaw in flaws_of_chain()] == ["行在链尾登记之后"]


def test_an_anchor_that_was_changed_is_found(log: Lines) -> None:
    anchor = drop_anchor()
    told = {"heads": anchor.heads, "digest": anchor.digest}
    assert flaws_of_chain(told) == [] and anchor.digest == digest(anchor.heads)
    told["heads"] = {SHARD: anchor.heads[SHARD]}
    assert any("摘要" in flaw.what for flaw in flaws_of_chain(told))


def test_a_shard_that_is_wholly_gone_is_missed_by_its_anchor(log: Lines) -> None:
    anchor = {"heads": drop_anchor().heads}
    put_into_the_table([])
    ChainHead.objects.filter(shard=SHARD).delete()
    Anchor.objects.all().delete()
    assert flaws_of_chain() == []
    assert [(flaw.shard, flaw.seq) for flaw in flaws_of_chain(anchor)] == [(SHARD, COUNT)]


def test_the_table_itself_refuses_to_be_rewritten(log: Lines) -> None:
    statements = ["UPDATE audit_auditline SET reason = ''", "DELETE FROM audit_auditline"]
    if connection.vendor == "postgresql":
        statements += [
            "TRUNCATE audit_auditline",
            "TRUNCATE audit_auditline CASCADE",
            "INSERT INTO audit_auditline SELECT * FROM audit_auditline ON CONFLICT (id) DO UPDATE SET reason = ''",
        ]
    else:
        statements += [
            "INSERT OR REPLACE INTO audit_auditline SELECT * FROM audit_auditline",
            "REPLACE INTO audit_auditline SELECT * FROM audit_auditline",
            "UPDATE OR IGNORE audit_auditline SET reason = ''",
        ]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditLine.objects.count() == COUNT + 3 and flaws_of_chain() == []


def verify(log: Path, *arguments: str) -> tuple[int, str]:
    """Isolated, so that nothing of ours can be imported."""
    command = [sys.executable, "-I", str(VERIFIER), str(log), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def files(log: Lines, tmp_path: Path) -> tuple[Path, Path]:
    anchor = drop_anchor()
    (tmp_path / "anchor.json").write_text(json.dumps({"heads": anchor.heads, "digest": anchor.digest}))
    assert export_log(tmp_path / "log.jsonl") == COUNT + 3
    return tmp_path / "log.jsonl", tmp_path / "anchor.json"


def test_the_auditor_types_one_command(files: tuple[Path, Path]) -> None:
    log, anchor = files
    assert verify(log, "--anchor", str(anchor)) == (0, "日志链完整 The log is whole.\n")
    code, words = verify(log)
    assert code == 0 and "没有锚点" in words and "can't be seen" in words
    log.write_text(log.read_text().replace("办理30", "办理31"))
    code, words = verify(log, "--anchor", str(anchor), "--json")
    assert code == 1 and json.loads(words) == {
        "ok": False, "flaws": [f"{SHARD}-31 内容被改动 content changed"], "anchored": True,
    }  # fmt: skip


def test_an_export_without_its_end_is_seen_even_without_an_anchor(files: tuple[Path, Path]) -> None:
    log, _ = files
    log.write_text("\n".join(log.read_text().splitlines()[:-1]))
    code, words = verify(log)
    assert code == 1 and "链尾登记所指的行不存在" in words


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "1", '{"shard": "x"}', '{"head": {}}', '{"head": 1}', "\x00", '{"seq": 1, "seq": 2}', "[" * 100_000],
    ids=lambda text: text[:20],
)
def test_what_is_no_log_is_one_sentence_and_not_a_traceback(files: tuple[Path, Path], text: str) -> None:
    log, anchor = files
    log.write_text(f"{log.read_text()}{text}\n")
    code, words = verify(log)
    assert code == 1 and "不是日志" in words and len(words.splitlines()) == 1
    anchor.write_text(text)
    assert "锚点文件" in verify(files[0], "--anchor", str(anchor))[1]
    assert verify(log.with_name("absent"))[0] == 1
