"""
Verifies the log of One Window 一窗 by itself: nothing of the product is imported, only Python's standard library.

    python3 tools/verify_audit.py LOG.jsonl|CITY.sqlite3 [--anchor ANCHOR.json] [--json]

LOG.jsonl comes from `onewindow verify audit --export`; the SQLite file is opened read-only. Each shard (a district, or the
city) is a chain: seq counts from 1, previous_hash is the hash of the line before (64 zeros at first), hash is SHA-256 over
the line's other fields as JSON with sorted keys, no spaces, UTF-8. An anchor is {"heads": {shard: [seq, hash]}}, kept outside.
Without one, a tail that was cut off or wholly rewritten can't be seen: the program says so.
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
BEGINNING = (0, "0" * 64)
Line = dict[str, Any]


def lines_of(path: Path) -> Iterator[Line]:
    with path.open("rb") as file:
        is_sqlite = file.read(16).startswith(b"SQLite format 3")
    yield from _from_sqlite(path) if is_sqlite else _from_json_lines(path)


def _from_json_lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as file:
        for text in file:
            if text.strip():
                yield json.loads(text)


def _from_sqlite(path: Path) -> Iterator[Line]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    columns = (*FIELDS, "hash")
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM audit_auditline ORDER BY shard, seq"):  # noqa: S608
        line = dict(zip(columns, row, strict=True))
        line["detail"] = json.loads(line["detail"])
        yield line
    connection.close()


def digest_of(line: Line) -> str:
    text = json.dumps({name: line[name] for name in FIELDS}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def flaws(lines: Iterator[Line], anchor: dict[str, Any] | None) -> list[str]:
    """One sentence for each place where the log is not what was written."""
    found: list[str] = []
    ends: dict[str, tuple[int, str]] = {}
    heads = {(shard, seq): hash_ for shard, (seq, hash_) in (anchor or {}).get("heads", {}).items() if seq}
    for line in lines:
        where = f"{line['shard']}-{line['seq']}"
        seq, previous = ends.get(line["shard"], BEGINNING)
        if line["seq"] != seq + 1:
            found.append(f"{where} 缺少第{seq + 1}行 line missing before it")
        if line["previous_hash"] != previous:
            found.append(f"{where} 与上一行不相连 does not follow the line before")
        if line["hash"] != digest_of(line):
            found.append(f"{where} 内容被改动 content changed")
        if heads.pop((line["shard"], line["seq"]), line["hash"]) != line["hash"]:
            found.append(f"{where} 与锚点不符 not the anchored line")
        ends[line["shard"]] = (line["seq"], line["hash"])
    return found + [f"{shard}-{seq} 锚点所指的行不存在 the anchored line is gone" for shard, seq in heads]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path)
    parser.add_argument("--anchor", type=Path)
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args()
    anchor = json.loads(told.anchor.read_text(encoding="utf-8")) if told.anchor else None
    found = flaws(lines_of(told.log), anchor)
    if told.json:
        print(json.dumps({"ok": not found, "flaws": found, "anchored": anchor is not None}, ensure_ascii=False))
    else:
        print("\n".join(found) or "日志链完整 The log is whole.")
        if anchor is None:
            print("没有锚点：看不出链尾被截断或整体改写 Without an anchor a cut or rewritten tail can't be seen.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
