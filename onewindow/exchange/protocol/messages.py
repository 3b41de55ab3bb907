"""What is said: a query about one person, its answer, a month's payment file, its result."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.strict import Many, Text, Whole, read, read_json

MAX_MESSAGE_BYTES = 256 * 1024
MAX_FILE_BYTES = 64 * 1024 * 1024

Name = Annotated[str, Text(60, r".*\S.*")]
Words = Annotated[str, Text(200)]
Reference = Annotated[str, Text(80, r"[A-Za-z0-9][A-Za-z0-9:._-]*")]
Fen = Annotated[int, Whole(0)]
Sha256 = Annotated[str, Text(64, r"[0-9a-f]{64}")]
Source = Annotated[str, Text(20, r"[A-Z][A-Z_]+")]


@dataclass(frozen=True)
class Subject:
    id_number: Annotated[str, Text(18, r"\d{17}[\dX]|\d{15}")]
    name: Name


@dataclass(frozen=True)
class Mandate:
    """The consent under which is asked (社会救助暂行办法 a58); the partner keeps its id with its own log."""

    consent_id: UUID
    given_on: date
    valid_to: date


@dataclass(frozen=True)
class Account:
    """A deposit, fund or product on the query date. Only the last digits leave the bank: no transfer needs them here."""

    item: Literal["account"]
    reference: Reference
    """The bank's own name for the account; the same for each holder of a joint one."""
    tail: Annotated[str, Text(4, r"\d{4}")]
    product: Literal["demand", "time", "wealth", "other"]
    balance_fen: Fen
    inflow_12_months_fen: Fen | None = None


@dataclass(frozen=True)
class Home:
    item: Literal["home"]
    reference: Reference
    """Number of the certificate; the same for each owner."""
    address: Words
    use: Literal["residential", "non_residential"]
    area_square_decimetres: Annotated[int, Whole(0, 10**9)]
    share: Annotated[str, Text(11, r"[1-9]\d{0,4}/[1-9]\d{0,4}")]
    obtained_on: date | None = None
    transferred_on: date | None = None
    """Given away within the lookback; then it is no longer theirs."""


Finding = Account | Home
ITEMS: dict[str, tuple[str, ...]] = {"BANK": ("account",), "HOUSE": ("home",)}
"""What each source can be asked for. An item that was not asked for is refused when it comes back."""


@dataclass(frozen=True)
class Query:
    type: Literal["query"]
    query_id: UUID
    source: Source
    subject: Subject
    items: Annotated[tuple[Literal["account", "home"], ...], Many(20)]
    as_of: date
    lookback_months: Annotated[int, Whole(0, 36)]
    purpose: Annotated[str, Text(60, r"[a-z][a-z0-9_]*")]
    mandate: Mandate
    answer_by: date


@dataclass(frozen=True)
class Receipt:
    """Taken in, and durable: what is asked will be done without being sent again."""

    type: Literal["receipt"]
    reference: Reference
    state: Literal["accepted", "known", "done"]


@dataclass(frozen=True)
class Problem:
    type: Literal["problem"]
    reason: Annotated[str, Text(40, r"[a-z_]+")]
    text: Words


@dataclass(frozen=True)
class Answer:
    type: Literal["answer"]
    query_id: UUID
    request_digest: Sha256
    """SHA-256 of the query's body as it was received: an answer belongs to one wording of one question."""
    subject: Subject
    result: Literal["found", "none", "not_matched", "refused", "error"]
    as_of: date
    findings: Annotated[tuple[Finding, ...], Many(200)]
    remark: Words | None = None


@dataclass(frozen=True)
class PaymentLine:
    line_no: Annotated[int, Whole(1, 10**7)]
    payment_key: Reference
    name: Name
    account: Annotated[str, Text(24, r"\d{12,24}")]
    amount_fen: Annotated[int, Whole(1)]


@dataclass(frozen=True)
class PaymentOrderFile:
    type: Literal["payment_file"]
    file_id: Reference
    month: Annotated[str, Text(7, r"\d{4}-(0[1-9]|1[0-2])")]
    count: Annotated[int, Whole(1, 10**7)]
    total_fen: Fen
    digest: Sha256
    """Of the lines as a second person approved them; see `payment_digest`."""
    lines: tuple[PaymentLine, ...]


@dataclass(frozen=True)
class PaidLine:
    payment_key: Reference
    amount_fen: Annotated[int, Whole(1)]
    state: Literal["paid", "returned"]
    reason: Words | None = None


@dataclass(frozen=True)
class PaymentResult:
    type: Literal["payment_result"]
    file_id: Reference
    digest: Sha256
    """The file's digest again: a result belongs to one content of one file."""
    count: Annotated[int, Whole(1, 10**7)]
    paid_fen: Fen
    returned_fen: Fen
    lines: tuple[PaidLine, ...]


@dataclass(frozen=True)
class SingleOrder:
    """One payment at once. The key is the payer's: the bank pays it once, however often the order comes."""

    type: Literal["payment_order"]
    payment_key: Reference
    name: Name
    account: Annotated[str, Text(24, r"\d{12,24}")]
    amount_fen: Annotated[int, Whole(1)]


@dataclass(frozen=True)
class OrderResult:
    type: Literal["order_result"]
    payment_key: Reference
    amount_fen: Annotated[int, Whole(1)]
    state: Literal["paid", "returned"]
    reason: Words | None = None


M = TypeVar("M")


def parse(kind: type[M], body: bytes, most_bytes: int = MAX_MESSAGE_BYTES) -> M:
    """Strict: raises ProtocolError for anything that is not exactly a `kind` that agrees with itself."""
    message = read(kind, read_json(body, most_bytes))
    check = CHECKS.get(kind)
    if check is not None:
        check(message)
    return message


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def payment_digest(file: PaymentOrderFile) -> str:
    """SHA-256 over [file id, [[key, name, account, fen], …]] as JSON without spaces: what the approver saw."""
    lines = [[line.payment_key, line.name, line.account, line.amount_fen] for line in file.lines]
    text = json.dumps([file.file_id, lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _agree(is_so: bool, what: str) -> None:
    if not is_so:
        raise ProtocolError("wrong_shape", f"{what} does not agree with the lines")


def _check_file(file: PaymentOrderFile) -> None:
    _agree(file.count == len(file.lines), "count")
    _agree(file.total_fen == sum(line.amount_fen for line in file.lines), "total_fen")
    _agree([line.line_no for line in file.lines] == list(range(1, file.count + 1)), "line_no")
    _agree(len({line.payment_key for line in file.lines}) == file.count, "payment_key")
    _agree(file.digest == payment_digest(file), "digest")


def wrong_totals(result: PaymentResult) -> list[str]:
    """Said by the receiver, who keeps such a result as evidence and books nothing of it."""
    sums = {
        state: sum(line.amount_fen for line in result.lines if line.state == state) for state in ("paid", "returned")
    }
    told = (("count", result.count, len(result.lines)), ("paid_fen", result.paid_fen, sums["paid"]),
            ("returned_fen", result.returned_fen, sums["returned"]))  # fmt: skip
    return [f"{name} {said} ≠ {is_}" for name, said, is_ in told if said != is_]


def _check_answer(answer: Answer) -> None:
    _agree((answer.result == "found") == bool(answer.findings), "result")


CHECKS: dict[Any, Callable[[Any], None]] = {
    PaymentOrderFile: _check_file,
    Answer: _check_answer,
}
