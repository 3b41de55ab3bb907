"""Taking a source's answer: bound to its query and to its person, once."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone

from onewindow.exchange.models import Answer, Partner, Query, Received
from onewindow.exchange.protocol import messages
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import Receipt, parse
from onewindow.exchange.receiving import Heard, keep
from onewindow.kernel.audit.acting import action
from onewindow.kernel.cases.actions.working import finish_means_check
from onewindow.kernel.cases.events import add_event
from onewindow.kernel.cases.models import Case
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.permission import system

State = Query.State
PROBLEMS = {
    "not_matched": "姓名与证件号码在该单位对不上",
    "refused": "该单位拒绝提供",
    "error": "该单位查询出错",
}


def take_answer(partner: Partner, heard: Heard) -> Receipt:
    answer = parse(messages.Answer, heard.body)
    query = Query.unscoped.filter(public_id=answer.query_id, partner=partner).first()
    if query is None:
        raise ProtocolError("unknown_query", "you were not asked this")
    return receive_answer(Actor(system=partner.name), query, answer=answer, heard=heard)


@action("query.answer", "收到核对答复", may=system)
def receive_answer(actor: Actor, query: Query, *, answer: messages.Answer, heard: Heard) -> Receipt:
    received = keep(query.partner, heard)
    _must_belong(query, answer)
    reference = str(query.public_id)
    known = Answer.objects.filter(query=query).first()
    if query.state in (State.LETTER, State.CANCELLED):
        return Receipt("receipt", reference, "known")  # kept as evidence; what an officer decided stands
    if known is not None:
        if known.findings != _plain(answer.findings):
            raise ProtocolError("conflict", "this query was answered before, and otherwise")
        return Receipt("receipt", reference, "known")
    if answer.result in PROBLEMS:
        query.state, query.problem = State.FAILED, PROBLEMS[answer.result]
        add_event(query.case, "source_failed", f"{query.partner.name}：{query.problem}。", actor, public=False)
    else:
        keep_findings(query, answer.findings, as_of=answer.as_of, message=received)
        query.state, query.problem = State.ANSWERED, ""
    query.save(update_fields=["state", "problem"])
    settle(query.case)
    return Receipt("receipt", reference, "done")


def _must_belong(query: Query, answer: messages.Answer) -> None:
    if answer.request_digest != query.request_digest:
        raise ProtocolError("wrong_request", "request_digest is not that of the query")
    asked = parse(messages.Query, query.body.encode())
    if answer.subject != asked.subject:
        raise ProtocolError("wrong_person", "the answer is about somebody else")
    if any(finding.item not in query.items for finding in answer.findings):
        raise ProtocolError("wrong_request", f"only {', '.join(query.items)} was asked for")


def _plain(findings: tuple[messages.Finding, ...]) -> list[dict[str, Any]]:
    """As they come back from storage: absent keys left out, dates as text."""
    plain: list[dict[str, Any]] = json.loads(
        json.dumps([{k: v for k, v in asdict(each).items() if v is not None} for each in findings], default=str)
    )
    return plain


def keep_findings(
    query: Query, findings: tuple[messages.Finding, ...], *, as_of: date, message: Received | None
) -> Answer:
    text = json.dumps(_plain(findings), ensure_ascii=False)
    return Answer.objects.create(query=query, message=message, as_of=as_of, sealed_findings=text)


def settle(case: Case) -> None:
    """Goes on with the case when this was the last source. The case's lock comes first: of two last answers one sees both."""
    locked = Case.unscoped.select_for_update().get(pk=case.pk)
    newest = locked.means_checks.order_by("-serial").first()
    if newest is None or newest.settled_at or newest.queries.exclude(state__in=Query.SETTLED).exists():
        return
    newest.settled_at = timezone.now()
    newest.save(update_fields=["settled_at"])
    finish_means_check(SYSTEM, locked)
