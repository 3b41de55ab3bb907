"""The one way in which we speak to a partner: known addresses only, time-outs, no redirects, bounded answers."""

import time
from collections.abc import Collection
from functools import cache
from urllib.parse import urlsplit

import httpx
from http_message_signatures.structures import CaseInsensitiveDict

from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import MAX_MESSAGE_BYTES
from onewindow.exchange.protocol.signing import Reply, Request

TIMEOUT = httpx.Timeout(connect=3, read=5, write=30, pool=5)
LONGEST_SECONDS = 60
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@cache
def _client() -> httpx.Client:
    # trust_env off: no proxy or netrc of the machine may redirect what we send.
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False)


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_safe_base(url: str) -> bool:
    """TLS, except to this very machine (a simulator, or the bank's 前置机 in the same box); nothing hidden in the URL."""
    parts = urlsplit(url)
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    return (
        is_plain
        and bool(parts.hostname)
        and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
    )


def call(request: Request, *, allowed: Collection[str], most_bytes: int = MAX_MESSAGE_BYTES) -> Reply:
    """Sends a signed request to one of the allowed base URLs. The reply is not verified yet."""
    if not is_safe_base(request.url) or origin(request.url) not in {origin(base) for base in allowed}:
        raise ProtocolError("unreachable", "not the address of a partner")
    headers = {**dict(request.headers.items()), "accept-encoding": "identity"}
    try:
        with _client().stream(request.method, request.url, headers=headers, content=request.body) as response:
            body = _bounded(response, most_bytes)
    except httpx.HTTPError as error:
        raise ProtocolError("unreachable", f"{type(error).__name__}: {error}"[:160]) from error
    return Reply(response.status_code, CaseInsensitiveDict(response.headers.items()), body, request)


def _bounded(response: httpx.Response, most_bytes: int) -> bytes:
    body, until = b"", time.monotonic() + LONGEST_SECONDS
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > most_bytes or time.monotonic() > until:
            raise ProtocolError("too_large", "the answer is too long, or drips")
    return body
