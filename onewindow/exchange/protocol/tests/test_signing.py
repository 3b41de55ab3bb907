"""A narrow profile of RFC 9421: what is signed opens; anything that was touched does not."""

import base64
import random
import re
import time
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import time_machine
from http_message_signatures import HTTPMessageSigner, algorithms
from http_message_signatures.structures import CaseInsensitiveDict

from onewindow.exchange.protocol import signing
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.keys import Key, KeyRing, PublicKey, key_at, ring_at
from onewindow.exchange.protocol.signing import Reply, Request, sign_reply, sign_request, verify_reply, verify_request
from onewindow.exchange.protocol.suites import INTL

OURS, THEIRS = Key("bank-1", INTL.new_key()), Key("tax-1", INTL.new_key())
URL = "http://127.0.0.1:8000/exchange/bank/answers"
BODY = '{"says":"余额"}'.encode()


def ring(*keys: Key) -> KeyRing:
    return {key.key_id: PublicKey.from_pem(key.key_id, key.public_pem) for key in keys}


RING = ring(OURS)


def signed(body: bytes = BODY, key: Key = OURS, url: str = URL) -> Request:
    return sign_request(key, "POST", url, body)


def refusal(request: Request, keys: KeyRing = RING) -> str:
    with pytest.raises(ProtocolError) as refused:
        verify_request(request, keys)
    return refused.value.reason


def test_a_signed_request_opens_and_names_its_key_and_message() -> None:
    message_id = uuid4()
    verified = verify_request(sign_request(OURS, "POST", URL, BODY, message_id=message_id), RING)
    assert (verified.key_id, verified.message_id) == ("bank-1", message_id)


def test_a_request_without_a_body_is_signed_too() -> None:
    assert verify_request(sign_request(OURS, "GET", "http://127.0.0.1:8001/payments/f-1"), RING)


def test_a_key_made_at_first_start_is_kept(tmp_path) -> None:
    first, again = key_at(tmp_path, "bank-1"), key_at(tmp_path, "bank-1")
    assert first.public_pem == again.public_pem and list(ring_at(tmp_path)) == ["bank-1"]
    assert (tmp_path / "bank-1.pem").stat().st_mode & 0o077 == 0


def _headers(**changes: str) -> Callable[[Request], None]:
    def change(request: Request) -> None:
        for name, value in changes.items():
            request.headers[name.replace("_", "-")] = value

    return change


def _rewrite(pattern: str, replacement: str) -> Callable[[Request], None]:
    def change(request: Request) -> None:
        before = request.headers["signature-input"]
        request.headers["signature-input"] = re.sub(pattern, replacement, before)
        assert request.headers["signature-input"] != before

    return change


def _other_signature_twice(request: Request) -> None:
    second = signed()
    for name in ("signature", "signature-input"):
        request.headers[name] = f"{request.headers[name]}, {second.headers[name].replace('sig1', 'sig2')}"


def _loose_base64(request: Request) -> None:
    text = request.headers["signature"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = alphabet[alphabet.index(text[-4]) ^ 1]
    request.headers["signature"] = f"{text[:-4]}{last}==:"
    assert base64.b64decode(text[6:-1]) == base64.b64decode(request.headers["signature"][6:-1])


ATTACKS: dict[str, Callable[[Request], None]] = {
    "body changed": lambda r: setattr(r, "body", r.body.replace("余额".encode(), "余量".encode())),
    "bytes after the body": lambda r: setattr(r, "body", r.body + b" "),
    "body cut": lambda r: setattr(r, "body", r.body[:-1]),
    "body and digest swapped": lambda r: (
        setattr(r, "body", b"{}"), r.headers.update({"content-digest": INTL.digest.create(b"{}")}),
    ),
    "another path": lambda r: setattr(r, "url", URL.replace("bank", "tax")),
    "another host": lambda r: setattr(r, "url", URL.replace("8000", "8001")),
    "a query added": lambda r: setattr(r, "url", URL + "?x=1"),
    "another method": lambda r: setattr(r, "method", "PUT"),
    "another message id": _headers(exchange_message_id=str(uuid4())),
    "message id in capitals": lambda r: _headers(exchange_message_id=r.message_id.upper())(r),
    "no message id": lambda r: r.headers.pop("exchange-message-id"),
    "no signature": lambda r: r.headers.pop("signature"),
    "no signature input": lambda r: r.headers.pop("signature-input"),
    "no digest": lambda r: r.headers.pop("content-digest"),
    "another content type": _headers(content_type="text/plain"),
    "a compressed body": _headers(content_encoding="gzip"),
    "alg none": _rewrite('alg="ed25519"', 'alg="none"'),
    "alg hmac": _rewrite('alg="ed25519"', 'alg="hmac-sha256"'),
    "alg left out": _rewrite(';alg="ed25519"', ""),
    "created moved": _rewrite(r"created=(\d+)", r"created=1\1"),
    "created as a float": _rewrite(r"created=(\d+)", r"created=\1.0"),
    "created beyond all years": _rewrite(r"created=(\d+)", r"created=999999999999999"),
    "component dropped": _rewrite('"@path" ', ""),
    "component doubled": _rewrite('"@path"', '"@path" "@path"'),
    "component unknown": _rewrite('"@path"', '"@pth"'),
    "component with a parameter": _rewrite('"content-digest"', '"content-digest";sf'),
    "parameter doubled": _rewrite("sig1=(.*)", r'sig1=\1;tag="onewindow-exchange-1"'),
    "space added": _rewrite(";created", "; created"),
    "label changed": _headers(signature_input="sig2=()"),
    "rubbish": _headers(signature_input="\x00\xff((("),
    "thousands of brackets": _headers(signature_input="(" * 20_000),
    "key id twice": _rewrite('keyid="bank-1"', 'keyid="bank-1";keyid="bank-1"'),
    "two signatures": _other_signature_twice,
    "base64 written otherwise": _loose_base64,
    "signature empty": _headers(signature="sig1=::"),
    "digest of sha-512 beside": lambda r: _headers(content_digest=r.headers["content-digest"] + ", sha-512=:AA==:")(r),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_whatever_was_touched_does_not_open(name: str) -> None:
    request = signed()
    ATTACKS[name](request)
    assert refusal(request) in ("bad_signature", "bad_digest", "bad_headers", "unknown_key")


def test_another_partners_valid_key_is_unknown_here() -> None:
    assert refusal(signed(key=THEIRS)) == "unknown_key"


def test_another_key_under_a_known_name_does_not_open() -> None:
    assert refusal(signed(key=Key("bank-1", INTL.new_key()))) == "bad_signature"


def test_a_changed_bit_anywhere_in_what_is_covered_is_found() -> None:
    chance = random.Random(7)
    for _ in range(400):
        request = signed()
        part = chance.choice(["body", "signature", "signature-input", "content-digest", "exchange-message-id"])
        raw = bytearray(request.body if part == "body" else request.headers[part].encode())
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        if part == "body":
            request.body = bytes(raw)
        else:
            request.headers[part] = raw.decode("latin-1")
        refusal(request)


@pytest.mark.parametrize("seconds", [-301, 302, -86_400, 86_400])
def test_outside_five_minutes_of_our_clock_nothing_opens(seconds: int) -> None:
    with time_machine.travel(time.time() + seconds, tick=False):
        request = signed()
    assert refusal(request) == "outside_window"


@pytest.mark.parametrize("seconds", [-290, 290])
def test_within_five_minutes_it_opens(seconds: int) -> None:
    with time_machine.travel(time.time() + seconds, tick=False):
        request = signed()
    assert verify_request(request, RING)


def test_a_signature_made_to_last_longer_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(signing, "WINDOW_SECONDS", 3600)
    request = signed()
    monkeypatch.undo()
    assert refusal(request) == "outside_window"


def _signed_by_hand(components: tuple[str, ...], **options: object) -> Request:
    headers = CaseInsensitiveDict({"content-type": "application/json", "exchange-message-id": str(uuid4())})
    request = Request("POST", URL, headers, BODY)
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=signing._Keys(OURS.private))
    now = signing.datetime.now(signing.UTC)
    usual = {"label": "sig1", "tag": signing.TAG, "created": now, "expires": now + signing.timedelta(seconds=300)}
    signer.sign(request, key_id="bank-1", covered_component_ids=components, body=BODY, **{**usual, **options})
    return request


@pytest.mark.parametrize("left_out", signing.REQUEST_COMPONENTS)
def test_a_valid_signature_that_covers_too_little_is_refused(left_out: str) -> None:
    components = tuple(c for c in signing.REQUEST_COMPONENTS if c != left_out)
    request = _signed_by_hand(components)
    if left_out == "content-digest":  # the library adds it by itself when it has a body
        assert verify_request(request, RING)
    else:
        assert refusal(request) == "bad_signature"


@pytest.mark.parametrize(
    "options",
    [{"tag": None}, {"tag": "other"}, {"expires": None}, {"include_alg": False}, {"nonce": "n"}, {"label": "x"}],
)
def test_a_valid_signature_with_other_parameters_is_refused(options: dict) -> None:
    assert refusal(_signed_by_hand(signing.REQUEST_COMPONENTS, **options)) == "bad_signature"


def test_components_may_come_in_any_order() -> None:
    assert verify_request(_signed_by_hand(tuple(reversed(signing.REQUEST_COMPONENTS))), RING)


def test_a_reply_is_bound_to_its_request() -> None:
    request, other = signed(), signed(b"{}")
    reply = sign_reply(OURS, 202, b'{"ok":1}', request)
    assert verify_reply(reply, RING).message_id == UUID(request.message_id)
    with pytest.raises(ProtocolError):
        verify_reply(Reply(202, reply.headers, reply.body, other), RING)
    with pytest.raises(ProtocolError):
        verify_reply(Reply(200, reply.headers, reply.body, request), RING)


def test_a_request_can_not_be_played_back_as_a_reply() -> None:
    request = signed()
    with pytest.raises(ProtocolError):
        verify_reply(Reply(200, request.headers, request.body, signed()), RING)
