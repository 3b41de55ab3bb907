"""A bank: tells balances, and pays a month's file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import (
    MAX_FILE_BYTES,
    Account,
    PaidLine,
    PaymentLine,
    PaymentOrderFile,
    PaymentResult,
    Query,
    Receipt,
    digest_of,
    parse,
)
from onewindow.exchange.protocol.signing import Request
from onewindow.exchange.simulators.book import Book
from onewindow.exchange.simulators.partner import Partner, Said


@dataclass
class Bank(Partner):
    source: str = "BANK"
    book_path: Path = Path("book.jsonl")
    ready: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.book = Book(self.book_path)
        self.ready |= self.book.files.keys()

    def take(self, request: Request) -> Said:
        path = request.url.removeprefix(self.url)
        if request.method == "POST" and path == "/payments":
            return self.take_file(parse(PaymentOrderFile, request.body, MAX_FILE_BYTES))
        if request.method == "GET" and path.startswith("/payments/"):
            return self.tell(path.removeprefix("/payments/"))
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
            known = self.book.files.get(file.file_id)
            if known and known["digest"] != file.digest:
                raise ProtocolError("conflict", "this file id was used for another content")
            if known is None:
                new = [self.pay(line) for line in file.lines if line.payment_key not in self.book.lines]
                marker = {"file_id": file.file_id, "digest": file.digest, "keys": [e.payment_key for e in file.lines]}
                self.book.write([*new, marker])
        self.log.append(f"file {file.file_id}")
        self.faults.soon(lambda mode: self.report(file.file_id, mode))
        return 202, Receipt("receipt", file.file_id, "known" if known else "accepted")

    def pay(self, line: PaymentLine) -> dict[str, Any]:
        reason = self.why_not(line)
        entry = {
            "payment_key": line.payment_key, "name": line.name, "account": line.account, "amount_fen": line.amount_fen,
            "state": "returned" if reason else "paid",
        }  # fmt: skip
        return {**entry, "reason": reason} if reason else entry

    def why_not(self, line: PaymentLine) -> str:
        found = self.records.account(line.account)
        if found is None:
            return "账号不存在"
        if found[1].get("closed"):
            return "账户已销户"
        return "" if found[0] == line.name else "账号户名不符"

    def report(self, file_id: str, mode: str) -> None:
        self.ready.add(file_id)
        result = self.result(file_id)
        if mode == "lying":
            first, *rest = result.lines
            wrong = PaidLine(first.payment_key, first.amount_fen + 1, first.state, first.reason)
            result = _added_up(file_id, result.digest, (wrong, *rest))
        self.send(f"/exchange/{self.code}/payment-results", result, mode)

    def result(self, file_id: str) -> PaymentResult:
        file = self.book.files[file_id]
        lines = [self.book.lines[key] for key in file["keys"]]
        told = (PaidLine(e["payment_key"], e["amount_fen"], e["state"], e.get("reason")) for e in lines)
        return _added_up(file_id, file["digest"], tuple(told))

    def tell(self, file_id: str) -> Said:
        """An answer that was lost can be asked for."""
        if file_id not in self.book.files:
            raise ProtocolError("unknown_file", "no such file")
        if file_id not in self.ready:
            return 202, Receipt("receipt", file_id, "accepted")
        return 200, self.result(file_id)


def _told(account: dict[str, Any]) -> Account:
    number = account["account"]
    return Account(
        "account", digest_of(number.encode())[:16], number[-4:], account.get("product", "demand"),
        account["balance_fen"], account.get("inflow_12_months_fen"),
    )  # fmt: skip


def _added_up(file_id: str, digest: str, lines: tuple[PaidLine, ...]) -> PaymentResult:
    paid = sum(line.amount_fen for line in lines if line.state == "paid")
    returned = sum(line.amount_fen for line in lines if line.state == "returned")
    return PaymentResult("payment_result", file_id, digest, len(lines), paid, returned, lines)
