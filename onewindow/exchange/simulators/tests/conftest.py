import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request as PlainRequest
from urllib.request import urlopen

import pytest

from onewindow.exchange.protocol.client import call
from onewindow.exchange.protocol.keys import Key, KeyRing, key_at, ring_at
from onewindow.exchange.protocol.signing import Reply, Request, sign_request
from onewindow.exchange.simulators.book import booked

PEOPLE = [
    {
        "id_number": "120103199003079990",
        "name": "张三",
        "accounts": [
            {"account": "6222000000000001", "product": "demand", "balance_fen": 1_234_56, "inflow_12_months_fen": 60_000_00},
            {"account": "6222000000000002", "product": "time", "balance_fen": 50_000_00},
        ],
        "homes": [
            {
                "reference": "JIN-2012-0001", "address": "天津市河西区示例里2号楼1门301", "use": "residential",
                "area_square_decimetres": 5600, "share": "1/1", "obtained_on": "2012-05-01",
            }
        ],
    },
    {"id_number": "120103196001019991", "name": "李四", "accounts": [{"account": "6222000000000003", "balance_fen": 0, "closed": True}]},
]  # fmt: skip


@dataclass
class Product:
    """Stands where the city would be: takes what partners send, and asks them."""

    key: Key
    url: str = ""
    heard: list[Request] = field(default_factory=list)
    say: int = 200

    def wait(self, count: int, seconds: float = 5) -> list[Request]:
        until = time.monotonic() + seconds
        while len(self.heard) < count and time.monotonic() < until:
            time.sleep(0.02)
        return self.heard


@dataclass
class Running:
    url: str
    keys: Path
    product: Product
    book: Path

    @property
    def ring(self) -> KeyRing:
        return ring_at(self.keys)

    def send(self, method: str, path: str, body: bytes = b"", **options: Any) -> Reply:
        request = sign_request(self.product.key, method, self.url + path, body, **options)
        return call(request, allowed=[self.url])

    def control(self, mode: str, latency_seconds: float = 0.02) -> dict[str, Any]:
        return switch(self.url, mode, latency_seconds)

    def booked(self) -> list[dict[str, Any]]:
        return booked(self.book)


def switch(url: str, mode: str, latency_seconds: float = 0.02) -> dict[str, Any]:
    body = json.dumps({"mode": mode, "latency_seconds": latency_seconds}).encode()
    found: dict[str, Any] = json.loads(urlopen(PlainRequest(url + "/control", data=body), timeout=5).read())
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    product = Product(key_at(tmp_path / "product-keys", "onewindow-1"))

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            url = f"http://{self.headers['host']}{self.path}"
            product.heard.append(Request.received("POST", url, dict(self.headers.items()), body))
            self.send_response(product.say)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    product.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield product
    server.shutdown()
    server.server_close()


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path, product: Product) -> Iterator[Start]:
    """Starts real processes, and ends them."""
    processes: list[subprocess.Popen] = []
    data = tmp_path / "people.json"
    data.write_text(json.dumps({"people": PEOPLE}))

    def start(kind: str) -> Running:
        port, keys = free_port(), tmp_path / kind
        (keys / "product").mkdir(parents=True, exist_ok=True)
        (keys / "product" / "onewindow-1.pub").write_bytes(product.key.public_pem)
        book = tmp_path / "book.sqlite3"
        words = [
            "-m",
            "onewindow.exchange.simulators",
            kind,
            "--port",
            str(port),
            "--data",
            str(data),
            "--latency",
            "0.02",
        ]
        words += ["--product-url", product.url, "--keys", str(keys), "--book", str(book)]
        process = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True)
        processes.append(process)
        assert process.stdout is not None and process.stdout.readline().startswith(kind)
        return Running(f"http://127.0.0.1:{port}", keys, product, book)

    yield start
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def bank(start: Start) -> Running:
    return start("bank")


@pytest.fixture
def register(start: Start) -> Running:
    return start("real_estate")
