"""Asking every source about every adult of a household, under their consent; and what happens when one does not answer."""

import re
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from onewindow.exchange.answering import keep_findings, settle
from onewindow.exchange.models import MeansCheck, Partner, Query
from onewindow.exchange.protocol import messages
from onewindow.exchange.protocol.messages import ITEMS, Mandate, Subject, digest_of
from onewindow.exchange.protocol.strict import write_json
from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.events import add_event
from onewindow.kernel.cases.missing import adults, consents_in_force
from onewindow.kernel.cases.models import Case
from onewindow.kernel.outbox.sending import put_out, sweep
from onewindow.kernel.people.models import Consent, Person
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.permission import post, system
from onewindow.kernel.staff.posts import Post

State = Query.State


def ask_sources(actor: Any, case: Case) -> bool:
    """Queues one query for each adult and partner; False where nobody can be asked. Runs inside the case's own act."""
    if not case.matter.asks_sources:
        return False
    serial = (case.means_checks.aggregate(last=Max("serial"))["last"] or 0) + 1
    means_check = MeansCheck.objects.create(
        case=case, serial=serial, facts_version=case.facts_version, began_on=today()
    )
    partners = list(Partner.objects.filter(source__in=case.matter.asks_sources, is_active=True).order_by("id"))
    consents = {each.person_id: each for each in consents_in_force(case)}
    queries = [
        ask(means_check, member.person, partner, consents[member.person_id])
        for member in adults(case)
        for partner in partners
        if may_be_asked(member.person, partner, consents.get(member.person_id))
    ]
    people = len({query.subject_id for query in queries})
    add_event(case, "sources_asked", f"已按授权向{len(partners)}个单位发出核对，涉及{people}人。", actor)
    if not queries:
        means_check.settled_at = timezone.now()
        means_check.save(update_fields=["settled_at"])
    return bool(queries)


def may_be_asked(person: Person, partner: Partner, consent: Consent | None) -> bool:
    """No consent of this person for this source, no query (PIPL a29). Without an ID number nobody can be found."""
    has_number = re.fullmatch(r"\d{17}[\dX]", person.id_number or "") is not None
    return consent is not None and partner.source in consent.sources and has_number


def ask(means_check: MeansCheck, person: Person, partner: Partner, consent: Consent) -> Query:
    query = Query(
        means_check=means_check,
        case=means_check.case,
        subject=person,
        partner=partner,
        items=list(ITEMS[partner.source]),
        consent=consent,
        purpose=consent.purpose,
        due_on=add_working_days(today(), partner.answer_working_days).on,
    )
    body = write_json(_words(query))
    query.body, query.request_digest = body.decode(), digest_of(body)
    query.save(force_insert=True)
    _put_out(query)
    return query


def _put_out(query: Query, again: str = "") -> None:
    put_out("query", f"query:{query.public_id}{again}", {"query": query.pk}, lane=f"query:{query.partner.code}")


def _words(query: Query) -> messages.Query:
    consent = query.consent
    return messages.Query(
        type="query",
        query_id=query.public_id,
        source=query.partner.source,
        subject=Subject(query.subject.id_number, query.subject.name),
        items=tuple(query.items),
        as_of=query.means_check.began_on,
        lookback_months=consent.lookback_months,
        purpose=query.purpose,
        mandate=Mandate(consent.public_id, timezone.localdate(consent.given_at), consent.valid_to),
        answer_by=query.due_on,
    )


def sources_settled(case: Case) -> bool:
    """Has every query of the newest round been answered, replaced by a letter, or called off?"""
    newest = case.means_checks.order_by("-serial").first()
    return newest is not None and not newest.queries.exclude(state__in=Query.SETTLED).exists()


def waiting_for_a_person(actor: Actor) -> Any:
    """Queries that an officer must see to: late ones, and those that the source could not answer."""
    found = Query.objects.seen_by(actor).filter(state__in=Query.FOR_A_PERSON, case__state=Case.State.ACCEPTED)
    return found.select_related("case", "partner", "subject").order_by("due_on", "id")


may_see_to = post(Post.STREET_OFFICER, Post.STREET_CHIEF, Post.DISTRICT_OFFICER)


@action("query.ask_again", "重新查询", may=may_see_to)
def ask_again(actor: Actor, query: Query, *, reason: str) -> Query:
    """The same question, byte for byte; a new clock. Whether it may still be asked is seen when it is sent."""
    if query.state not in Query.FOR_A_PERSON:
        raise Refused("只有逾期或未能答复的查询可以重新发送。")
    if not reason.strip():
        raise Refused("请写明重新查询的原因，例如“已与银行确认系统恢复”。", "reason")
    query.state, query.sent_at, query.problem = State.QUEUED, None, ""
    query.due_on = add_working_days(today(), query.partner.answer_working_days).on
    query.save(update_fields=["state", "sent_at", "problem", "due_on"])
    _put_out(query, f":{timezone.now():%Y%m%d%H%M%S%f}")
    return query


@action("query.letter", "函证", may=may_see_to)
def complete_by_letter(actor: Actor, query: Query, *, amount: int, reason: str) -> Query:
    """
    信函索证 (最低生活保障审核确认办法 a16): what the source wrote on paper. `amount`: the sum in fen for a bank, the number
    of homes for the real-estate register. `reason`: number and date of the letter, and why it was needed.
    """
    if query.state in Query.SETTLED:
        raise Refused("这一查询已有结果，请刷新页面查看。")
    if not reason.strip():
        raise Refused("请写明回函的文号、日期和函证原因。", "reason")
    if isinstance(amount, bool) or not 0 <= amount <= 10**13:
        raise Refused("请填写回函载明的数额，没有填0。", "amount")
    keep_findings(query, letter_findings(query, amount), as_of=today(), message=None)
    query.state, query.letter_by_id, query.letter_reason = State.LETTER, actor.person_id, reason.strip()[:400]
    query.save(update_fields=["state", "letter_by", "letter_reason"])
    add_event(query.case, "letter", f"{query.partner.name}已由函证补充核对。", actor)
    settle(query.case)
    return query


def letter_findings(query: Query, amount: int) -> tuple[messages.Finding, ...]:
    name = f"letter-{query.pk}"
    if query.partner.source == "HOUSE":
        return tuple(
            messages.Home("home", f"{name}-{n}", "函证载明", "residential", 0, "1/1") for n in range(min(amount, 50))
        )
    return (messages.Account("account", name, "0000", "other", amount),) if amount else ()


def mark_late_queries(on: date) -> int:
    """Everything that should have been answered before that day; returns how many."""
    due = Query.unscoped.filter(state__in=[State.QUEUED, State.SENT], due_on__lt=on, case__state__in=Case.OPEN)
    late = list(due.select_related("case", "partner").order_by("id")[:500])
    for query in late:
        mark_late(SYSTEM, query)
    return len(late)


@action("query.late", "核对逾期", may=system)
def mark_late(actor: Actor, query: Query) -> Query:
    if query.state in (State.QUEUED, State.SENT):
        query.state = State.LATE
        query.save(update_fields=["state"])
        words = f"{query.partner.name}未在{query.due_on:%Y年%m月%d日}前答复，经办人可改为函证。"
        add_event(query.case, "source_late", words, actor)
    return query


@sweep
def late_queries() -> int:
    return mark_late_queries(today())
