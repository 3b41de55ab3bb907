"""The door for partners, knocked at in every wrong way: nothing accepted, nothing a 5xx, each refusal with its reason."""

import json
import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
import time_machine
from django.test import Client

from onewindow.exchange.models import Answer, Query, Received, RejectedMessage
from onewindow.exchange.partners import add_key, own_key, retire_key, suite_spoken_with
from onewindow.exchange.protocol import messages
from onewindow.exchange.protocol.keys import Key, PublicKey
from onewindow.exchange.protocol.messages import Account, Home, Problem, Receipt, Subject, parse
from onewindow.exchange.protocol.signing import Reply, Request, sign_request, verify_reply
from onewindow.exchange.protocol.strict import write_json
from onewindow.exchange.protocol.suites import GM, INTL
from onewindow.exchange.tests.conftest import KEYS, begin_check
from onewindow.kernel.staff.actor import SYSTEM

State = Query.State
EACH = int(os.environ.get("ONEWINDOW_ATTACKS", "25"))


@pytest.fixture
def query(case, partners) -> Query:
    begin_check(case)
    return Query.unscoped.get(partner__code="bank", subject=case.applicant)


def answer_to(query: Query, *findings: Any, **changes: Any) -> messages.Answer:
    subject = Subject(query.subject.id_number, query.subject.name)
    found = findings or (Account("account", "a1", "1234", "demand", 19_000_00),)
    answer = messages.Answer(
        "answer", query.public_id, query.request_digest, subject, "found", query.means_check.began_on, found
    )
    return replace(answer, **changes)


def signed(body: bytes, key: Key = KEYS["bank"], path: str = "/exchange/bank/answers", base: str = "") -> Request:
    return sign_request(key, "POST", (base or "http://localhost:8000") + path, body)


def deliver(request: Request, path: str = "") -> Any:
    headers = {name: value for name, value in request.headers.items() if name.lower() != "content-type"}
    path = path or request.url.removeprefix("http://localhost:8000")
    kind = request.headers.get("content-type", "")
    return Client().generic(request.method, path, request.body, content_type=kind, headers=headers)


def reason(response: Any) -> str:
    return parse(Problem, response.content).reason


def test_an_answer_is_taken_and_the_receipt_is_signed_by_us(query) -> None:
    request = signed(write_json(answer_to(query)))
    response = deliver(request)
    assert response.status_code == 200 and parse(Receipt, response.content).state == "done"
    ours = {own_key().key_id: PublicKey.from_pem(own_key().key_id, own_key().public_pem)}
    assert verify_reply(
        Reply(200, dict(response.headers.items()) and _headers(response), response.content, request), ours
    )
    query.refresh_from_db()
    assert query.state == State.ANSWERED and query.answer.findings[0]["balance_fen"] == 19_000_00
    assert Received.objects.get().key_id == "bank-1"


def test_a_bank_goes_over_to_the_national_algorithms_without_a_gap(query) -> None:
    """Both keys are good in between; we answer in the suite of each message and ask in that of the newest key."""
    national = Key("bank-2", GM.new_key(), GM)
    old = add_key(SYSTEM, query.partner, key_id="bank-2", public_pem=national.public_pem).partner.keys.get(
        key_id="bank-1"
    )
    body = write_json(answer_to(query))
    assert deliver(signed(body)).status_code == 200
    request = signed(body, national)
    response = deliver(request)
    assert (response.status_code, parse(Receipt, response.content).state) == (200, "known")
    ours = {own_key("gm").key_id: PublicKey.from_pem(own_key("gm").key_id, own_key("gm").public_pem)}
    assert verify_reply(Reply(200, _headers(response), response.content, request), ours).key_id.endswith("-gm")
    assert suite_spoken_with(query.partner) == "gm"
    retire_key(SYSTEM, old)
    assert reason(deliver(signed(body))) == "unknown_key"
    assert deliver(signed(body, national)).status_code == 200


def _headers(response: Any) -> Any:
    from http_message_signatures.structures import CaseInsensitiveDict

    return CaseInsensitiveDict(response.headers.items())


def test_what_a_bank_said_is_sealed(query) -> None:
    deliver(signed(write_json(answer_to(query))))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_findings FROM exchange_answer")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT body FROM exchange_received")
        kept += cursor.fetchone()[0]
    assert "1900000" not in kept and query.subject.id_number not in kept


def test_the_case_goes_on_when_the_last_source_has_answered(case, query) -> None:
    run = case.runs.get(step_code="means_check")
    for each in Query.unscoped.select_related("partner", "subject"):
        run.refresh_from_db()
        assert run.ended_at is None
        key, path = KEYS[each.partner.code], f"/exchange/{each.partner.code}/answers"
        none = answer_to(each, result="none", findings=())
        assert deliver(signed(write_json(none), key, path)).status_code == 200
    run.refresh_from_db()
    assert run.ended_at is not None and case.runs.filter(step_code="home_visit", ended_at=None).exists()


def test_the_same_answer_again_is_welcome_and_changes_nothing(query) -> None:
    body = write_json(answer_to(query))
    assert deliver(signed(body)).status_code == 200
    again = deliver(signed(body))
    assert (again.status_code, parse(Receipt, again.content).state) == (200, "known")
    assert Answer.objects.count() == 1


def test_another_answer_to_an_answered_query_is_a_conflict(query) -> None:
    deliver(signed(write_json(answer_to(query))))
    other = answer_to(query, Account("account", "a1", "1234", "demand", 1))
    response = deliver(signed(write_json(other)))
    assert (response.status_code, reason(response)) == (409, "conflict")
    assert Answer.objects.get().findings[0]["balance_fen"] == 19_000_00


def test_a_message_replayed_is_refused(query) -> None:
    request = signed(write_json(answer_to(query)))
    codes = [deliver(request).status_code for _ in range(4)]
    assert codes == [200, 409, 409, 409]
    assert set(RejectedMessage.objects.values_list("reason", flat=True)) == {"replay"}


WRONG: dict[str, tuple[Callable[[Query], messages.Answer], int, str]] = {
    "somebody else": (lambda q: answer_to(q, subject=Subject("110101199003079990", "王五")), 409, "wrong_person"),
    "another name": (lambda q: answer_to(q, subject=Subject(q.subject.id_number, "张叁")), 409, "wrong_person"),
    "another question": (lambda q: answer_to(q, request_digest="0" * 64), 409, "wrong_request"),
    "an unknown query": (lambda q: answer_to(q, query_id=uuid4()), 404, "unknown_query"),
    "the query of another partner": (
        lambda q: answer_to(Query.unscoped.filter(partner__code="real_estate").first()), 404, "unknown_query",
    ),
    "what was not asked": (
        lambda q: answer_to(q, Home("home", "h", "x", "residential", 1, "1/1")), 409, "wrong_request",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_an_authentic_message_about_the_wrong_thing_is_refused(query, name: str) -> None:
    make, status, why = WRONG[name]
    response = deliver(signed(write_json(make(query))))
    assert (response.status_code, reason(response)) == (status, why)
    assert not Answer.objects.exists() and not Received.objects.exists()
    assert RejectedMessage.objects.get().reason == why


@pytest.mark.parametrize("result", ["not_matched", "refused", "error"])
def test_a_source_that_can_not_say_leaves_work_for_a_person(case, query, result: str) -> None:
    response = deliver(signed(write_json(answer_to(query, result=result, findings=()))))
    query.refresh_from_db()
    assert (response.status_code, query.state) == (200, State.FAILED) and query.problem
    assert case.runs.get(step_code="means_check").ended_at is None


def test_a_late_answer_still_counts(query) -> None:
    Query.unscoped.filter(pk=query.pk).update(state=State.LATE)
    assert deliver(signed(write_json(answer_to(query)))).status_code == 200
    query.refresh_from_db()
    assert query.state == State.ANSWERED


def test_an_answer_after_the_letter_is_kept_and_does_not_change_it(query) -> None:
    Query.unscoped.filter(pk=query.pk).update(state=State.LETTER)
    assert deliver(signed(write_json(answer_to(query)))).status_code == 200
    query.refresh_from_db()
    assert query.state == State.LETTER and Received.objects.count() == 1 and not Answer.objects.exists()


def test_a_retired_key_opens_nothing(query, partners) -> None:
    retire_key(SYSTEM, partners["bank"].keys.get())
    response = deliver(signed(write_json(answer_to(query))))
    assert (response.status_code, reason(response)) == (401, "unknown_key")


def test_a_partner_that_was_switched_off_or_never_was_is_unknown(query, partners) -> None:
    assert deliver(signed(write_json(answer_to(query)), path="/exchange/nobody/answers")).status_code == 404
    partners["bank"].is_active = False
    partners["bank"].save()
    assert deliver(signed(write_json(answer_to(query)))).status_code == 404


def test_a_message_meant_for_another_environment_is_refused(query, settings) -> None:
    settings.EXCHANGE_URL = "https://production.example"
    assert deliver(signed(write_json(answer_to(query)))).status_code == 401


def test_only_post_is_open(query) -> None:
    assert Client().get("/exchange/bank/answers").status_code == 405


def test_a_message_too_long_is_refused_before_it_is_read(query) -> None:
    response = deliver(signed(b"x" * 300_000))
    assert (response.status_code, reason(response)) == (413, "too_large")


def test_signed_rubbish_is_refused(query) -> None:
    for body in (b"", b"null", b"\x00" * 100, b"[" * 10_000, write_json(answer_to(query)) + b"{}", b"\xff\xfe"):
        assert deliver(signed(body)).status_code == 400
    assert RejectedMessage.objects.count() == 6


def _flip(request: Request, chance: random.Random) -> None:
    part = chance.choice(["body", "signature", "signature-input", "content-digest", "exchange-message-id"])
    raw = bytearray(request.body if part == "body" else request.headers[part].encode())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(7)
    if part == "body":
        request.body = bytes(raw)
    else:
        request.headers[part] = raw.decode()


def _truncate(request: Request, chance: random.Random) -> None:
    request.body = request.body[: chance.randrange(len(request.body))]


def _append(request: Request, chance: random.Random) -> None:
    request.body += bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))


def _no_algorithm(request: Request, chance: random.Random) -> None:
    name = chance.choice(["none", "", "hmac-sha256", "rsa-v1_5-sha256", "ED25519"])
    request.headers["signature-input"] = request.headers["signature-input"].replace('"ed25519"', f'"{name}"')


def _strip(request: Request, chance: random.Random) -> None:
    del request.headers[chance.choice(["signature", "signature-input", "content-digest", "exchange-message-id"])]


def _swap_body(request: Request, chance: random.Random) -> None:
    request.body = request.body.replace(b"1900000", b"0000001")


ATTACKS = [_flip, _truncate, _append, _no_algorithm, _strip, _swap_body]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.__name__.strip("_"))
def test_attacks_on_an_authentic_message(query, attack: Callable) -> None:
    chance, body = random.Random(11), write_json(answer_to(query))
    codes = []
    for _ in range(EACH):
        request = signed(body)
        attack(request, chance)
        codes.append(deliver(request).status_code)
    assert set(codes) <= {400, 401, 413}, codes
    assert not Answer.objects.exists() and not Received.objects.exists()
    assert RejectedMessage.objects.exclude(reason="").count() == EACH


@pytest.mark.parametrize(
    "key",
    [KEYS["tax"], KEYS["real_estate"], Key("bank-1", KEYS["tax"].private), Key("bank-1", INTL.new_key())],
    ids=("tax", "real estate", "tax as the bank", "a stranger as the bank"),
)
def test_another_partners_key_and_a_false_one(query, key: Key) -> None:
    for _ in range(10):
        assert deliver(signed(write_json(answer_to(query)), key)).status_code == 401
    assert RejectedMessage.objects.count() == 10 and not Answer.objects.exists()


def test_a_message_for_one_partners_door_does_not_open_anothers(query) -> None:
    request = signed(write_json(answer_to(query)))
    for door in ("/exchange/tax/answers", "/exchange/real_estate/answers", "/exchange/bank/payment-results"):
        assert deliver(request, door).status_code == 401


@pytest.mark.parametrize("seconds", [-301, -86_400, 302, 86_400])
def test_an_old_or_future_message_is_refused(query, seconds: int) -> None:
    with time_machine.travel(time.time() + seconds, tick=False):
        request = signed(write_json(answer_to(query)))
    response = deliver(request)
    assert (response.status_code, reason(response)) == (401, "outside_window")


def test_thirty_copies_at_once_are_one_message(case, partners, live_server, settings) -> None:
    settings.EXCHANGE_URL = live_server.url
    live_server.thread.httpd.socket.listen(64)  # Django lets ten wait, and resets the others
    begin_check(case)
    query = Query.unscoped.get(partner__code="bank", subject=case.applicant)
    request = signed(write_json(answer_to(query)), base=live_server.url)
    headers = dict(request.headers.items())

    def post(_: int) -> int:
        return httpx.post(request.url, content=request.body, headers=headers, timeout=60, trust_env=False).status_code

    with ThreadPoolExecutor(30) as pool:
        codes = sorted(pool.map(post, range(30)))
    assert codes == [200] + [409] * 29
    assert Answer.objects.count() == 1 and Received.objects.count() == 1


def test_answers_in_any_order_end_the_same(case, query) -> None:
    chance = random.Random(5)
    every = [
        (
            KEYS[q.partner.code],
            f"/exchange/{q.partner.code}/answers",
            write_json(answer_to(q, result="none", findings=())),
        )
        for q in Query.unscoped.select_related("partner", "subject")
    ] * 3
    chance.shuffle(every)
    for key, path, body in every:
        assert deliver(signed(body, key, path)).status_code == 200
    assert set(Query.unscoped.values_list("state", flat=True)) == {State.ANSWERED}
    assert case.runs.filter(step_code="home_visit").count() == 1


def test_what_is_refused_is_logged_without_its_content(query, caplog) -> None:
    request = signed(write_json(answer_to(query, subject=Subject("110101199003079990", "王五"))))
    deliver(request)
    kept = json.dumps(list(RejectedMessage.objects.values("partner", "path", "reason", "text")), ensure_ascii=False)
    assert "110101199003079990" not in kept + caplog.text and "王五" not in kept + caplog.text
