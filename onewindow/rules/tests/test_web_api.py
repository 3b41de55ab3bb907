"""OpenFisca's web API from outside: it reads, computes, keeps nothing, and answers strange requests in words."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from onewindow.rules.assess import assess
from onewindow.rules.system import Change, law_version, put_in_force
from onewindow.rules.web import mounted
from onewindow.rules.web.asking import MAX_PERSONS
from onewindow.rules.web.limits import Busy, Rate, Room
from tests.hostile.zoo import BODIES, VALUES

MONTH = "2026-11"
NULL = {MONTH: None}


@pytest.fixture
def api() -> Iterator[Client]:
    yield Client(mounted.Openfisca("/openfisca", "http://city.example:8000"))
    put_in_force(())


def family(**more: Any) -> dict[str, Any]:
    household = {"applicant": ["a"], "children": ["b"], "dibao_amount": NULL, **more}
    persons = {"a": {"birth": {"ETERNITY": "1985-05-01"}, "wage_income": {MONTH: 60_000}, "age": NULL},
               "b": {"birth": {"ETERNITY": "2018-05-01"}}}  # fmt: skip
    return {"persons": persons, "households": {"h": household}}


def asked(api: Client, body: Any, where: str = "calculate") -> TestResponse:
    return api.post(f"/openfisca/{where}", data=json.dumps(body), content_type="application/json")


def refused(answer: TestResponse, *statuses: int) -> str:
    assert answer.status_code in statuses, (answer.status_code, answer.text[:200])
    words: str = json.loads(answer.text)["error"]
    assert not words.isascii()
    return words


@pytest.mark.parametrize(
    ("path", "shown"),
    [("spec", "/calculate"), ("parameters", "standard.unified"), ("parameter/standard.unified", "104500"),
     ("variables", "dibao_amount"), ("variable/dibao_amount", "household"), ("entities", "persons"), ("", "spec")],
)  # fmt: skip
def test_what_the_law_says_can_be_read(api: Client, path: str, shown: str) -> None:
    answer = api.get(f"/openfisca/{path}")
    assert answer.status_code in (200, 300) and shown in answer.text
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]
    assert "Set-Cookie" not in answer.headers and answer.headers["X-Content-Type-Options"] == "nosniff"


def test_its_links_lead_back_to_it(api: Client) -> None:
    listed = json.loads(api.get("/openfisca/variables", headers={"Host": "evil.example"}).text)
    link = listed["dibao_amount"]["href"]
    assert link == "http://city.example:8000/openfisca/variable/dibao_amount"
    assert api.get(link.removeprefix("http://city.example:8000")).status_code == 200
    assert json.loads(api.get("/openfisca/spec").text)["servers"] == [{"url": "http://city.example:8000/openfisca"}]


def test_it_computes_what_the_window_computes(api: Client) -> None:
    found = json.loads(asked(api, family()).text)
    at_the_window = {"persons": {"a": {"birth": "1985-05-01", "wage_income": 60_000}, "b": {"birth": "2018-05-01"}},
                     "household": {"applicant": ["a"], "children": ["b"]}}  # fmt: skip
    fen = assess(at_the_window, MONTH, ["dibao_amount"]).fen("dibao_amount")
    assert found["households"]["h"]["dibao_amount"] == {MONTH: fen} and fen > 0
    assert found["persons"]["a"]["age"] == {MONTH: 41}
    assert "dibao_standard<2026-11>" in json.loads(asked(api, family(), "trace").text)["trace"]


def test_an_approved_change_is_answered_without_a_restart(api: Client) -> None:
    assert api.get("/openfisca/entities").headers["Country-Package-Version"] == law_version()
    put_in_force([Change("standard.unified", "2027-01", 108_000, "文", "P1")])
    assert "108000" in api.get("/openfisca/parameter/standard.unified").text
    assert api.get("/openfisca/entities").headers["Country-Package-Version"] == law_version()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (family(dibao_amount={MONTH: None, "2026-12": None}), "同一个月"), (family(dibao_amount={MONTH: 5}, age=NULL), "写错了地方"),
        (family(dibao_amount={"2026": None}, age=NULL), "同一个月"), (family(no_such_thing=NULL), "没有"),
        (family(monetary_property={MONTH: "__import__('os')"}), "整数"), (family(monetary_property={MONTH: 1.5}), "整数"),
        (family(monetary_property={MONTH: 10**18}), "范围"), (family(monetary_property={"2026-10": 5}), "2026-11"),
        (family(spouse=["c"]), "身份"), (family(car_count={MONTH: -1}), "范围"),
        ({"persons": {}, "households": {}}, "成员"), ({"persons": {"a/b": {}}, "households": {"h": {}}}, "编号"),
        ({"persons": {"*": {}}, "households": {"h": {}}}, "编号"), ({**family(), "axes": {}}, "不认识"),
        ({"persons": {f"p{n}": {} for n in range(MAX_PERSONS + 1)}, "households": {"h": {}}}, "最多测算"), ([], "格式"), ("x", "格式"), (None, "格式"),
        (family(dibao_amount={"1999-01": None}) | {"persons": {"a": {}, "b": {}}}, "来源"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["calculate", "trace"])
def test_what_openfisca_would_cut_wrap_or_evaluate_is_refused(api: Client, body: Any, words: str, where: str) -> None:
    assert words in refused(asked(api, body, where), 400)


@pytest.mark.parametrize("name", VALUES)
def test_no_value_breaks_it(api: Client, name: str) -> None:
    for body in (
        family(monetary_property={MONTH: VALUES[name]}), family(monetary_property=VALUES[name]), family(applicant=VALUES[name]),
        family(dibao_amount=VALUES[name]), {"persons": VALUES[name], "households": VALUES[name]}, family(**{f"{name}": NULL}),
    ):  # fmt: skip
        assert asked(api, body).status_code in (200, 400, 413), name


@pytest.mark.parametrize("name", BODIES)
def test_no_body_breaks_it(api: Client, name: str) -> None:
    answer = api.post("/openfisca/calculate", data=BODIES[name], content_type="application/json")
    refused(answer, 400, 411, 413)


def test_only_what_it_is_for(api: Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "GET"):
        refused(api.open("/openfisca/calculate", method=method), 405)
    refused(api.post("/openfisca/spec"), 405)
    for path in (
        "static/x",
        "parameter/../../etc/passwd",
        "variable/nothing",
        "parameter/standard.nothing",
        "长" * 200,
        "%00",
    ):
        refused(api.get(f"/openfisca/{path}"), 404)
    refused(api.post("/openfisca/calculate", data=b"{}", content_type="text/plain"), 415)
    refused(api.post("/openfisca/calculate", data=b" " * 64_001, content_type="application/json"), 413)
    assert api.head("/openfisca/spec").data == b""


def test_one_client_is_held_back_and_another_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    app = mounted.Openfisca("/openfisca", "http://city.example")
    app.asks = Rate(2)
    one, other = ({"REMOTE_ADDR": address} for address in ("10.0.0.1", "10.0.0.2"))
    answers = [Client(app).post("/openfisca/calculate", json=family(), environ_base=one) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429] and answers[2].headers["Retry-After"] == "60"
    assert Client(app).post("/openfisca/calculate", json=family(), environ_base=other).status_code == 200
    minute_ago = [(client, (since - 61, count)) for client, (since, count) in app.asks.counts.items()]
    app.asks.counts.update(minute_ago)
    assert Client(app).post("/openfisca/calculate", json=family(), environ_base=one).status_code == 200


def test_what_takes_too_long_is_given_up_and_its_place_comes_back() -> None:
    room = Room(1, 0.2)
    with ThreadPoolExecutor(2) as callers:
        slow = callers.submit(room.do, lambda: time.sleep(0.6))
        time.sleep(0.05)
        with pytest.raises(Busy):
            room.do(lambda: None)
        with pytest.raises(Busy):
            slow.result()
    time.sleep(0.5)
    assert room.do(lambda: 7) == 7


def test_a_fault_of_ours_tells_the_stranger_nothing(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mounted, "cleaned", lambda *_: 1 / 0)
    assert "division" not in refused(asked(api, family()), 500)
