"""
OpenFisca's own web application behind a door: which paths and methods, how large, how often, how long, and only bodies
that asking.py has made itself. It keeps nothing and is loaded when somebody first asks.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from onewindow.rules.situation import CannotAssess
from onewindow.rules.system import in_force, law_version, system, under
from onewindow.rules.unknown import said_in_words
from onewindow.rules.web.asking import cleaned, read
from onewindow.rules.web.limits import Busy, Rate, Room

log = logging.getLogger("onewindow.openfisca")
READS = ("/spec", "/parameters", "/parameter", "/variables", "/variable", "/entities")
ASKS = ("/calculate", "/trace")
BODY_BYTES, SECONDS, AT_ONCE, ASKS_A_MINUTE, READS_A_MINUTE = 64_000, 8.0, 2, 60, 240
KEPT = ("content-type", "country-package", "country-package-version")
SAFE = (
    ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "same-origin"), ("Cache-Control", "no-store"),
)  # fmt: skip
REASONS = {200: "OK", 300: "Multiple Choices", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed",
           411: "Length Required", 413: "Content Too Large", 415: "Unsupported Media Type", 429: "Too Many Requests",
           500: "Internal Server Error", 503: "Service Unavailable"}  # fmt: skip
Environ = dict[str, Any]
Start = Callable[..., Any]


class Problem(Exception):
    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


class Openfisca:
    def __init__(self, prefix: str, public_url: str) -> None:
        self.prefix, self.public_url = prefix, public_url.rstrip("/")
        self.asks, self.reads, self.room = Rate(ASKS_A_MINUTE), Rate(READS_A_MINUTE), Room(AT_ONCE, SECONDS)
        self.making, self.made = threading.Lock(), ("", None)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        try:
            status, headers, body = self.answer(environ)
        except CannotAssess as problem:
            status, headers, body = told(Problem(400, problem.message_zh))
        except Problem as problem:
            status, headers, body = told(problem)
        except Busy:
            status, headers, body = told(Problem(503, "系统繁忙，请稍后重试。", **{"Retry-After": "5"}))
        except Exception:
            log.exception("openfisca %s", environ.get("PATH_INFO", "")[:80])
            status, headers, body = told(Problem(500, "系统出错，已记录，请稍后重试。"))
        sent = [*headers, *SAFE, ("Content-Length", str(len(body)))]
        start_response(f"{status} {REASONS.get(status, 'Answer')}", sent)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def answer(self, environ: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace").removeprefix(self.prefix).rstrip("/")
        method = environ["REQUEST_METHOD"]
        if path in ASKS:
            self._may(method, ("POST",), self.asks, environ)
            body = self.body_of(environ)
            return self.room.do(lambda: self.computed(path, body))
        if path == "" or (len(path) < 120 and path.startswith(READS)):
            self._may(method, ("GET", "HEAD"), self.reads, environ)
            return self.asked("GET", path or "/", b"")
        raise Problem(404, f"没有这个地址。可用的有：{'、'.join((*READS, *ASKS))}。")

    def _may(self, method: str, methods: tuple[str, ...], rate: Rate, environ: Environ) -> None:
        if method not in methods:
            raise Problem(405, f"这里只接受{'、'.join(methods)}。", Allow=", ".join(methods))
        if not rate.takes(environ.get("REMOTE_ADDR", "")):
            raise Problem(429, "请求过于频繁，请一分钟后再试。", **{"Retry-After": "60"})

    def body_of(self, environ: Environ) -> bytes:
        length = environ.get("CONTENT_LENGTH") or ""
        if not environ.get("CONTENT_TYPE", "").lower().startswith("application/json"):
            raise Problem(415, "请以 application/json 发送。")
        if not (length.isascii() and length.isdigit() and len(length) < 12):
            raise Problem(411, "请写明内容的长度。")
        if int(length) > BODY_BYTES:
            raise Problem(413, f"内容过大，最多{BODY_BYTES}字节。")
        body: bytes = environ["wsgi.input"].read(int(length))
        return body

    def computed(self, path: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        with under(in_force()), said_in_words():
            situation = cleaned(system(), read(body))
            return self.asked("POST", path, json.dumps(situation).encode())

    def asked(self, method: str, path: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """A request of our own making: no header of the stranger's goes in, none but a few comes out."""
        from werkzeug.test import EnvironBuilder, run_wsgi_app  # noqa: PLC0415 half a second that no start should wait for

        built = EnvironBuilder(
            path, f"{self.public_url}{self.prefix}", method=method, input_stream=BytesIO(body),
            content_length=len(body), content_type="application/json",
        )  # fmt: skip
        chunks, status, headers = run_wsgi_app(self.application(), built.get_environ(), buffered=True)
        number, found = int(status.split()[0]), b"".join(chunks)
        if number == 404:
            raise Problem(404, "没有这一项。名称见 /parameters 和 /variables。")
        links = f"{self.public_url}/".encode()
        for name in (b"parameter/", b"variable/"):
            found = found.replace(links + name, f"{self.public_url}{self.prefix}/".encode() + name)
        if path == "/spec":
            found = found.replace(
                f'"url":"{self.public_url}"'.encode(), f'"url":"{self.public_url}{self.prefix}"'.encode()
            )
        return number, [(name, value) for name, value in headers if name.lower() in KEPT], found

    def application(self) -> Any:
        """Of the law in force: made anew when a change is approved."""
        version = law_version()
        with self.making:
            if self.made[0] != version:
                from openfisca_web_api.app import create_app  # type: ignore[import-untyped]  # noqa: PLC0415 most of a second, for the first who asks

                app = create_app(
                    system(), welcome_message="天津市社会救助规则。见 /spec、/parameters、/variables、/entities。"
                )
                app.config["PROPAGATE_EXCEPTIONS"] = True
                self.made = (version, app)
            return self.made[1]


def told(problem: Problem) -> tuple[int, list[tuple[str, str]], bytes]:
    body = json.dumps({"error": problem.message}, ensure_ascii=False).encode("utf-8", "replace")
    return problem.status, [("Content-Type", "application/json; charset=utf-8"), *problem.headers.items()], body
