"""Queries leave through the outbox, after commit. Sending one twice is harmless: its id is the partner's key."""

from django.db.models import F
from django.utils import timezone

from onewindow.exchange.answering import settle
from onewindow.exchange.models import Query
from onewindow.exchange.partners import say
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import Receipt, parse
from onewindow.kernel.audit.acting import action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import Unreachable, sends
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.permission import system

State = Query.State


@sends("query")
def send_query(message: OutMessage) -> None:
    """Raises where the partner can't be reached, so that the outbox tries again later."""
    query = Query.unscoped.select_related("partner", "consent", "case").get(pk=message.payload["query"])
    if query.sent_at is not None or query.state not in (State.QUEUED, State.LATE):
        return
    if why := why_not(query):
        call_off(SYSTEM, query, reason=why)
        return
    Query.unscoped.filter(pk=query.pk).update(attempts=F("attempts") + 1)
    try:
        reply = say(query.partner, "POST", "/queries", query.body.encode())
    except ProtocolError as error:
        if error.reason == "unreachable":
            raise Unreachable(str(error)) from error
        if error.reason != "refused":
            raise
        mark_failed(SYSTEM, query, problem=error.text)
        return
    parse(Receipt, reply.body)
    # The answer can be here already: then it stands, and only the time of sending is added.
    Query.unscoped.filter(pk=query.pk, state=State.QUEUED).update(state=State.SENT)
    Query.unscoped.filter(pk=query.pk).update(sent_at=timezone.now())


def why_not(query: Query) -> str:
    """Asked again at the last moment: a consent that was withdrawn since stops the query."""
    consent = query.consent
    if consent.withdrawn_at is not None or consent.valid_to < today():
        return "授权已撤回或到期"
    return "" if query.case.is_open else "办件已结束"


@action("query.call_off", "取消查询", may=system)
def call_off(actor: Actor, query: Query, *, reason: str) -> Query:
    query.state, query.problem = State.CANCELLED, reason
    query.save(update_fields=["state", "problem"])
    if query.case.is_open:
        settle(query.case)
    return query


@action("query.failed", "查询未能完成", may=system)
def mark_failed(actor: Actor, query: Query, *, problem: str) -> Query:
    if query.state not in Query.SETTLED:
        query.state, query.problem = State.FAILED, problem[:200]
        query.save(update_fields=["state", "problem"])
    return query
