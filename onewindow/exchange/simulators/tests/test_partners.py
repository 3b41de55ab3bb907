"""Partners as the product meets them: other processes, over HTTP."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import date
from uuid import UUID, uuid4

import pytest

from onewindow.exchange.protocol.client import call
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.keys import Key
from onewindow.exchange.protocol.messages import (
    Account,
    Answer,
    Home,
    Mandate,
    OrderResult,
    PaymentLine,
    PaymentOrderFile,
    PaymentResult,
    Problem,
    Query,
    Receipt,
    SingleOrder,
    Subject,
    digest_of,
    parse,
    payment_digest,
    wrong_totals,
)
from onewindow.exchange.protocol.signing import Reply, Request, sign_request, verify_reply, verify_request
from onewindow.exchange.protocol.strict import write_json
from onewindow.exchange.protocol.suites import INTL
from onewindow.exchange.simulators.tests.conftest import PEOPLE, Running

DAY = date(2026, 11, 23)


def ask(
    source: str = "BANK", id_number: str = PEOPLE[0]["id_number"], name: str = "张三", query_id: UUID | None = None
) -> bytes:
    mandate = Mandate(uuid4(), DAY, date(2027, 11, 22))
    items = ("account",) if source == "BANK" else ("home",)
    subject = Subject(id_number, name)
    return write_json(Query("query", query_id or uuid4(), source, subject, items, DAY, 12, "dibao", mandate, DAY))


def answers(partner: Running, count: int = 1) -> list[Answer]:
    found = []
    for request in partner.product.wait(count):
        verify_request(request, partner.ring)
        found.append(parse(Answer, request.body))
    return found


def test_partners_know_only_the_protocol(bank) -> None:
    code = (
        "import sys, onewindow.exchange.simulators.__main__;"
        "print([m for m in sys.modules if m.startswith(('django', 'onewindow.kernel', 'onewindow.project'))])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_a_bank_takes_a_query_and_answers_later(bank: Running) -> None:
    body = ask()
    reply = bank.send("POST", "/queries", body)
    verify_reply(reply, bank.ring)
    assert reply.status_code == 202 and parse(Receipt, reply.body).state == "accepted"
    (answer,) = answers(bank)
    assert answer.request_digest == digest_of(body) and answer.result == "found"
    assert [type(f) for f in answer.findings] == [Account, Account]
    assert sum(f.balance_fen for f in answer.findings) == 51_234_56
    assert b"6222000000000001" not in bank.product.heard[0].body


def test_the_register_tells_homes(register: Running) -> None:
    register.send("POST", "/queries", ask("HOUSE"))
    (answer,) = answers(register)
    assert isinstance(answer.findings[0], Home) and answer.findings[0].share == "1/1"


@pytest.mark.parametrize(
    ("id_number", "name", "result"),
    [
        ("120103198801019993", "无此人", "none"),
        (PEOPLE[0]["id_number"], "张叁", "not_matched"),
        (PEOPLE[1]["id_number"], "李四", "none"),
    ],
)
def test_who_is_not_known_or_named_otherwise(bank: Running, id_number: str, name: str, result: str) -> None:
    bank.send("POST", "/queries", ask(id_number=id_number, name=name))
    assert answers(bank)[0].result == result


def problem(partner: Running, request: Request) -> tuple[int, str]:
    reply = call(request, allowed=[partner.url])
    return reply.status_code, parse(Problem, reply.body).reason


def test_a_partner_refuses_what_is_not_ours_or_comes_twice(bank: Running) -> None:
    stranger = Key("onewindow-1", INTL.new_key())
    assert problem(bank, sign_request(stranger, "POST", bank.url + "/queries", ask())) == (401, "bad_signature")
    request = sign_request(bank.product.key, "POST", bank.url + "/queries", ask())
    call(request, allowed=[bank.url])
    assert problem(bank, request) == (409, "replay")
    assert problem(bank, sign_request(bank.product.key, "POST", bank.url + "/queries", ask("HOUSE"))) == (
        409,
        "wrong_request",
    )
    assert problem(bank, sign_request(bank.product.key, "GET", bank.url + "/secrets")) == (400, "bad_headers")


def test_one_query_id_is_one_question(bank: Running) -> None:
    query_id = uuid4()
    first, other = ask(query_id=query_id), ask(query_id=query_id, name="李四")
    bank.send("POST", "/queries", first)
    assert bank.send("POST", "/queries", first).status_code == 202
    assert bank.send("POST", "/queries", other).status_code == 409


@pytest.mark.parametrize(("mode", "reason"), [("forged", "bad_signature"), ("truncated", "bad_digest")])
def test_a_partner_can_be_made_to_send_rubbish(bank: Running, mode: str, reason: str) -> None:
    bank.control(mode)
    bank.product.say = 401
    bank.send("POST", "/queries", ask())
    (request,) = bank.product.wait(1)
    with pytest.raises(ProtocolError) as refused:
        verify_request(request, bank.ring)
    assert refused.value.reason == reason


def test_the_other_faults(bank: Running) -> None:
    bank.control("500")
    assert bank.send("POST", "/queries", ask()).status_code == 500
    bank.control("lost")
    with pytest.raises(ProtocolError):
        bank.send("POST", "/queries", ask())
    bank.control("late")
    bank.send("POST", "/queries", ask())
    assert bank.product.wait(1, 0.3) == []
    bank.control("lying")
    assert {f.reference for f in answers(bank)[0].findings} > {"hidden-0990"}
    bank.control("twice")
    bank.send("POST", "/queries", ask())
    assert len(bank.product.wait(3)) == 3
    bank.control("wrong_person")
    bank.send("POST", "/queries", ask())
    assert answers(bank, 4)[3].subject.name == "王五"
    with pytest.raises(OSError, match="400"):
        bank.control("nonsense")


def test_an_answer_is_sent_again_until_it_is_received(bank: Running) -> None:
    bank.product.say = 503
    bank.send("POST", "/queries", ask())
    bank.product.wait(1)
    bank.product.say = 200
    first, second = bank.product.wait(2)[:2]
    assert first.body == second.body and first.message_id != second.message_id


LINES = [
    ("k:1", "张三", "6222000000000001", 100_00),
    ("k:2", "张叁", "6222000000000002", 200_00),
    ("k:3", "李四", "6222000000000003", 300_00),
    ("k:4", "张三", "6222000000009999", 400_00),
]


def a_file(file_id: str = "dibao-2026-11-120103-1", lines: list = LINES) -> bytes:
    numbered = tuple(PaymentLine(n, *line) for n, line in enumerate(lines, 1))
    total = sum(line.amount_fen for line in numbered)
    file = PaymentOrderFile("payment_file", file_id, "2026-11", len(numbered), total, "", numbered)
    return write_json(PaymentOrderFile(**{**vars(file), "digest": payment_digest(file)}))


def result_of(partner: Running, file_id: str = "dibao-2026-11-120103-1") -> PaymentResult:
    reply = partner.send("GET", f"/payments/{file_id}")
    while reply.status_code == 202:
        time.sleep(0.02)
        reply = partner.send("GET", f"/payments/{file_id}")
    verify_reply(reply, partner.ring)
    return parse(PaymentResult, reply.body)


def test_a_bank_pays_a_file_and_says_why_not(bank: Running) -> None:
    bank.send("POST", "/payments", a_file())
    (request,) = bank.product.wait(1)
    verify_request(request, bank.ring)
    result = parse(PaymentResult, request.body)
    assert [(line.state, line.reason) for line in result.lines] == [
        ("paid", None), ("returned", "账号户名不符"), ("returned", "账户已销户"), ("returned", "账号不存在"),
    ]  # fmt: skip
    assert (result.paid_fen, result.returned_fen) == (100_00, 900_00)


def test_a_key_is_paid_once_in_whatever_file_and_after_a_crash(start) -> None:
    bank = start("bank")
    for _ in range(3):
        bank.send("POST", "/payments", a_file())
    bank.send("POST", "/payments", a_file("supplement-1", [LINES[0], ("k:5", "张三", "6222000000000001", 1)]))
    assert len(bank.booked()) == 5
    again = start("bank")
    again.send("POST", "/payments", a_file())
    assert sum(e["amount_fen"] for e in again.booked() if e["state"] == "paid") == 100_01
    assert result_of(again).count == 4


def test_a_file_id_is_one_content(bank: Running) -> None:
    bank.send("POST", "/payments", a_file())
    assert bank.send("POST", "/payments", a_file(lines=LINES[:1])).status_code == 409


def test_a_lost_answer_can_be_asked_for(bank: Running) -> None:
    assert bank.send("GET", "/payments/unknown").status_code == 404
    bank.control("lost")
    with pytest.raises(ProtocolError):
        bank.send("POST", "/payments", a_file())
    bank.control("normal")
    assert result_of(bank).paid_fen == 100_00
    assert bank.product.heard == []


def test_a_lying_bank_changes_a_sum(bank: Running) -> None:
    bank.control("lying")
    bank.send("POST", "/payments", a_file())
    result = parse(PaymentResult, bank.product.wait(1)[0].body)
    assert result.lines[0].amount_fen == 100_01


def test_the_client_speaks_to_known_addresses_only(bank: Running) -> None:
    for url in (
        "http://127.0.0.1:1/x", "http://example.com/x", "ftp://127.0.0.1/x", "https://u:p@127.0.0.1/x",
        bank.url.replace("127.0.0.1", "127.1") + "/queries", bank.url.replace("127.0.0.1", "2130706433") + "/queries",
    ):  # fmt: skip
        request = Request("POST", url, {}, b"")
        with pytest.raises(ProtocolError, match="address of a partner"):
            call(request, allowed=[bank.url])
    assert bank.control("normal")["log"] == []


def an_order(bank: Running, key: str = "o:1", fen: int = 100_00, account: str = "6222000000000001") -> Reply:
    return bank.send("POST", "/orders", write_json(SingleOrder("payment_order", key, "张三", account, fen)))


def test_an_order_is_paid_at_once_and_once(bank: Running) -> None:
    assert bank.send("GET", "/orders/o:1").status_code == 404
    told = [parse(OrderResult, an_order(bank).body) for _ in range(3)]
    assert {(each.state, each.amount_fen) for each in told} == {("paid", 100_00)} and len(bank.booked()) == 1
    assert an_order(bank, fen=100_01).status_code == 409, "a key is one payment"
    assert parse(OrderResult, an_order(bank, "o:2", account="6222000000009999").body).reason == "账号不存在"
    assert parse(OrderResult, bank.send("GET", "/orders/o:1").body).state == "paid"


def test_an_order_whose_answer_is_lost_was_paid(bank: Running) -> None:
    bank.control("lost")
    with pytest.raises(ProtocolError):
        an_order(bank)
    bank.control("late")
    assert an_order(bank).status_code == 202
    bank.control("normal")
    assert len(bank.booked()) == 1 and an_order(bank).status_code == 200


@pytest.mark.parametrize(("mode", "count", "wrong"), [("partial", 2, 0), ("wrong_total", 4, 1), ("out_of_order", 4, 0)])
def test_the_faults_of_a_file(bank: Running, mode: str, count: int, wrong: int) -> None:
    bank.control(mode)
    bank.send("POST", "/payments", a_file())
    result = parse(PaymentResult, bank.product.wait(1)[0].body)
    assert (result.count, len(wrong_totals(result))) == (count, wrong)
    assert sorted(each["payment_key"] for each in bank.booked()) == ["k:1", "k:2", "k:3", "k:4"]


def test_nobody_rewrites_the_banks_book(bank: Running) -> None:
    an_order(bank)
    for attack in ("UPDATE payment SET amount_fen = 1", "DELETE FROM payment", "DELETE FROM file WHERE 1"):
        with closing(sqlite3.connect(bank.book)) as rows, suppress(sqlite3.IntegrityError):
            rows.execute(attack)
            rows.commit()
    assert [each["amount_fen"] for each in bank.booked()] == [100_00]
