"""
A month's file to the paying bank. Before anything is sent again the bank is asked whether it has it; and what the bank
did not tell by itself is asked for.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from onewindow.exchange.models import Partner, PaymentOrder
from onewindow.exchange.partners import ring_of, say
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import (
    MAX_FILE_BYTES,
    PaymentLine,
    PaymentOrderFile,
    PaymentResult,
    Receipt,
    parse,
)
from onewindow.exchange.protocol.signing import Reply, Request, verify_reply
from onewindow.exchange.protocol.strict import write_json
from onewindow.exchange.receiving import Heard, keep
from onewindow.kernel.grants.models import PaymentRun
from onewindow.kernel.grants.payroll import mark_sent, take_answer
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import sends, sweep
from onewindow.kernel.staff.actor import SYSTEM, Actor

ASK_AFTER = timedelta(minutes=2)
State = PaymentRun.State


@sends("payment")
def send_payment(message: OutMessage) -> None:
    """What is being sent is written down first; a crash from there on means asking the bank, never guessing."""
    run = PaymentRun.unscoped.get(pk=message.payload["run"])
    if run.state == State.APPROVED:
        with transaction.atomic():
            order, _ = PaymentOrder.objects.get_or_create(
                run=run, defaults={"partner": paying_bank(), "file_id": run.file_id}
            )
            mark_sent(SYSTEM, run)
        hand_over(order)
    elif run.state == State.SENT:
        push(run.order)


def paying_bank() -> Partner:
    bank = Partner.objects.filter(is_paying=True, is_active=True).first()
    if bank is None:
        raise ProtocolError("unreachable", "no paying bank is registered")
    return bank


def push(order: PaymentOrder) -> None:
    """Ask; hand over only what the bank does not know."""
    PaymentOrder.objects.filter(pk=order.pk).update(asked_at=timezone.now())
    reply = say(order.partner, "GET", f"/payments/{order.file_id}", most_bytes=MAX_FILE_BYTES)
    if reply.status_code == 404:
        hand_over(order)
    elif reply.status_code == 200:
        take_result(order.partner, _as_heard(order.partner, reply))


def _as_heard(partner: Partner, reply: Reply) -> Heard:
    """A result that came as a reply is kept like one that was sent: under the id of our question."""
    shown = Request("GET", reply.request.url, reply.headers, reply.body)
    return Heard(shown, verify_reply(reply, ring_of(partner)))


def hand_over(order: PaymentOrder) -> None:
    body = write_json(file_of(order.run))
    parse(Receipt, say(order.partner, "POST", "/payments", body).body)


def file_of(run: PaymentRun) -> PaymentOrderFile:
    """The digest is the one that the second person approved; the bank computes it again from the lines."""
    lines = tuple(
        PaymentLine(n, item.key, item.account_name, item.account, item.amount_fen)
        for n, item in enumerate(run.items.order_by("id").iterator(), 1)
    )
    return PaymentOrderFile("payment_file", run.file_id, run.month, run.count, run.total_fen, run.digest, lines)


def take_result(partner: Partner, heard: Heard) -> Receipt:
    result = parse(PaymentResult, heard.body, MAX_FILE_BYTES)
    order = PaymentOrder.objects.select_related("run").filter(file_id=result.file_id, partner=partner).first()
    if order is None:
        raise ProtocolError("unknown_file", "you were given no such file")
    if result.digest != order.run.digest:
        raise ProtocolError("wrong_request", "digest is not that of the file")
    with transaction.atomic():
        keep(partner, heard)
        lines = [
            {"key": e.payment_key, "amount_fen": e.amount_fen, "state": e.state, "reason": e.reason or ""}
            for e in result.lines
        ]
        if order.run.state != State.CLOSED:
            take_answer(Actor(system=partner.name), order.run, lines=lines)
        PaymentOrder.objects.filter(pk=order.pk).update(answered_at=timezone.now())
    return Receipt("receipt", result.file_id, "done")


@sweep
def ask_for_lost_results() -> int:
    """Every bank that has been silent about a file for a while is asked. Returns how many were asked."""
    silent = PaymentOrder.objects.filter(run__state=State.SENT, asked_at__lt=timezone.now() - ASK_AFTER)
    orders = list(silent.select_related("run", "partner").order_by("id")[:20])
    for order in orders:
        try:
            push(order)
        except ProtocolError:
            continue  # asked_at was moved: the next time is in a while
    return len(orders)
