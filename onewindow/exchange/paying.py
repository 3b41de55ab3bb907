"""
A month's file, or single orders, to the paying bank. Before anything is sent again the bank is asked whether it has it; and what the bank
did not tell by itself is asked for.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from onewindow.exchange.models import Partner, PaymentOrder
from onewindow.exchange.partners import ring_of, say
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import (
    MAX_FILE_BYTES,
    OrderResult,
    PaidLine,
    PaymentLine,
    PaymentOrderFile,
    PaymentResult,
    Receipt,
    SingleOrder,
    parse,
    wrong_totals,
)
from onewindow.exchange.protocol.signing import Reply, Request, verify_reply
from onewindow.exchange.protocol.strict import write_json
from onewindow.exchange.receiving import Heard, keep
from onewindow.kernel.grants.answering import Told
from onewindow.kernel.grants.models import PaymentItem, PaymentRun, Suspense
from onewindow.kernel.grants.payroll import goes_by_order, mark_sent, take_answer, take_order
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import sends, sweep
from onewindow.kernel.staff.actor import SYSTEM, Actor

ASK_AFTER = timedelta(minutes=2)
SILENT = 3
"""Orders in a row without an answer: then the bank is down."""
State = PaymentRun.State
OPEN = (PaymentItem.State.FROZEN, PaymentItem.State.SENT)
log = logging.getLogger("onewindow.exchange")


@sends("payment")
def send_payment(message: OutMessage) -> None:
    """What is being sent is written down first; a crash from there on means asking the bank, never guessing."""
    run = PaymentRun.unscoped.get(pk=message.payload["run"])
    if goes_by_order(run.benefit):
        pay_by_orders(run)
    elif run.state == State.APPROVED:
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
    wrong, run = "；".join(wrong_totals(result)), order.run
    with transaction.atomic():
        keep(partner, heard)
        if run.state != State.CLOSED:
            lines = [_told(each) for each in result.lines]
            run = take_answer(Actor(system=partner.name), run, lines=lines, wrong_totals=wrong)
        PaymentOrder.objects.filter(pk=order.pk).update(answered_at=timezone.now())
    if run.differences:
        # Kept and suspended, that is committed; the bank hears that we do not take it.
        raise ProtocolError("wrong_request", f"not booked: {len(run.differences)} differences")
    return Receipt("receipt", result.file_id, "done")


def _told(line: PaidLine | OrderResult) -> Told:
    return {"key": line.payment_key, "amount_fen": line.amount_fen, "state": line.state, "reason": line.reason or ""}


def pay_by_orders(run: PaymentRun) -> None:
    """Each order is stored as sent before it leaves. One that was sent before, by whomever, is asked after first."""
    mark_sent(SYSTEM, run)
    partner, silent = paying_bank(), 0
    for item in run.items.filter(state__in=OPEN).order_by("id").iterator(chunk_size=200):
        now = timezone.now()
        if not (how := take_order(item.pk, now, now - ASK_AFTER)):
            continue
        try:
            place(partner, run, item, ask_first=how == "ask")
        except ProtocolError as error:
            log.warning("order %s: %s", item.key, error)
            if (silent := silent + 1) == SILENT:
                break  # the bank is down: the rest waits
    if left := run.items.filter(state__in=OPEN).count():
        raise ProtocolError("unreachable", f"{left} orders wait for the bank's word")


def place(partner: Partner, run: PaymentRun, item: PaymentItem, *, ask_first: bool) -> None:
    reply = say(partner, "GET", f"/orders/{item.key}") if ask_first else None
    if reply is None or reply.status_code == 404:
        order = SingleOrder("payment_order", item.key, item.account_name, item.account, item.amount_fen)
        reply = say(partner, "POST", "/orders", write_json(order))
    if reply.status_code != 200:
        return  # taken in, not decided: asked after later
    line = _told(parse(OrderResult, reply.body))
    if line["key"] != item.key:
        raise ProtocolError("wrong_request", "the answer is about another order")
    with transaction.atomic():
        keep(partner, _as_heard(partner, reply))
        take_answer(Actor(system=partner.name), run, lines=[line], is_whole=False)


@sweep
def ask_for_lost_results() -> int:
    """Every bank that has been silent about a file for a while, or told us wrongly, is asked. Returns how many were asked."""
    since = timezone.now() - ASK_AFTER
    wrong = Exists(Suspense.objects.filter(run=OuterRef("run"), freed_at=None))
    silent = PaymentOrder.objects.filter(asked_at__lt=since)
    silent = silent.filter(Q(run__state=State.SENT) | Q(wrong, run__state=State.ANSWERED))
    orders = list(silent.select_related("run", "partner").order_by("id")[:20])
    for order in orders:
        try:
            push(order)
        except ProtocolError:
            continue  # asked_at was moved: the next time is in a while
    return len(orders) + _ask_for_lost_orders(since)


def _ask_for_lost_orders(since: datetime) -> int:
    """Of runs whose message in the outbox was given up."""
    old = PaymentItem.objects.filter(run=OuterRef("pk"), state=PaymentItem.State.SENT, asked_at__lt=since)
    runs = PaymentRun.unscoped.filter(Exists(old), state=State.SENT)
    for run in (found := list(runs.order_by("id")[:20])):
        try:
            pay_by_orders(run)
        except ProtocolError:
            continue
    return len(found)
