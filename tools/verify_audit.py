#!/usr/bin/env python3
"""
Verifies the log of One Window 一窗 by itself: nothing of the product is imported, only Python's standard library.

    python3 tools/verify_audit.py LOG.jsonl|CITY.sqlite3 [--anchor ANCHOR.json] [--json]

LOG.jsonl comes from `onewindow verify audit --export`; the SQLite file is opened read-only. Each shard (a district, or the
city) is a chain: seq counts from 1, previous_hash is the hash of the line before (64 zeros at first), hash is SHA-256 over
the line's other fields as JSON with sorted keys, no spaces, UTF-8. An anchor is {"heads": {shard: [seq, hash]}}, kept outside.
Without one, a tail that was cut off or wholly rewritten can't be seen: the program says so.

Ends with 0 where nothing is wrong, with 1 where something is or the log can't be read.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIELDS = (
    "shard", "seq", "at", "actor", "actor_account", "actor_person", "action", "target", "subject", "reason", "detail",
    "previous_hash",
)  # fmt: skip
COLUMNS = (*FIELDS, "hash")
BEGINNING = (0, "0" * 64)
Line = dict[str, Any]
Heads = dict[str, list[Any]]


class Unreadable(Exception):
    """In Chinese and English, with what to do."""


def only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice would show one thing to a reader and another to us."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same name twice")
    return found


def parsed(text: str) -> Any:
    return json.loads(text, object_pairs_hook=only_once)


def log_of(path: Path) -> Iterator[Line]:
    """The city's own record of each chain's end, as {"head": …}; then the lines, shard by shard."""
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(16).startswith(b"SQLite format 3")
        yield from from_sqlite(path) if is_sqlite else from_json_lines(path)
    except (OSError, UnicodeDecodeError, sqlite3.Error) as problem:
        raise Unreadable(f"{path} 读不出：{problem}。请核对文件，或改用导出的日志 can't be read") from None


def from_json_lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            try:
                line = parsed(text)
                if not is_line(line.get("head", line), ("shard", "seq", "hash") if "head" in line else COLUMNS):
                    raise ValueError(text)
            except (ValueError, TypeError, AttributeError, RecursionError):
                raise Unreadable(f"{path} 第{number}行不是日志 line {number} is not of a log") from None
            yield line


def is_line(line: Any, names: tuple[str, ...]) -> bool:
    return set(names) <= set(line) and isinstance(line["shard"], str) and type(line["seq"]) is int


def from_sqlite(path: Path) -> Iterator[Line]:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    # Before the lines: what a city at work adds meanwhile lies beyond them.
    for shard, seq, hash_ in connection.execute("SELECT shard, seq, hash FROM audit_chainhead"):
        yield {"head": {"shard": shard, "seq": seq, "hash": hash_}}
    for row in connection.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_auditline ORDER BY shard, seq"):  # noqa: S608
        line = dict(zip(COLUMNS, row, strict=True))
        try:
            line["detail"] = parsed(line["detail"])
        except (ValueError, TypeError):
            line["detail"] = f"not JSON: {line['detail']}"
        yield line
    connection.close()


def digest_of(values: dict[str, Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def line_digest(line: Line) -> str:
    return digest_of({name: line[name] for name in FIELDS})


def anchor_at(path: Path) -> Heads:
    try:
        anchor = parsed(path.read_text(encoding="utf-8"))
        heads: Heads = {str(shard): [int(seq), str(hash_)] for shard, (seq, hash_) in anchor["heads"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable(f"{path} 不是锚点文件 is not an anchor") from None
    if anchor.get("digest") not in (None, digest_of(anchor["heads"])):
        raise Unreadable(f"{path} 锚点文件的摘要与内容不符 the anchor's digest is not that of its content")
    return heads


def flaws(log: Iterator[Line], anchor: Heads | None) -> Iterator[str]:
    """One sentence for each place where the log is not what was written."""
    ends: dict[str, tuple[int, str]] = {}
    pins = {(shard, seq, hash_, "锚点", "the anchor") for shard, (seq, hash_) in (anchor or {}).items() if seq}
    hashes: dict[tuple[str, int], str | None] = {(shard, seq): None for shard, seq, *_ in pins}
    for line in log:
        if "head" in line:
            head = line["head"]
            pins.add((head["shard"], head["seq"], head["hash"], "链尾登记", "the recorded end of the chain"))
            hashes.setdefault((head["shard"], head["seq"]), None)
            continue
        yield from flaws_of_line(line, ends.get(line["shard"], BEGINNING))
        ends[line["shard"]] = (line["seq"], line["hash"])
        if (line["shard"], line["seq"]) in hashes:
            hashes[(line["shard"], line["seq"])] = line["hash"]
    for shard, seq, hash_, by, english in sorted(pins):
        if hashes[(shard, seq)] is None:
            yield f"{shard}-{seq} {by}所指的行不存在 the line of {english} is gone"
        elif hashes[(shard, seq)] != hash_:
            yield f"{shard}-{seq} 与{by}不符 is not the line of {english}"


def flaws_of_line(line: Line, before: tuple[int, str]) -> Iterator[str]:
    seq, previous = before
    place = f"{line['shard']}-{line['seq']}"
    if line["seq"] != seq + 1:
        yield f"{place} 缺少第{seq + 1}行 line {seq + 1} is missing before it"
    if line["previous_hash"] != previous:
        yield f"{place} 与上一行不相连 does not follow the line before"
    if line["hash"] != line_digest(line):
        yield f"{place} 内容被改动 content changed"


def report(found: list[str], *, as_json: bool, is_anchored: bool, problem: str = "") -> int:
    is_well = not found and not problem
    if as_json:
        told = {"ok": is_well, "flaws": found, "anchored": is_anchored, **({"error": problem} if problem else {})}
        print(json.dumps(told, ensure_ascii=False))
        return int(not is_well)
    print(problem or "\n".join(found) or "日志链完整 The log is whole.")
    if not is_anchored and not problem:
        print("没有锚点：看不出链尾被截断或整体改写 Without an anchor a cut or rewritten tail can't be seen.")
    return int(not is_well)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path)
    parser.add_argument("--anchor", type=Path)
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    found: list[str] = []
    try:
        anchor = anchor_at(told.anchor) if told.anchor else None
        found = list(flaws(log_of(told.log), anchor))
    except Unreadable as problem:
        return report(found, as_json=told.json, is_anchored=bool(told.anchor), problem=str(problem))
    return report(found, as_json=told.json, is_anchored=anchor is not None)


if __name__ == "__main__":
    sys.exit(main())
