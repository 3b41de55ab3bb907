"""A proposal to change a standard, what it would cost, and, once two others have approved it, the change of the law."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.people.models import Person


def _differ(one: str, other: str) -> Q:
    return Q(**{one: None}) | Q(**{other: None}) | ~Q(**{one: F(other)})


class StandardProposal(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待批准"
        HALF = "half", "一人已批准，待第二人批准"
        APPROVED = "approved", "已批准"
        RETURNED = "returned", "已退回修改"
        WITHDRAWN = "withdrawn", "已撤回"

    OPEN = (State.DRAFT, State.RETURNED)
    """The drafter may change it."""
    WAITING = (State.SUBMITTED, State.HALF)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    figure = models.CharField(max_length=120)
    """Its name in the law."""
    label = models.CharField(max_length=120)
    before_fen = models.BigIntegerField()
    """What the law says of that month without the proposal."""
    value_fen = models.BigIntegerField()
    month = models.CharField(max_length=7)
    """From the first of this month on."""
    document = models.CharField(max_length=120)
    reason = models.TextField()
    is_study = models.BooleanField(default=False)
    """To see what a change would cost, or would have cost; of any month, and never to be approved."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    run = models.ForeignKey("SimulationRun", models.PROTECT, null=True, related_name="+")
    """The newest simulation of what is proposed; none after a change of it."""
    digest = models.CharField(max_length=64, blank=True)
    """Of what is proposed and its simulation, while it waits for approval and ever after."""
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.policy.scope:proposals_seen_by", of="drafted_by_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.CheckConstraint(condition=_differ("first_by", "drafted_by"), name="drafter_does_not_approve"),
            models.CheckConstraint(condition=_differ("second_by", "drafted_by"), name="drafter_is_not_second"),
            models.CheckConstraint(condition=_differ("second_by", "first_by"), name="two_approvers_are_two"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(first_by__isnull=False, second_by__isnull=False),
                name="approved_by_two",
            ),
            models.CheckConstraint(
                condition=Q(is_study=False) | Q(state__in=["draft", "withdrawn"]), name="study_is_not_approved"
            ),
            models.CheckConstraint(condition=Q(value_fen__gte=0), name="standard_is_no_debt"),
        ]

    @property
    def more_fen(self) -> int:
        return self.value_fen - self.before_fen

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def month_words(self) -> str:
        return f"{self.month[:4]}年{int(self.month[5:])}月"


class SimulationRun(models.Model):
    """The city reckoned with and without the proposal. Written by the background worker, which may be killed and go on anew."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待计算"
        RUNNING = "running", "正在计算"
        DONE = "done", "已完成"
        FAILED = "failed", "未能完成"

    class Population(models.TextChoices):
        OWN = "own", "本市在享待遇家庭"
        SYNTHETIC = "synthetic", "合成人口"

    SILENT_SECONDS = 120
    """A run that has said nothing for so long is taken for dead, and another worker may take it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(StandardProposal, models.PROTECT, related_name="runs")
    figure = models.CharField(max_length=120)
    value_fen = models.BigIntegerField()
    month = models.CharField(max_length=7)
    months = models.PositiveSmallIntegerField(default=12)
    population = models.CharField(max_length=10, choices=Population.choices)
    households = models.PositiveBigIntegerField(default=0)
    persons = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    law_version = models.CharField(max_length=64, blank=True)
    """Of the law without the proposal."""
    result: Any = models.JSONField(default=dict)
    """{"whole": line, "by": {"district": [line…], "household_type": [line…]}, "months": [{"month", "before_fen", "after_fen"}]}"""
    digest = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    heard_at = models.DateTimeField(null=True)
    """When the worker last said how far it is."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["proposal", "-id"], name="runs_of_proposal")]

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def is_synthetic(self) -> bool:
        return self.population == self.Population.SYNTHETIC

    @property
    def percent(self) -> int:
        return self.done * 100 // self.of if self.of else 0

    @property
    def is_silent(self) -> bool:
        heard = self.heard_at
        return heard is None or (timezone.now() - heard).total_seconds() > self.SILENT_SECONDS


class ProposalNote(models.Model):
    """What was done with a proposal, by whom, over which digest. Append-only."""

    proposal = models.ForeignKey(StandardProposal, models.PROTECT, related_name="notes")
    at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=20)
    text = models.CharField(max_length=600, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=80)


class LawChange(models.Model):
    """A change that two people approved, or its withdrawal before its date. Append-only: the law of any past day can be told."""

    class Kind(models.TextChoices):
        ENACT = "enact", "批准"
        WITHDRAW = "withdraw", "撤回"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    proposal = models.ForeignKey(StandardProposal, models.PROTECT, related_name="changes")
    figure = models.CharField(max_length=120)
    month = models.CharField(max_length=7)
    value_fen = models.BigIntegerField()
    document = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    first_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="enacted_once"),
            models.CheckConstraint(
                condition=~Q(first_by=F("second_by")) & ~Q(first_by=F("drafted_by")) & ~Q(second_by=F("drafted_by")),
                name="law_by_three_people",
            ),
        ]
