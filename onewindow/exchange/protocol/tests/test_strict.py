from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import (
    Account,
    Answer,
    Mandate,
    PaymentLine,
    PaymentOrderFile,
    PaymentResult,
    Query,
    Subject,
    parse,
    payment_digest,
    wrong_totals,
)
from onewindow.exchange.protocol.strict import read_json, write_json

SUBJECT = Subject("11010119900307999X", "阿依古丽·买买提")


def an_answer() -> Answer:
    account = Account("account", "a1b2", "1234", "demand", 12_345_67, None)
    return Answer("answer", uuid4(), "0" * 64, SUBJECT, "found", date(2026, 11, 23), (account,), None)


def a_query() -> Query:
    mandate = Mandate(uuid4(), date(2026, 11, 1), date(2027, 10, 31))
    day = date(2026, 11, 23)
    return Query("query", uuid4(), "BANK", SUBJECT, ("account",), day, 12, "dibao", mandate, date(2026, 11, 30))


def a_file(**changes: object) -> PaymentOrderFile:
    lines = (
        PaymentLine(1, "k:1", "张三", "6222000000000001", 101_00),
        PaymentLine(2, "k:2", "李四", "6222000000000002", 1),
    )
    file = PaymentOrderFile("payment_file", "dibao-2026-11-120103-1", "2026-11", 2, 101_01, "", lines)
    return PaymentOrderFile(**{**vars(file), "digest": payment_digest(file), **changes})


@pytest.mark.parametrize("message", [a_query(), an_answer(), a_file()], ids=lambda m: m.type)
def test_what_is_written_is_read_back(message: object) -> None:
    assert parse(type(message), write_json(message)) == message


BAD = {
    "a float": ('"balance_fen":1234567', '"balance_fen":1234567.0', "wrong_shape"),
    "a number as text": ('"balance_fen":1234567', '"balance_fen":"1234567"', "wrong_shape"),
    "true as a number": ('"balance_fen":1234567', '"balance_fen":true', "wrong_shape"),
    "a negative sum": ('"balance_fen":1234567', '"balance_fen":-1', "wrong_shape"),
    "a huge number": ('"balance_fen":1234567', '"balance_fen":9007199254740992', "wrong_shape"),
    "4,000 digits": ('"balance_fen":1234567', '"balance_fen":' + "9" * 5000, "wrong_shape"),
    "not a number": ('"balance_fen":1234567', '"balance_fen":NaN', "wrong_shape"),
    "an unknown key": ('"tail":"1234"', '"tail":"1234","full_number":"6222"', "wrong_shape"),
    "a key twice": ('"tail":"1234"', '"tail":"1234","tail":"9999"', "wrong_shape"),
    "a key left out": ('"tail":"1234",', "", "wrong_shape"),
    "another item": ('"item":"account"', '"item":"car"', "wrong_shape"),
    "no item": ('"item":"account",', "", "wrong_shape"),
    "the whole number": ('"tail":"1234"', '"tail":"6222000000001234"', "wrong_shape"),
    "full-width digits": ('"tail":"1234"', '"tail":"\uff11\uff12\uff13\uff14"', "wrong_shape"),
    "NUL": ('"name":"阿', '"name":"\\u0000阿', "wrong_shape"),
    "half a surrogate": ('"name":"阿', '"name":"\\ud800阿', "wrong_shape"),
    "an empty name": (SUBJECT.name, " ", "wrong_shape"),
    "a long name": (SUBJECT.name, "阿" * 61, "wrong_shape"),
    "an object for a text": (f'"{SUBJECT.name}"', '{"a":1}', "wrong_shape"),
    "another type": ('"type":"answer"', '"type":"query"', "wrong_shape"),
    "a basic-format date": ('"2026-11-23"', '"20261123"', "wrong_shape"),
    "a day that is none": ('"2026-11-23"', '"2026-02-30"', "wrong_shape"),
    "found without findings": ('"result":"found"', '"result":"none"', "wrong_shape"),
    "trailing bytes": ("}]}", "}]}x", "not_json"),
    "two messages": ("}]}", "}]}{}", "not_json"),
    "half": ("}]}", "}", "not_json"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_message_that_could_mean_two_things_is_refused(name: str) -> None:
    before, after, reason = BAD[name]
    text = write_json(an_answer()).decode()
    assert before in text
    with pytest.raises(ProtocolError) as refused:
        parse(Answer, text.replace(before, after).encode())
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not_json"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b"\xff\xfe{\x00}\x00", "not_json"),
        (b"[]", "wrong_shape"),
        (b"null", "wrong_shape"),
        (b"{}", "wrong_shape"),
        (b"[" * 20 + b"]" * 20, "too_deep"),
        (b'{"a":' * 40_000, "too_deep"),
        (b'"' + b"a" * 300_000 + b'"', "too_large"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_bytes_that_are_no_message(body: bytes, reason: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        parse(Answer, body)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "changes",
    [
        {"count": 3},
        {"total_fen": 101_02},
        {"digest": "0" * 64},
        {"file_id": "dibao-2026-11-120103-2"},
        {"month": "2026-13"},
    ],
    ids=lambda c: next(iter(c)),
)
def test_a_payment_file_must_agree_with_itself(changes: dict) -> None:
    with pytest.raises(ProtocolError):
        parse(PaymentOrderFile, write_json(a_file(**changes)))


def test_a_payment_file_with_a_line_twice_is_refused() -> None:
    lines = a_file().lines
    doubled = PaymentOrderFile("payment_file", "f", "2026-11", 2, 202_00, "", (lines[0], lines[0]))
    with pytest.raises(ProtocolError):
        parse(PaymentOrderFile, write_json(PaymentOrderFile(**{**vars(doubled), "digest": payment_digest(doubled)})))


def test_a_result_with_wrong_totals_can_be_read_and_says_so() -> None:
    line = {"payment_key": "k", "amount_fen": 5, "state": "paid"}
    result = {
        "type": "payment_result", "file_id": "f", "digest": "0" * 64, "count": 1, "paid_fen": 4, "returned_fen": 0,
        "lines": [line],
    }  # fmt: skip
    assert wrong_totals(parse(PaymentResult, write_json(result))) == ["paid_fen 4 ≠ 5"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(
    st.binary() | VALUES.map(write_json) | st.sampled_from(list(range(200))).map(lambda n: write_json(an_answer())[:n])
)
def test_any_bytes_are_a_message_or_a_protocol_error(body: bytes) -> None:
    for kind in (Query, Answer, PaymentOrderFile, PaymentResult):
        try:
            message = parse(kind, body)
        except ProtocolError:
            continue
        assert parse(kind, write_json(message)) == message


def test_a_message_of_a_year_ago_still_reads_with_what_it_left_out() -> None:
    text = write_json(an_answer()).decode()
    assert "inflow" not in text and read_json(text.encode(), 10_000)["result"] == "found"
