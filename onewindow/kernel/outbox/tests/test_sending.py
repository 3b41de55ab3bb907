from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from onewindow.kernel.outbox import sending
from onewindow.kernel.outbox.models import Lane, OutMessage
from onewindow.kernel.outbox.sending import put_out, send_waiting


@pytest.fixture
def heard(db: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setitem(sending.SENDERS, "test", lambda message: said.append(message.key))
    return said


def test_the_same_key_is_one_message(heard: list[str]) -> None:
    for _ in range(3):
        put_out("test", "k", {})
    assert send_waiting() == 1 and send_waiting() == 0 and heard == ["k"]


def test_what_is_rolled_back_is_not_sent(heard: list[str]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError(put_out("test", "k", {}))
    assert send_waiting() == 0 and heard == []


def test_a_failure_stays_with_its_reason_and_is_tried_again_later(
    heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(message: OutMessage) -> None:
        raise OSError("the line is dead")

    monkeypatch.setitem(sending.SENDERS, "bad", fail)
    put_out("bad", "b", {})
    put_out("test", "k", {})
    assert send_waiting() == 1 and heard == ["k"]
    waiting = OutMessage.objects.get(key="b")
    assert waiting.sent_at is None and "the line is dead" in waiting.last_error
    assert waiting.not_before > timezone.now()
    assert send_waiting() == 0


def test_a_killed_worker_gives_the_message_back(heard: list[str]) -> None:
    """A lease was taken and nothing more happened: once it is over, another worker sends."""
    put_out("test", "k", {})
    assert sending._next_due() is not None
    assert send_waiting() == 0
    OutMessage.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    assert send_waiting() == 1 and heard == ["k"]


def test_after_many_tries_it_is_given_up_and_kept(heard: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sending.SENDERS, "bad", lambda message: 1 / 0)
    put_out("bad", "b", {})
    OutMessage.objects.update(attempts=sending.MAX_ATTEMPTS - 1)
    send_waiting()
    assert OutMessage.objects.get().given_up_at is not None


@pytest.fixture
def dead_end(heard: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A channel whose other end `down` does not answer; what it was asked."""
    asked: list[str] = []

    def dead(message: OutMessage) -> None:
        asked.append(message.key)
        raise sending.Unreachable("nobody there")

    by_lane = {"down": dead, "up": sending.SENDERS["test"]}
    monkeypatch.setitem(sending.SENDERS, "query", lambda message: by_lane[message.lane](message))
    for n in range(20):
        put_out("query", f"down:{n}", {}, lane="down")
    put_out("query", "up:1", {}, lane="up")
    return asked


def test_who_does_not_answer_three_times_holds_nobody_else_up(dead_end: list[str], heard: list[str]) -> None:
    assert send_waiting() == 1 and heard == ["up:1"]
    assert dead_end == ["down:0", "down:1", "down:2"]
    waiting = OutMessage.objects.filter(lane="down", attempts=0)
    assert waiting.count() == 17, "no try is lost on an end that is known to be down"


def test_after_its_rest_one_message_finds_out(dead_end: list[str]) -> None:
    send_waiting()
    Lane.objects.update(rests_until=timezone.now())
    send_waiting()
    assert len(dead_end) == 4
    lane = Lane.objects.get()
    assert lane.rests_until is not None and lane.rests_until > timezone.now() + timedelta(seconds=15)


def test_an_end_that_answers_again_is_used_as_before(
    dead_end: list[str], heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    send_waiting()
    monkeypatch.setitem(sending.SENDERS, "query", lambda message: heard.append(message.key))
    sending.hurry("query")
    assert send_waiting() == 20 and not Lane.objects.exists()


def test_what_can_never_arrive_is_given_up_at_once_with_its_reason(
    heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: OutMessage) -> None:
        raise sending.Undeliverable("没有登记手机号码")

    monkeypatch.setitem(sending.SENDERS, "sms", refuse)
    put_out("sms", "s", {})
    assert send_waiting() == 0
    kept = OutMessage.objects.get()
    assert kept.given_up_at is not None and kept.sent_at is None and kept.last_error == "没有登记手机号码"
    assert not Lane.objects.exists()
