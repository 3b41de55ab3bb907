"""The log as lines of JSON, for whoever verifies it with a program of their own (tools/verify_audit.py)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onewindow.kernel.audit.chain import HASHED, heads
from onewindow.kernel.audit.models import AuditLine


def exported() -> Iterator[dict[str, Any]]:
    """The ends of the chains first: what a city at work adds meanwhile lies beyond them."""
    for shard, (seq, hash_) in heads().items():
        yield {"head": {"shard": shard, "seq": seq, "hash": hash_}}
    yield from AuditLine.objects.order_by("shard", "seq").values(*HASHED, "hash").iterator()


def export_log(path: Path) -> int:
    """Returns how many lines of the log were written."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for line in exported():
            out.write(f"{json.dumps(line, ensure_ascii=False)}\n")
            count += "head" not in line
    return count
