"""Writing and checking the chain."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from onewindow.kernel.audit.models import Anchor, AuditLine, ChainHead

HASHED = (
    "shard", "seq", "at", "actor", "actor_account", "actor_person", "action", "target", "subject", "reason", "detail",
    "previous_hash",
)  # fmt: skip


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
    line = AuditLine(
        shard=shard,
        seq=head.seq + 1,
        at=timezone.now().isoformat(timespec="microseconds"),
        actor=actor.label,
        actor_account=actor.account_id,
        actor_person=actor.person_id,
        action=action,
        target=target,
        previous_hash=head.hash,
        **values,
    )
    line.hash = line_digest(line)
    line.save(force_insert=True)
    head.seq, head.hash = line.seq, line.hash
    head.save()
    return line


@dataclass(frozen=True)
class Flaw:
    shard: str
    seq: int
    what: str


def flaws_of_chain(anchor: dict[str, Any] | None = None) -> list[Flaw]:
    """Every place where the log is not what was written; empty when it is whole."""
    found: list[Flaw] = []
    expected: dict[str, tuple[int, str]] = {}
    anchored = {(shard, seq): hash_ for shard, (seq, hash_) in (anchor or {}).get("heads", {}).items()}
    for line in AuditLine.objects.order_by("shard", "seq").iterator():
        seq, previous = expected.get(line.shard, (0, "0" * 64))
        if line.seq != seq + 1:
            found.append(Flaw(line.shard, line.seq, f"缺少第{seq + 1}行"))
        if line.previous_hash != previous:
            found.append(Flaw(line.shard, line.seq, "与上一行不相连"))
        if line.hash != line_digest(line):
            found.append(Flaw(line.shard, line.seq, "内容被改动"))
        if anchored.pop((line.shard, line.seq), line.hash) != line.hash:
            found.append(Flaw(line.shard, line.seq, "与外存锚点不符"))
        expected[line.shard] = (line.seq, line.hash)
    found += [Flaw(shard, seq, "锚点所指的行不存在") for shard, seq in anchored if seq]
    for head in ChainHead.objects.all():
        if (head.seq, head.hash) != expected.get(head.shard, (0, "0" * 64)):
            found.append(Flaw(head.shard, head.seq, "链尾与记录不符"))
    return found


def drop_anchor() -> Anchor:
    """Record the heads of all shards; print or send the result outside."""
    heads = {head.shard: [head.seq, head.hash] for head in ChainHead.objects.order_by("shard")}
    return Anchor.objects.create(at=timezone.now(), heads=heads, digest=digest(heads))
