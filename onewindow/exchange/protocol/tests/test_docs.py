"""What the page for the bank's engineer shows is what the program does."""

import base64
import re
from dataclasses import fields
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures.structures import CaseInsensitiveDict

from onewindow.exchange.protocol import messages
from onewindow.exchange.protocol.errors import STATUS
from onewindow.exchange.protocol.keys import Key, PublicKey
from onewindow.exchange.protocol.messages import (
    Answer,
    PaymentOrderFile,
    PaymentResult,
    Query,
    Receipt,
    digest_of,
    parse,
    wrong_totals,
)
from onewindow.exchange.protocol.signing import Reply, Request, sign_request, verify_reply, verify_request
from onewindow.exchange.simulators.faults import MODES

PAGE = (Path(__file__).parents[4] / "docs" / "exchange.md").read_text(encoding="utf-8")
BLOCKS: dict[str, str] = dict(re.findall(r"```\w+ ([\w-]+)\n(.*?)\n```", PAGE, re.DOTALL))
NOW = 1795399200
BANK = Key("bank-1", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OURS = Key("onewindow-1", Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64))))


def public(key: Key) -> dict[str, PublicKey]:
    return {key.key_id: PublicKey.from_pem(key.key_id, key.public_pem)}


def shown(name: str) -> tuple[str, dict[str, str], bytes]:
    head, _, body = BLOCKS[name].partition("\n\n")
    first, *lines = head.splitlines()
    return first, CaseInsensitiveDict(line.split(": ", 1) for line in lines), body.encode()


@pytest.fixture
def request_shown() -> Request:
    first, headers, body = shown("request")
    method, path, _ = first.split()
    return Request(method, f"https://{headers.pop('host')}{path}", headers, body)


def test_the_request_on_the_page_verifies(request_shown: Request) -> None:
    with time_machine.travel(NOW, tick=False):
        assert verify_request(request_shown, public(BANK)).key_id == "bank-1"


def test_signing_it_again_gives_the_same_bytes(request_shown: Request) -> None:
    with time_machine.travel(NOW, tick=False):
        again = sign_request(
            BANK, "POST", request_shown.url, request_shown.body, message_id=UUID(request_shown.message_id)
        )
    assert dict(again.headers.lower_items()) == dict(request_shown.headers.lower_items())


def test_the_signature_bases_on_the_page_are_what_is_signed(request_shown: Request) -> None:
    """With no library of ours: the base as text, the signature as bytes."""
    for name, key, headers in (("request", BANK, request_shown.headers), ("reply", OURS, shown("reply")[1])):
        signature = base64.b64decode(headers["signature"].removeprefix("sig1=:").removesuffix(":"))
        key.private.public_key().verify(signature, BLOCKS[f"{name}-base"].encode())


def test_the_reply_on_the_page_verifies_for_that_request(request_shown: Request) -> None:
    first, headers, body = shown("reply")
    with time_machine.travel(NOW, tick=False):
        verify_reply(Reply(int(first.split()[1]), headers, body, request_shown), public(OURS))
    assert parse(Receipt, body).state == "done"


def test_the_messages_on_the_page_are_messages(request_shown: Request) -> None:
    query, answer = parse(Query, BLOCKS["query"].encode()), parse(Answer, request_shown.body)
    assert answer.request_digest == digest_of(BLOCKS["query"].encode())
    assert (answer.query_id, answer.subject) == (query.query_id, query.subject)
    file, result = parse(PaymentOrderFile, BLOCKS["file"].encode()), parse(PaymentResult, BLOCKS["result"].encode())
    assert (file.file_id, file.digest) == (result.file_id, result.digest)
    assert wrong_totals(result) == []
    order = parse(messages.SingleOrder, BLOCKS["order"].encode())
    assert parse(messages.OrderResult, BLOCKS["order-result"].encode()).payment_key == order.payment_key


def test_the_page_names_every_key_reason_and_mode() -> None:
    kinds = (
        Query,
        Answer,
        messages.Account,
        messages.Home,
        PaymentOrderFile,
        PaymentResult,
        messages.PaidLine,
        messages.SingleOrder,
        messages.OrderResult,
    )
    names = (
        {each.name for kind in kinds for each in fields(kind)} | set(STATUS) - {"unreachable", "refused"} | set(MODES)
    )
    assert {name for name in names if name not in PAGE} == set()
