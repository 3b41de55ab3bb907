"""A bank: tells balances, pays a month's file, and single orders at once."""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import (
    MAX_FILE_BYTES,
    Account,
    OrderResult,
    PaidLine,
    PaymentLine,
    PaymentOrderFile,
    PaymentResult,
    Query,
    Receipt,
    SingleOrder,
    digest_of,
    parse,
)
from onewindow.exchange.protocol.signing import Request
from onewindow.exchange.simulators.book import Book
from onewindow.exchange.simulators.partner import Partner, Said

Payment = PaymentLine | SingleOrder
SAME = ("name", "account", "amount_fen")


@dataclass
class Bank(Partner):
    source: str = "BANK"
    book_path: Path = Path("book.sqlite3")
    unready: set[str] = field(default_factory=set)
    """Files whose result is not there yet; after a restart every one is."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.book = Book(self.book_path)

    def take(self, request: Request) -> Said:
        path = request.url.removeprefix(self.url)
        if request.method == "POST" and path == "/payments":
            return self.take_file(parse(PaymentOrderFile, request.body, MAX_FILE_BYTES))
        if request.method == "GET" and path.startswith("/payments/"):
            return self.tell(path.removeprefix("/payments/"))
        if request.method == "POST" and path == "/orders":
            return self.take_order(parse(SingleOrder, request.body))
        if request.method == "GET" and path.startswith("/orders/"):
            return self.tell_order(path.removeprefix("/orders/"))
        return super().take(request)

    def find(self, query: Query) -> tuple[str, tuple[Any, ...]]:
        person = self.records.person(query.subject.id_number)
        accounts = [each for each in (person or {}).get("accounts", ()) if not each.get("closed")]
        if person is None or not accounts:
            return "none", ()
        if person["name"] != query.subject.name:
            return "not_matched", ()
        return "found", tuple(map(_told, accounts))

    def lie(self) -> Account:
        return Account("account", "hidden-0990", "0990", "time", 5_000_000_00)

    def take_file(self, file: PaymentOrderFile) -> Said:
        """Every key is paid once, in whatever file and however often it comes."""
        with self.book.lock:
            known = self.book.file(file.file_id)
            if known and known["digest"] != file.digest:
                raise ProtocolError("conflict", "this file id was used for another content")
            if known is None:
                new = [self.pay(line) for line in file.lines if not self.knows(line)]
                keys = [each.payment_key for each in file.lines]
                self.unready.add(file.file_id)
                self.book.write(new, {"file_id": file.file_id, "digest": file.digest, "keys": keys})
        self.log.append(f"file {file.file_id}")
        self.faults.soon(lambda mode: self.report(file.file_id, mode))
        return 202, Receipt("receipt", file.file_id, "known" if known else "accepted")

    def take_order(self, order: SingleOrder) -> Said:
        with self.book.lock:
            if not self.knows(order):
                self.book.write([self.pay(order)])
        self.log.append(f"order {order.payment_key}")
        return self.tell_order(order.payment_key)

    def knows(self, payment: Payment) -> bool:
        entry = self.book.payment(payment.payment_key)
        if entry and any(entry[name] != getattr(payment, name) for name in SAME):
            raise ProtocolError("conflict", "this key was used for another payment")
        return entry is not None

    def pay(self, payment: Payment) -> dict[str, Any]:
        reason = "账户状态异常，退票" if self.faults.mode == "returned" else self.why_not(payment)
        told = {name: getattr(payment, name) for name in ("payment_key", *SAME)}
        return {**told, "state": "returned" if reason else "paid", "reason": reason}

    def why_not(self, payment: Payment) -> str:
        found = self.records.account(payment.account)
        if found is None:
            return "账号不存在"
        if found[1].get("closed"):
            return "账户已销户"
        return "" if found[0] == payment.name else "账号户名不符"

    def report(self, file_id: str, mode: str) -> None:
        self.unready.discard(file_id)
        self.send(f"/exchange/{self.code}/payment-results", self.result(file_id, mode), mode)

    def result(self, file_id: str, mode: str) -> PaymentResult:
        file = self.book.file(file_id) or {"keys": (), "digest": ""}
        lines = [_line(entry) for entry in self.book.payments(file["keys"])]
        if mode == "lying":
            lines[0] = PaidLine(lines[0].payment_key, lines[0].amount_fen + 1, lines[0].state, lines[0].reason)
        if mode == "partial":
            lines = lines[: max(len(lines) // 2, 1)]
        if mode == "out_of_order":
            random.Random(file_id).shuffle(lines)  # noqa: S311 - a fault, no secret
        return _added_up(file_id, file["digest"], tuple(lines), 1 if mode == "wrong_total" else 0)

    def tell(self, file_id: str) -> Said:
        """An answer that was lost can be asked for."""
        if self.book.file(file_id) is None:
            raise ProtocolError("unknown_file", "no such file")
        if file_id in self.unready:
            return 202, Receipt("receipt", file_id, "accepted")
        mode = self.faults.mode
        return 200, self.result(file_id, mode if mode in ("partial", "wrong_total", "out_of_order") else "normal")

    def tell_order(self, key: str) -> Said:
        entry = self.book.payment(key)
        if entry is None:
            raise ProtocolError("unknown_order", "no such order")
        if self.faults.mode == "late":
            return 202, Receipt("receipt", key, "accepted")
        line = _line(entry)
        more = 1 if self.faults.mode == "lying" else 0
        return 200, OrderResult("order_result", key, line.amount_fen + more, line.state, line.reason)


def _told(account: dict[str, Any]) -> Account:
    number = account["account"]
    return Account(
        "account", digest_of(number.encode())[:16], number[-4:], account.get("product", "demand"),
        account["balance_fen"], account.get("inflow_12_months_fen"),
    )  # fmt: skip


def _line(entry: dict[str, Any]) -> PaidLine:
    return PaidLine(entry["payment_key"], entry["amount_fen"], entry["state"], entry["reason"] or None)


def _added_up(file_id: str, digest: str, lines: tuple[PaidLine, ...], more_fen: int) -> PaymentResult:
    paid = sum(line.amount_fen for line in lines if line.state == "paid") + more_fen
    returned = sum(line.amount_fen for line in lines if line.state == "returned")
    return PaymentResult("payment_result", file_id, digest, len(lines), paid, returned, lines)
