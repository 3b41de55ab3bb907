"""What somebody holds, the runs that pay it, and a ledger of transfers in whole fen."""

import uuid

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.people.models import Person
from onewindow.kernel.people.sealed import SealedField


class Grant(models.Model):
    """From which month to which, how much, from which decision. A change ends one row and begins another."""

    class Every(models.TextChoices):
        MONTH = "month", "按月"
        ONCE = "once", "一次性"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="grants")
    decision = models.OneToOneField("cases.Decision", models.PROTECT, related_name="grant")
    benefit = models.CharField(max_length=40)
    holder = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="grants")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    every = models.CharField(max_length=5, choices=Every.choices)
    amount_fen = models.BigIntegerField()
    from_month = models.CharField(max_length=7)
    until_month = models.CharField(max_length=7, blank=True)
    """The last month it is paid for; empty while it is in force."""
    pay_to = SealedField()
    pay_to_name = models.CharField(max_length=60)
    law_version = models.CharField(max_length=64, blank=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.grants.scope:grants_seen_by", of="holder_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="grant_is_positive"),
            models.UniqueConstraint(
                fields=["household", "benefit"],
                condition=Q(until_month="", every="month"),
                name="one_monthly_grant_a_household",
            ),
        ]
        indexes = [models.Index(fields=["benefit", "place", "id"], name="grant_by_place")]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.holder_id


class GrantAmount(models.Model):
    """
    Another sum from a month on, where the law changed and the facts did not. Append-only beside the grant: what was decided
    stays as it was decided, and any past month is paid and explained with the sum that held then.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="amounts")
    from_month = models.CharField(max_length=7)
    amount_fen = models.BigIntegerField()
    cause = models.CharField(max_length=120)
    law_version = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "from_month"], name="one_sum_from_a_month_on"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="changed_sum_is_positive"),
        ]


class PaymentRun(models.Model):
    """One month's payment file of a district: drafted by one person, approved by another over a digest."""

    class State(models.TextChoices):
        DRAFT = "draft", "待复核"
        APPROVED = "approved", "已复核，待发送"
        SENT = "sent", "已发送银行"
        ANSWERED = "answered", "银行已答复"
        CLOSED = "closed", "已对账关账"
        CANCELLED = "cancelled", "已作废"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    month = models.CharField(max_length=7)
    benefit = models.CharField(max_length=40)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    """1 is the month's main run; later ones are supplementary (corrected accounts, urgent relief)."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    count = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    differences = models.JSONField(default=list)
    """What the bank's answer says otherwise than the run; a run with differences can't be closed."""

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.grants.scope:runs_seen_by", of="pk")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["month", "benefit", "place", "serial"], name="run_once"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")), name="payer_is_not_maker"
            ),
        ]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def file_id(self) -> str:
        return f"{self.benefit}-{self.month}-{self.place_id[:6]}-{self.serial}"


class PaymentItem(models.Model):
    """One payment to one account. Its key is made here, before anything is sent: the bank pays a key once."""

    class State(models.TextChoices):
        FROZEN = "frozen", "待支付"
        SENT = "sent", "已发送"
        PAID = "paid", "已到账"
        RETURNED = "returned", "退票"
        CANCELLED = "cancelled", "已作废"

    run = models.ForeignKey(PaymentRun, models.PROTECT, related_name="items")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="payments")
    month = models.CharField(max_length=7)
    attempt = models.PositiveSmallIntegerField(default=1)
    key = models.CharField(max_length=80, unique=True)
    amount_fen = models.BigIntegerField()
    account = SealedField()
    account_name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FROZEN)
    bank_reason = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "month"],
                condition=~Q(state__in=["returned", "cancelled"]),
                name="never_paid_twice_for_a_month",
            ),
            models.UniqueConstraint(fields=["grant", "month", "attempt"], name="attempt_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_is_positive"),
        ]
        indexes = [models.Index(fields=["run", "id"], name="items_of_run")]


class Transfer(models.Model):
    """
    One movement of money between two accounts of the ledger. A single positive amount with a debit and a credit side
    can't be out of balance, on any database; rows are append-only and keyed, so nothing is booked twice.
    """

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    debit = models.CharField(max_length=60, db_index=True)
    credit = models.CharField(max_length=60, db_index=True)
    amount_fen = models.BigIntegerField()
    item = models.ForeignKey(PaymentItem, models.PROTECT, null=True, related_name="transfers")
    text = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="transfer_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_has_two_sides"),
        ]
