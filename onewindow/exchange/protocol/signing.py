"""
RFC 9421 in one narrow profile: exactly these components, one signature, one algorithm for a key, a window of five
minutes. Everything that may vary in the RFC and need not is refused.
"""

import base64
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver
from http_message_signatures.structures import CaseInsensitiveDict

from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.keys import Key, KeyRing, PublicKey
from onewindow.exchange.protocol.suites import Suite

WINDOW_SECONDS = 300
TAG = "onewindow-exchange-1"
LABEL = "sig1"
MESSAGE_ID = "exchange-message-id"
REQUEST_COMPONENTS = ("@method", "@authority", "@path", "@query", "content-type", "content-digest", MESSAGE_ID)
REPLY_COMPONENTS = (
    '"@status"', '"content-type"', '"content-digest"',
    '"@method";req', '"@path";req', '"content-digest";req', f'"{MESSAGE_ID}";req',
)  # fmt: skip
KEY_ID = re.compile(r';keyid="([A-Za-z0-9][A-Za-z0-9._-]{0,79})"')
SIGNATURE = re.compile(rf"{LABEL}=:([A-Za-z0-9+/]+={{0,2}}):")
PARAMETERS = {"created", "expires", "keyid", "alg", "tag"}


@dataclass
class Request:
    method: str
    url: str
    headers: Any
    body: bytes = b""

    @classmethod
    def received(cls, method: str, url: str, headers: Mapping[str, str], body: bytes) -> "Request":
        return cls(method, url, CaseInsensitiveDict(headers), body)

    @property
    def message_id(self) -> str:
        return str(self.headers.get(MESSAGE_ID, ""))


@dataclass
class Reply:
    status_code: int
    headers: Any
    body: bytes
    request: Request


@dataclass(frozen=True)
class Verified:
    key_id: str
    message_id: UUID
    suite: Suite


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, key: Any) -> None:
        self.key = key

    def resolve_private_key(self, key_id: str) -> Any:
        return self.key

    def resolve_public_key(self, key_id: str) -> Any:
        return self.key


class _Verifier(HTTPMessageVerifier):
    # The window is checked below, after the signature, so that a refusal can say which of the two it was.
    max_clock_skew = timedelta(days=365 * 50)


def sign_request(key: Key, method: str, url: str, body: bytes = b"", *, message_id: UUID | None = None) -> Request:
    headers = CaseInsensitiveDict({"content-type": "application/json", MESSAGE_ID: str(message_id or uuid4())})
    request = Request(method, url, headers, body)
    _sign(key, request, REQUEST_COMPONENTS)
    return request


def sign_reply(key: Key, status: int, body: bytes, request: Request) -> Reply:
    """Bound to the request by its method, path, message id and digest."""
    reply = Reply(status, CaseInsensitiveDict({"content-type": "application/json"}), body, request)
    _sign(key, reply, REPLY_COMPONENTS)
    return reply


def _sign(key: Key, message: Request | Reply, components: tuple[str, ...]) -> None:
    signer = HTTPMessageSigner(signature_algorithm=key.suite.algorithm, key_resolver=_Keys(key.private))
    signer.content_digest_class = key.suite.digest
    now = datetime.fromtimestamp(int(time.time()), UTC)
    signer.sign(
        message,
        key_id=key.key_id,
        created=now,
        expires=now + timedelta(seconds=WINDOW_SECONDS),
        label=LABEL,
        tag=TAG,
        covered_component_ids=components,
        body=message.body,
    )


def verify_request(request: Request, ring: KeyRing) -> Verified:
    """Who signed it, and its message id. Raises ProtocolError. That the id is new is for the caller to see."""
    message_id = _message_id(request)
    key = _verify(request, ring, {f'"{name}"' for name in REQUEST_COMPONENTS})
    return Verified(key.key_id, message_id, key.suite)


def verify_reply(reply: Reply, ring: KeyRing) -> Verified:
    key = _verify(reply, ring, set(REPLY_COMPONENTS))
    return Verified(key.key_id, UUID(reply.request.message_id), key.suite)


def _message_id(request: Request) -> UUID:
    try:
        if str(found := UUID(request.message_id)) == request.message_id:
            return found
    except ValueError:
        pass
    raise ProtocolError("bad_headers", "Exchange-Message-Id must be a UUID in small letters")


def _verify(message: Request | Reply, ring: KeyRing, wanted: set[str]) -> PublicKey:
    if message.headers.get("content-type") != "application/json" or "content-encoding" in message.headers:
        raise ProtocolError("bad_headers", "Content-Type must be application/json, without Content-Encoding")
    key = _named_key(str(message.headers.get("signature-input", "")), ring)
    covered, parameters = _open(message, key)
    if covered.keys() - {'"@signature-params"'} != wanted:
        raise ProtocolError("bad_signature", f"must cover exactly {' '.join(sorted(wanted))}")
    _one_way_of_writing(message, covered['"@signature-params"'])
    if parameters.keys() != PARAMETERS or parameters["tag"] != TAG or parameters["keyid"] != key.key_id:
        raise ProtocolError("bad_signature", f"parameters must be created, expires, keyid, alg, tag={TAG}")
    _in_window(parameters["created"], parameters["expires"])
    _right_digest(key.suite, str(message.headers["content-digest"]), message.body)
    return key


def _named_key(signature_input: str, ring: KeyRing) -> PublicKey:
    named = KEY_ID.findall(signature_input)
    if len(named) != 1:
        raise ProtocolError("bad_signature", "no signature, or more than one")
    if named[0] not in ring:
        raise ProtocolError("unknown_key", "this key is not one of yours that we know")
    return ring[named[0]]


def _open(message: Request | Reply, key: PublicKey) -> tuple[dict[str, str], dict[str, Any]]:
    verifier = _Verifier(signature_algorithm=key.suite.algorithm, key_resolver=_Keys(key.public))
    try:
        (result,) = verifier.verify(message, max_age=None)
    except Exception as error:
        raise ProtocolError("bad_signature", str(error)[:160]) from error
    return result.covered_components, result.parameters


def _one_way_of_writing(message: Request | Reply, parameters: str) -> None:
    """Base64 and structured fields can be written in several ways; a changed byte must not verify as the same."""
    signature = SIGNATURE.fullmatch(str(message.headers["signature"]))
    if message.headers["signature-input"] != f"{LABEL}={parameters}" or signature is None:
        raise ProtocolError("bad_signature", f"signature headers must be {LABEL}=… in canonical form")
    if base64.b64encode(base64.b64decode(signature[1])).decode() != signature[1]:
        raise ProtocolError("bad_signature", "base64 of the signature is not canonical")


def _in_window(created: int, expires: int) -> None:
    now = time.time()
    if not created - WINDOW_SECONDS <= now <= expires or not created < expires <= created + WINDOW_SECONDS:
        raise ProtocolError("outside_window", "created and expires must lie within 300 seconds of our clock")


def _right_digest(suite: Suite, header: str, body: bytes) -> None:
    if header != suite.digest.create(body):
        raise ProtocolError("bad_digest", "Content-Digest is not that of the body")
