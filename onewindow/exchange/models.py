"""Partners with their keys, what they are asked about whom and under which consent, what they said, and what was refused."""

import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from onewindow.exchange.protocol.client import is_safe_base
from onewindow.exchange.protocol.messages import ITEMS
from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.people.models import Person
from onewindow.kernel.people.sealed import SealedField


def must_be_safe_base(url: str) -> None:
    if not is_safe_base(url):
        raise ValidationError("地址须为 https（本机可用 http），不带用户名、参数。")


def must_be_known_source(source: str) -> None:
    if source not in ITEMS:
        raise ValidationError(f"还不会向{source}提问；可以是：{'、'.join(ITEMS)}。")


class Partner(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    source = models.CharField(max_length=20, blank=True, db_index=True, validators=[must_be_known_source])
    """What it can be asked for (`BANK`, `HOUSE`); one source can have many partners, as the 57 banks. Empty: nothing."""
    base_url = models.CharField(max_length=200, validators=[must_be_safe_base])
    answer_working_days = models.PositiveSmallIntegerField(default=5)
    is_paying = models.BooleanField("代发银行", default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_paying"], condition=Q(is_paying=True, is_active=True), name="one_paying_bank"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PartnerKey(models.Model):
    """A partner's public key. A new one is added before the old one is retired, so that nothing is lost in between."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="keys")
    key_id = models.CharField(max_length=80, unique=True)
    suite = models.CharField(max_length=10, default="intl")
    public_key = models.TextField()
    retired_at = models.DateTimeField(null=True)


class MeansCheck(models.Model):
    """One round of asking all sources about a household; it compares with the facts as they stood when it began."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="means_checks")
    serial = models.PositiveSmallIntegerField()
    facts_version = models.PositiveIntegerField()
    began_on = models.DateField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "serial"], name="means_check_once")]


class Query(models.Model):
    """One partner asked about one person, naming the consent and the purpose."""

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送，等待答复"
        ANSWERED = "answered", "已答复"
        LATE = "late", "逾期未答复"
        FAILED = "failed", "无法答复，待人工处理"
        LETTER = "letter", "已函证"
        CANCELLED = "cancelled", "已取消"

    SETTLED = (State.ANSWERED, State.LETTER, State.CANCELLED)
    FOR_A_PERSON = (State.LATE, State.FAILED)
    """Nothing more comes by itself: an officer asks again, or by letter (函证)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    means_check = models.ForeignKey(MeansCheck, models.PROTECT, related_name="queries")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="queries")
    subject = models.ForeignKey(Person, models.PROTECT, related_name="queries")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="queries")
    items = models.JSONField()
    consent = models.ForeignKey("people.Consent", models.PROTECT, related_name="queries")
    purpose = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    body = SealedField()
    """As it is sent, byte for byte, also when it is sent again; it names the person, so it is sealed."""
    request_digest = models.CharField(max_length=64)
    due_on = models.DateField()
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    letter_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    letter_reason = models.CharField(max_length=400, blank=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.exchange.scope:queries_seen_by", of="subject_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [models.UniqueConstraint(fields=["means_check", "subject", "partner"], name="asked_once_a_round")]
        indexes = [
            models.Index(
                fields=["due_on"], name="query_waiting", condition=Q(state__in=["queued", "sent"])
            )
        ]  # fmt: skip

    @property
    def place_id(self) -> str:
        return self.case.place_id

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.subject_id


class Received(models.Model):
    """A message that was taken in, whole and sealed, with its signature: it can be proved later who said what."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="received")
    message_id = models.UUIDField()
    url = models.CharField(max_length=300)
    key_id = models.CharField(max_length=80)
    signature_input = models.CharField(max_length=600)
    signature = models.CharField(max_length=200)
    body = SealedField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "message_id"], name="message_taken_once")]


class Answer(models.Model):
    """What a source said to one query, or what an officer read in its letter (then there is no message)."""

    query = models.OneToOneField(Query, models.PROTECT, related_name="answer")
    message = models.ForeignKey(Received, models.PROTECT, null=True, related_name="answers")
    as_of = models.DateField()
    received_at = models.DateTimeField(auto_now_add=True)
    sealed_findings = SealedField()

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.sealed_findings)
        return found


class PaymentOrder(models.Model):
    """Which bank was given which run's file."""

    run = models.OneToOneField("grants.PaymentRun", models.PROTECT, related_name="order")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    file_id = models.CharField(max_length=80, unique=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)


class RejectedMessage(models.Model):
    """What was not taken, and why. Never its content: whoever sends rubbish does not get it stored."""

    at = models.DateTimeField(auto_now_add=True)
    partner = models.CharField(max_length=40, db_index=True)
    path = models.CharField(max_length=200)
    reason = models.CharField(max_length=20, db_index=True)
    text = models.CharField(max_length=200)
