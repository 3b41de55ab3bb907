"""What is approved and what is sent: every line with person, account and sum, in a fixed order."""

import hashlib
import json
from collections.abc import Iterator

from onewindow.kernel.grants.models import PaymentRun

Line = tuple[str, str, str, int]
CHUNK = 2_000


def lines_of(run: PaymentRun) -> Iterator[Line]:
    """Key, name, account, fen; never all in memory."""
    rows = run.items.order_by("id").values_list("key", "account_name", "account", "amount_fen")
    return rows.iterator(chunk_size=CHUNK)


def digest_of_lines(file_id: str, lines: Iterator[Line]) -> str:
    """SHA-256 over [file id, [[key, name, account, fen], …]] as JSON without spaces; the bank reckons it again by itself."""
    found = hashlib.sha256(_plain([file_id])[:-1].encode() + b",[")
    comma = ""
    for line in lines:
        found.update((comma + _plain(line)).encode())
        comma = ","
    found.update(b"]]")
    return found.hexdigest()


def digest_of(run: PaymentRun) -> str:
    return digest_of_lines(run.file_id, lines_of(run))


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
