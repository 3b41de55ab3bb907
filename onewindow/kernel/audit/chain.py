"""Writing and checking the chain."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from onewindow.kernel.audit.models import Anchor, AuditLine, ChainHead

HASHED = (
    "shard", "seq", "at", "actor", "actor_account", "actor_person", "action", "target", "subject", "reason", "detail",
    "previous_hash",
)  # fmt: skip
BEGINNING = (0, "0" * 64)
Heads = dict[str, list[Any]]
"""Shard → [seq, hash] of its newest line."""


def digest(values: dict[str, Any]) -> str:
    """SHA-256 over canonical JSON (sorted keys, no spaces, UTF-8); tools/verify_audit.py does the same by itself."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def line_digest(line: AuditLine) -> str:
    return digest({name: getattr(line, name) for name in HASHED})


@transaction.atomic
def append_line(*, shard: str, action: str, target: str, actor: Any, **values: Any) -> AuditLine:
    """Add a line to the shard's chain. The head's lock is held until the transaction ends, so call it last."""
    head = ChainHead.objects.select_for_update().filter(shard=shard).first()
    if head is None:
        ChainHead.objects.get_or_create(shard=shard)
        head = ChainHead.objects.select_for_update().get(shard=shard)
    told = {
        "shard": shard, "seq": head.seq + 1, "at": timezone.now().isoformat(timespec="microseconds"),
        "actor": actor.label, "actor_account": actor.account_id, "actor_person": actor.person_id,
        "action": action, "target": target, "previous_hash": head.hash, **values,
    }  # fmt: skip
    line = AuditLine(**{name: _fitting(name, value) for name, value in told.items()})
    line.hash = line_digest(line)
    line.save(force_insert=True)
    head.seq, head.hash = line.seq, line.hash
    head.save()
    return line


def _fitting(name: str, value: Any) -> Any:
    """What is hashed must be what every database keeps and gives back; and no odd text may make an act impossible."""
    plain, most = _plain(value), getattr(AuditLine._meta.get_field(name), "max_length", None)
    return plain[:most] if isinstance(plain, str) else plain


def _plain(value: Any) -> Any:
    """PostgreSQL writes floats and big keys anew and refuses NUL; JSON has no dates; UTF-8 has no lone surrogates."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value).encode("utf-8", "replace").decode().replace("\x00", "")


@dataclass(frozen=True)
class Flaw:
    shard: str
    seq: int
    what: str


@dataclass(frozen=True)
class Pinned:
    """What is known of one line from elsewhere than the line itself."""

    shard: str
    seq: int
    hash: str
    by: str


def flaws_of_chain(anchor: dict[str, Any] | None = None) -> list[Flaw]:
    """Every place where the log is not what was written; empty when it is whole. The city may be at work meanwhile."""
    found = list(flaws_of_anchor(anchor)) if anchor else []
    pinned: dict[tuple[str, int], list[Pinned]] = {}
    for each in _pinned(anchor):
        pinned.setdefault((each.shard, each.seq), []).append(each)
    ends: dict[str, tuple[int, str]] = {}
    for line in AuditLine.objects.order_by("shard", "seq").iterator():
        found += _flaws_of_line(line, ends.get(line.shard, BEGINNING), pinned.pop((line.shard, line.seq), []))
        ends[line.shard] = (line.seq, line.hash)
    found += [Flaw(each.shard, each.seq, f"{each.by}所指的行不存在") for gone in pinned.values() for each in gone]
    return found + list(_flaws_of_ends(ends))


def flaws_of_anchor(anchor: dict[str, Any]) -> Iterator[Flaw]:
    if anchor.get("digest") not in (None, digest(anchor.get("heads", {}))):
        yield Flaw("", 0, "锚点文件的摘要与内容不符")


def _pinned(anchor: dict[str, Any] | None) -> Iterator[Pinned]:
    """Heads are read before the lines: what is added meanwhile lies beyond them."""
    yield from _pins((anchor or {}).get("heads", {}), "外存锚点")
    yield from _pins(heads(), "链尾登记")
    for stored in Anchor.objects.order_by("id").iterator():
        yield from _pins(stored.heads, "库内锚点")


def _pins(told: Heads, by: str) -> Iterator[Pinned]:
    return (Pinned(shard, seq, hash_, by) for shard, (seq, hash_) in told.items() if seq)


def _flaws_of_line(line: AuditLine, before: tuple[int, str], pins: list[Pinned]) -> Iterator[Flaw]:
    seq, previous = before
    if line.seq != seq + 1:
        yield Flaw(line.shard, line.seq, f"缺少第{seq + 1}行")
    if line.previous_hash != previous:
        yield Flaw(line.shard, line.seq, "与上一行不相连")
    if line.hash != line_digest(line):
        yield Flaw(line.shard, line.seq, "内容被改动")
    yield from (Flaw(line.shard, line.seq, f"与{pin.by}不符") for pin in pins if pin.hash != line.hash)


def _flaws_of_ends(ends: dict[str, tuple[int, str]]) -> Iterator[Flaw]:
    now = heads()
    for shard, (seq, _hash) in ends.items():
        if shard not in now:
            yield Flaw(shard, seq, "没有链尾登记")
        elif now[shard][0] < seq:
            yield Flaw(shard, seq, "行在链尾登记之后")


def heads() -> Heads:
    return {head.shard: [head.seq, head.hash] for head in ChainHead.objects.order_by("shard")}


def drop_anchor() -> Anchor:
    """Record the heads of all shards; print or send the result outside."""
    told = heads()
    return Anchor.objects.create(at=timezone.now(), heads=told, digest=digest(told))
