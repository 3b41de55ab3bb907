from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from onewindow.kernel.outbox import sending
from onewindow.kernel.outbox.models import OutMessage
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
