"""What the city does with the law over everybody: leads that an officer works, and lists of sums that a chief approves."""

import uuid

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.catalog import Matter, matters
from onewindow.kernel.people.models import Person


class Search(models.Model):
    """One run over the city: how far it came, so that it goes on after a kill, and what it found."""

    class Kind(models.TextChoices):
        FIND = "find", "政策找人"
        RECHECK = "recheck", "待遇复核"
        EVENTS = "events", "事件发现"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    month = models.CharField(max_length=7)
    law_version = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    """Of the snapshot that it ran over: another snapshot of the same month is another search."""
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    batches = models.PositiveIntegerField(default=0)
    """Written so far; the count is kept in the transaction that writes them."""
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "month", "source", "law_version"], condition=Q(ended_at=None), name="search_goes_on"
            )
        ]


class Lead(models.Model):
    """
    Somebody who seems to be owed something and does not have it, or a grant that no longer agrees with the law or the
    facts. A lead decides nothing: an officer asks the person, and a case decides.
    """

    class Kind(models.TextChoices):
        FIND = "find", "应享未享"
        RECHECK = "recheck", "待遇需复核"

    class State(models.TextChoices):
        NEW = "new", "待认领"
        TAKEN = "taken", "已认领"
        CONTACTED = "contacted", "已联系"
        APPLIED = "applied", "已办理"
        DECLINED = "declined", "本人不申请"
        WRONG = "wrong", "线索有误"

    OPEN = (State.NEW, State.TAKEN, State.CONTACTED)
    KNOWN = 80
    """From this certainty on, registers alone decide: age, a card."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    benefit = models.CharField(max_length=60)
    """Of the rules: the variable that gives the sum."""
    matter_code = models.CharField(max_length=40, blank=True)
    """Empty while the city takes no applications for the benefit."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="leads")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="leads")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    cause = models.CharField(max_length=30)
    """The month's search, or the event: a birthday, a death, a card, a standard raised."""
    grant = models.ForeignKey("grants.Grant", models.PROTECT, null=True, related_name="leads")
    now_fen = models.BigIntegerField(default=0)
    """What is paid now."""
    expected_fen = models.BigIntegerField()
    """What the law gives for what is known, by month."""
    reason = models.CharField(max_length=600)
    facts = models.JSONField(default=list)
    """[{"what", "value", "source", "as_of"}]: what was known, from where and of when."""
    situation = models.JSONField(default=dict)
    """The rules' own input, so that the sum can be explained and computed again."""
    certainty = models.PositiveSmallIntegerField()
    """Of a hundred: how much of what decides is known from registers."""
    rank = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    consented_at = models.DateTimeField(null=True)
    """Since when the person agrees that what the city knows is used for the full assessment; calling them needs no consent."""
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="leads")
    outcome_reason = models.CharField(max_length=400, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    law_version = models.CharField(max_length=64)

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.finding.scope:leads_seen_by", of="person_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["person", "benefit", "kind", "month", "cause"], name="lead_once"),
            models.UniqueConstraint(
                fields=["person", "benefit", "kind"],
                condition=Q(state__in=["new", "taken", "contacted"]),
                name="one_open_lead_a_benefit",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "place", "-rank", "-id"], name="leads_of_place"),
            models.Index(fields=["kind", "-rank", "-id"], name="leads_by_rank"),
        ]

    @property
    def matter(self) -> Matter | None:
        return matters().get(self.matter_code)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def needs_consent(self) -> bool:
        """To put together what the city knows of somebody who applied for nothing, where the sum rests on their means."""
        return self.kind == self.Kind.FIND and self.certainty < self.KNOWN and self.consented_at is None

    @property
    def difference_fen(self) -> int:
        return self.expected_fen - self.now_fen

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.person_id


class LeadNote(models.Model):
    """What was done about a lead, by whom: taken, called, visited, ended. Append-only."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="notes")
    at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=20)
    text = models.CharField(max_length=600)
    by = models.CharField(max_length=80)


class Recomputation(models.Model):
    """Grants of a district whose sum another law changes, their facts being as they were: checked by one, approved by another."""

    class State(models.TextChoices):
        DRAFT = "draft", "待核对"
        CHECKED = "checked", "已核对，待批准"
        APPROVED = "approved", "已批准，正在写入"
        APPLIED = "applied", "已写入"
        CANCELLED = "cancelled", "已作废"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    month = models.CharField(max_length=7)
    benefit = models.CharField(max_length=40)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    search = models.ForeignKey(Search, models.PROTECT, related_name="lists")
    law_version = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    count = models.PositiveIntegerField(default=0)
    before_fen = models.BigIntegerField(default=0)
    after_fen = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    written = models.PositiveIntegerField(default=0)
    """Lines written to the grants so far."""
    left = models.PositiveIntegerField(default=0)
    """Lines that could not be: the grant ended, or its payment had been drafted."""
    last_line = models.BigIntegerField(default=0)
    """Up to which line it is written: kept in the transaction that writes, so that a killed run goes on here."""
    made_at = models.DateTimeField(auto_now_add=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.finding.scope:lists_seen_by", of="pk")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["search", "benefit", "place"], name="one_list_a_district"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("checked_by")), name="chief_is_not_checker"
            ),
        ]

    @property
    def matter(self) -> Matter | None:
        return matters().get(self.benefit)

    @property
    def difference_fen(self) -> int:
        return self.after_fen - self.before_fen

    @property
    def cause(self) -> str:
        return f"按{self.month}起执行的规定重新计算"

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]


class RecomputationLine(models.Model):
    of = models.ForeignKey(Recomputation, models.CASCADE, related_name="lines")
    grant = models.ForeignKey("grants.Grant", models.PROTECT, related_name="+")
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "grant"], name="grant_once_a_list"),
            models.CheckConstraint(condition=Q(after_fen__gt=0), name="recomputed_sum_is_positive"),
        ]


class Forecast(models.Model):
    """The months ahead by the law of each, as computed once: the page shows the newest."""

    from_month = models.CharField(max_length=7)
    made_at = models.DateTimeField(auto_now_add=True)
    law_version = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    rows = models.JSONField()
    """[{"month", "benefit", "label", "grants", "fen", "newly", "newly_fen", "last_month", "last_fen"}]"""
