"""The outbox and the background worker's round. A channel's sender may run twice for one message; its key makes that harmless."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from onewindow.kernel.outbox.models import Lane, OutMessage

log = logging.getLogger("onewindow.outbox")
MAX_ATTEMPTS = 12
SILENT = 3
"""Failures in a row: then the other end is down, and is asked again by one message at a time."""
LONGEST_REST = 600
Sender = Callable[[OutMessage], None]
SENDERS: dict[str, Sender] = {}
SWEEPS: list[Callable[[], Any]] = []


class Unreachable(Exception):
    """The other end does not answer: no message for it would get through."""


class Undeliverable(Exception):
    """This message never gets through as it is; the words say why. No second try."""


def sends(channel: str) -> Callable[[Sender], Sender]:
    def register(sender: Sender) -> Sender:
        SENDERS[channel] = sender
        return sender

    return register


def sweep(fn: Callable[[], Any]) -> Callable[[], Any]:
    """Work that comes due by itself: notices that end, queries that are late. Runs in every round, idempotent."""
    SWEEPS.append(fn)
    return fn


def put_out(channel: str, key: str, payload: dict[str, Any], *, lane: str = "", after_seconds: float = 0) -> OutMessage:
    """Must be called inside the act's transaction. The same key twice is the same message."""
    due = timezone.now() + timedelta(seconds=after_seconds)
    message, _ = OutMessage.objects.get_or_create(
        key=key, defaults={"channel": channel, "payload": payload, "not_before": due, "lane": lane or channel}
    )
    return message


def hurry(channel: str) -> None:
    """What waits in the channel is tried now: somebody knows that the other end is there again."""
    waiting = OutMessage.objects.filter(channel=channel, sent_at=None, given_up_at=None)
    Lane.objects.filter(name__in=waiting.values("lane")).update(rests_until=None)
    waiting.update(not_before=timezone.now())


def _next_due(channel: str = "") -> OutMessage | None:
    """Takes a lease, so that a second worker leaves the message alone and a killed one gives it back."""
    now = timezone.now()
    resting = Lane.objects.filter(rests_until__gt=now).values("name")
    waiting = OutMessage.objects.filter(sent_at=None, given_up_at=None, not_before__lte=now).exclude(lane__in=resting)
    if channel:
        waiting = waiting.filter(channel=channel)
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    with transaction.atomic():
        message = waiting.order_by("not_before", "id").first()
        if message is not None:
            message.attempts += 1
            message.not_before = timezone.now() + timedelta(seconds=min(5 * 2**message.attempts, 3600))
            message.save(update_fields=["attempts", "not_before"])
        return message


def send_waiting(limit: int = 200, channel: str = "") -> int:
    """Send what is due, of one channel where it is named; returns how many went out. Failures stay, with back-off, until MAX_ATTEMPTS."""
    sent = 0
    for _ in range(limit):
        message = _next_due(channel)
        if message is None:
            break
        try:
            SENDERS[message.channel](message)
        except Exception as error:  # noqa: BLE001 - one bad message must not stop the others
            _failed(message, error)
            continue
        message.sent_at = timezone.now()
        message.save(update_fields=["sent_at"])
        Lane.objects.filter(name=message.lane).delete()
        sent += 1
    return sent


def _failed(message: OutMessage, error: Exception) -> None:
    is_told = isinstance(error, Undeliverable | Unreachable)
    message.last_error = (str(error) if is_told else f"{type(error).__name__}: {error}")[:300]
    is_hopeless = isinstance(error, Undeliverable)
    if message.attempts >= MAX_ATTEMPTS or is_hopeless:
        message.given_up_at = timezone.now()
    message.save(update_fields=["last_error", "given_up_at"])
    if isinstance(error, Unreachable):
        _rest(message.lane, message.last_error)
    # A city without a gateway would warn of each message to each of its people; the row says it.
    level = logging.INFO if is_hopeless else logging.WARNING
    log.log(level, "outbox %s %s: %s", message.channel, message.key, message.last_error)


def _rest(name: str, why: str) -> None:
    """A breaker in the database: all workers leave it alone, for longer each time one message has found it still down."""
    now = timezone.now()
    with transaction.atomic():
        lane, _ = Lane.objects.select_for_update().get_or_create(name=name, defaults={"failed_at": now})
        lane.failures, lane.last_error, lane.failed_at = lane.failures + 1, why, now
        if lane.failures >= SILENT:
            seconds = min(10 * 2 ** min(lane.failures - SILENT, 10), LONGEST_REST)
            lane.rests_until = now + timedelta(seconds=seconds)
        lane.save()


def work_once() -> int:
    """One round of the background worker: sweeps first, then the outbox."""
    for each in SWEEPS:
        try:
            each()
        except Exception:
            log.exception("sweep %s", each.__name__)
    return send_waiting()
