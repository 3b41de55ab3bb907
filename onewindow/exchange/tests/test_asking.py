from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from onewindow.exchange.asking import (
    ask_again,
    ask_sources,
    complete_by_letter,
    late_queries,
    mark_late_queries,
    sources_settled,
    waiting_for_a_person,
)
from onewindow.exchange.models import MeansCheck, Partner, Query
from onewindow.exchange.partners import add_key, register_partner
from onewindow.exchange.protocol import messages
from onewindow.exchange.protocol.messages import digest_of, parse
from onewindow.exchange.report import report_of
from onewindow.exchange.sending import send_query
from onewindow.exchange.tests.conftest import KEYS, OTHER_STREET, begin_check, consent_of
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.people.models import Consent
from onewindow.kernel.staff.actor import SYSTEM, Actor, HeldPost

pytestmark = pytest.mark.usefixtures("partners")
State = Query.State


def test_every_adult_is_asked_about_at_every_source(case) -> None:
    begin_check(case)
    asked = {(q.subject.name, q.partner.code) for q in Query.unscoped.all()}
    assert asked == {(n, c) for n in ("张三", "阿依古丽·买买提") for c in ("bank", "real_estate")}
    assert OutMessage.objects.filter(channel="query").count() == 4


def test_a_query_names_its_consent_purpose_and_day(case) -> None:
    begin_check(case)
    query = Query.unscoped.filter(partner__code="bank", subject=case.applicant).get()
    said = parse(messages.Query, query.body.encode())
    assert (said.purpose, said.mandate.consent_id, said.lookback_months) == ("dibao", query.consent.public_id, 12)
    assert said.items == ("account",) and said.subject.id_number == case.applicant.id_number
    assert said.answer_by == query.due_on == add_working_days(today(), 5).on
    assert query.request_digest == digest_of(query.body.encode())


def test_what_leaves_is_sealed_at_home(case, django_db_blocker) -> None:
    begin_check(case)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM exchange_query")
        stored = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT CAST(payload AS text) FROM outbox_outmessage")
        stored += " ".join(row[0] for row in cursor.fetchall())
    assert case.applicant.id_number not in stored


def test_without_consent_nobody_is_asked_and_the_report_says_so(case) -> None:
    wife = case.members.get(relation="10").person
    Consent.objects.filter(person=wife).update(withdrawn_at=timezone.now())
    begin_check(case)
    assert {q.subject_id for q in Query.unscoped.all()} == {case.applicant_id}
    report = report_of(case)
    assert sum("阿依古丽" in line for line in report.missing) == 2


def test_a_consent_for_one_source_opens_no_other(case) -> None:
    Consent.objects.all().delete()
    consent_of(case, case.applicant, ("HOUSE",))
    begin_check(case)
    assert [q.partner.code for q in Query.unscoped.all()] == ["real_estate"]


def test_where_nobody_can_be_asked_the_step_goes_on(case) -> None:
    Consent.objects.all().delete()
    run = begin_check(case)
    run.refresh_from_db()
    assert run.ended_at is not None and MeansCheck.objects.get().settled_at is not None
    assert report_of(case).conclusion == "cannot_conclude"


def test_a_matter_that_asks_no_source_has_no_check(case) -> None:
    case.matter_code = "emergency_relief"
    assert ask_sources(SYSTEM, case) is False
    assert report_of(case) is None


def test_a_person_is_asked_about_once_a_round_whatever_the_code_does(case) -> None:
    begin_check(case)
    query = Query.unscoped.first()
    query.pk, query.public_id = None, "00000000-0000-4000-8000-000000000000"
    with pytest.raises(IntegrityError), transaction.atomic():
        query.save(force_insert=True)


def test_there_is_one_paying_bank(partners) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.filter(code="tax").update(is_paying=True)


def test_a_consent_withdrawn_before_sending_stops_the_query(case) -> None:
    begin_check(case)
    Consent.objects.update(withdrawn_at=timezone.now())
    for message in OutMessage.objects.filter(channel="query"):
        send_query(message)
    assert set(Query.unscoped.values_list("state", "attempts")) == {(State.CANCELLED, 0)}
    assert case.runs.get(step_code="means_check").ended_at is not None
    assert report_of(case).conclusion == "cannot_conclude"


def test_a_source_that_does_not_answer_in_time_is_late(case, officer) -> None:
    begin_check(case)
    due = Query.unscoped.order_by("-due_on").first().due_on
    assert mark_late_queries(due - timedelta(days=1)) == 0
    assert mark_late_queries(due + timedelta(days=1)) == 4
    assert mark_late_queries(due + timedelta(days=1)) == 0
    assert len(waiting_for_a_person(officer)) == 4
    assert not sources_settled(case)
    assert case.events.filter(code="source_late").count() == 4


def test_the_sweep_leaves_alone_what_is_in_time(case) -> None:
    begin_check(case)
    assert late_queries() == 0


def test_a_letter_takes_the_place_of_an_answer_and_the_case_goes_on(case, officer) -> None:
    begin_check(case)
    for query in Query.unscoped.all():
        amount = {"bank": 500_00, "real_estate": 1}[query.partner.code]
        complete_by_letter(officer, query, amount=amount, reason="津银函〔2026〕12号，2026-11-20，逾期未答复")
    report = report_of(case)
    found = {row.fact: row.found_value for row in report.rows}
    assert (found["monetary_property"], found["home_count"], report.missing) == (1_000_00, 2, [])
    assert case.runs.get(step_code="means_check").ended_at is not None
    assert AuditLine.objects.filter(action="query.letter").count() == 4


@pytest.mark.parametrize(("amount", "reason"), [(1, " "), (-1, "函"), (10**14, "函"), (True, "函")])
def test_a_letter_needs_its_number_and_a_sum(case, officer, amount, reason) -> None:
    begin_check(case)
    with pytest.raises(Refused):
        complete_by_letter(officer, Query.unscoped.first(), amount=amount, reason=reason)


def test_an_officer_of_another_district_can_neither_see_nor_complete(case, officer) -> None:
    begin_check(case)
    stranger = Actor(person=officer.person, posts=(HeldPost("street_officer", OTHER_STREET),))
    query = Query.unscoped.first()
    assert not Query.objects.seen_by(stranger).exists()
    for act in (
        lambda: complete_by_letter(stranger, query, amount=1, reason="函"), lambda: ask_again(stranger, query, reason="再查")
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    assert Query.objects.seen_by(officer).count() == 4


def test_a_late_query_can_be_asked_again_with_the_same_words(case, officer) -> None:
    begin_check(case)
    query = Query.unscoped.first()
    body, messages_before = query.body, OutMessage.objects.filter(channel="query").count()
    with pytest.raises(Refused):
        ask_again(officer, query, reason="再查一次")
    Query.unscoped.filter(pk=query.pk).update(state=State.LATE, sent_at=timezone.now())
    query = ask_again(officer, query, reason="已与银行确认系统恢复")
    assert (query.state, query.sent_at, query.body) == (State.QUEUED, None, body)
    assert OutMessage.objects.filter(channel="query").count() == messages_before + 1


@pytest.mark.parametrize(
    "base_url",
    [
        "http://10.0.0.1",
        "http://169.254.169.254/",
        "ftp://bank.example",
        "https://u:p@bank.example",
        "https://b/?x",
        "//b",
    ],
)
def test_a_partner_is_reached_by_tls_or_on_this_machine(db, base_url: str) -> None:
    with pytest.raises(ValidationError):
        register_partner(SYSTEM, None, code="b", name="b", source="BANK", base_url=base_url)


def test_a_source_that_nobody_can_ask_yet_is_refused(db) -> None:
    with pytest.raises(ValidationError):
        register_partner(SYSTEM, None, code="b", name="b", source="MOON", base_url="https://b.example")


def test_a_key_name_never_changes_its_key(partners) -> None:
    with pytest.raises(ValueError, match="new name"):
        add_key(SYSTEM, partners["bank"], key_id="bank-1", public_pem=KEYS["tax"].public_pem)


def test_only_the_system_registers_partners(officer) -> None:
    with pytest.raises(NotAllowed):
        register_partner(officer, None, code="b", name="b", source="BANK", base_url="https://b.example")
