"""What every partner does: an HTTP door that takes signed requests, and signed answers sent back to the product later."""

import json
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

from onewindow.exchange.protocol.client import call
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.keys import Key, KeyRing, key_at, ring_at
from onewindow.exchange.protocol.messages import MAX_FILE_BYTES, Answer, Problem, Query, Receipt, digest_of, parse
from onewindow.exchange.protocol.signing import WINDOW_SECONDS, Request, sign_reply, sign_request, verify_request
from onewindow.exchange.protocol.strict import write_json
from onewindow.exchange.simulators.faults import MODES, Faults
from onewindow.exchange.simulators.records import Records

Said = tuple[int, Any]
TRIES = 5


@dataclass
class Partner:
    """
    `keys` holds `<code>-1.pem` (made at first start) and the product's public keys as `product/*.pub`. The kind of
    record that this partner keeps is `source`; subclasses say what they find.
    """

    code: str
    url: str
    product_url: str
    keys: Path
    records: Records
    source: str = ""
    faults: Faults = field(default_factory=Faults)
    seen: dict[UUID, float] = field(default_factory=dict)
    asked: dict[UUID, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key: Key = key_at(self.keys, f"{self.code}-1")

    @property
    def product_ring(self) -> KeyRing:
        return ring_at(self.keys / "product")

    def take(self, request: Request) -> Said:
        """What a signed request gets as its answer. Raises ProtocolError."""
        path = request.url.removeprefix(self.url)
        if request.method == "POST" and path == "/queries":
            return self.take_query(request)
        raise ProtocolError("bad_headers", "no such address")

    def take_query(self, request: Request) -> Said:
        query, digest = parse(Query, request.body), digest_of(request.body)
        if query.source != self.source:
            raise ProtocolError("wrong_request", f"we are asked for {self.source}")
        if self.asked.setdefault(query.query_id, digest) != digest:
            raise ProtocolError("conflict", "this query id was used for another question")
        reference = str(query.query_id)
        self.log.append(f"query {reference}")
        self.faults.soon(lambda mode: self.answer(query, digest, mode))
        return 202, Receipt("receipt", reference, "accepted")

    def answer(self, query: Query, request_digest: str, mode: str) -> None:
        found = self.find(query)
        if mode == "lying":
            found = ("found", (*found[1], self.lie()))
        subject = query.subject
        if mode == "wrong_person":
            subject = type(subject)("110101199003079990", "王五")
        answer = Answer("answer", query.query_id, request_digest, subject, found[0], query.as_of, found[1])
        self.send(f"/exchange/{self.code}/answers", answer, mode)

    def find(self, query: Query) -> tuple[Any, tuple[Any, ...]]:
        raise NotImplementedError

    def lie(self) -> Any:
        raise NotImplementedError

    def send(self, path: str, message: Any, mode: str) -> None:
        """To the product, again and again until it says that it has it; a lost receipt makes no second effect there."""
        if mode in ("never", "lost"):
            return
        body = write_json(message)
        for attempt in range(TRIES):
            reply = self._post(path, body, mode)
            self.log.append(f"sent {path} {reply}")
            if reply and (reply < 300 or 400 <= reply < 500):
                break
            time.sleep(0.2 * 2**attempt)
        if mode == "twice":
            self.log.append(f"sent {path} {self._post(path, body, mode)}")

    def _post(self, path: str, body: bytes, mode: str) -> int:
        key = self.key
        if mode == "forged":
            key = Key(key.key_id, key.suite.new_key())
        request = sign_request(key, "POST", self.product_url + path, body)
        if mode == "truncated":
            request.body = body[: len(body) // 2]
        try:
            return call(request, allowed=[self.product_url]).status_code
        except ProtocolError as error:
            self.log.append(str(error))
            return 0

    def is_replay(self, message_id: UUID) -> bool:
        now = time.time()
        with self.faults.lock:
            self.seen = {key: at for key, at in self.seen.items() if now - at < 2 * WINDOW_SECONDS}
            is_replay = message_id in self.seen
            self.seen[message_id] = now
        return is_replay

    def serve(self, port: int) -> ThreadingHTTPServer:
        return ThreadingHTTPServer(("127.0.0.1", port), type("OurDoor", (Door,), {"partner": self}))


class Door(BaseHTTPRequestHandler):
    partner: Partner
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        length = int(self.headers.get("content-length", "0"))
        if length > MAX_FILE_BYTES:
            self.close_connection = True
            self.say(413, b"")
        elif self.path == "/control":
            self.control(self.rfile.read(length))
        elif self.partner.faults.mode == "500":
            self.rfile.read(length)
            self.say(500, b"<h1>Internal Server Error</h1>", "text/html")
        else:
            self.exchange(self.rfile.read(length))

    def exchange(self, body: bytes) -> None:
        partner = self.partner
        request = Request.received(self.command, partner.url + self.path, dict(self.headers.items()), body)
        status, message, is_known = self.hear(request)
        if status < 300 and partner.faults.loses_answer():
            self.close_connection = True
        elif is_known:
            reply = sign_reply(partner.key, status, write_json(message), request)
            self.say(status, reply.body, extra=reply.headers)
        else:
            self.say(status, write_json(message))

    def hear(self, request: Request) -> tuple[int, Any, bool]:
        is_known = False
        try:
            verified = verify_request(request, self.partner.product_ring)
            is_known = True
            if self.partner.is_replay(verified.message_id):
                raise ProtocolError("replay", "this message id was used before")
            return *self.partner.take(request), is_known
        except ProtocolError as error:
            return error.status, Problem("problem", error.reason, error.text[:200]), is_known

    def control(self, body: bytes) -> None:
        """Loopback only, as is the whole server: a test switches faults on, and looks what happened."""
        faults = self.partner.faults
        if body:
            wanted = json.loads(body)
            mode = wanted.get("mode", faults.mode)
            if mode not in MODES:
                self.say(400, b"{}")
                return
            faults.lost_percent = float(wanted.get("lost_percent", faults.lost_percent))
            faults.switch(mode, float(wanted.get("latency_seconds", faults.latency_seconds)))
        state = {"mode": faults.mode, "latency_seconds": faults.latency_seconds, "held": len(faults.held)}
        self.say(200, json.dumps({**state, "log": self.partner.log}).encode())

    def say(self, status: int, body: bytes, kind: str = "application/json", extra: Any = None) -> None:
        headers = {"content-type": kind, **dict((extra or {}).items()), "content-length": str(len(body))}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: requests name people."""
