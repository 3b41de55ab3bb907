"""A case of a matter: its people, facts, steps, clocks, notices, decisions. History is only ever added to."""

import uuid
from functools import cached_property

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.catalog import Matter, matter_named
from onewindow.kernel.people.models import Person
from onewindow.kernel.people.sealed import SealedField
from onewindow.kernel.staff.posts import Post


class Case(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待受理"
        SUPPLEMENT = "supplement", "待补正"
        ACCEPTED = "accepted", "办理中"
        APPROVED = "approved", "已确认"
        REJECTED = "rejected", "不予确认"
        NOT_ACCEPTED = "not_accepted", "不予受理"
        WITHDRAWN = "withdrawn", "已撤回"
        TERMINATED = "terminated", "已终止"
        COMPLETED = "completed", "已办结"
        DISCARDED = "discarded", "已删除的草稿"

    class Kind(models.TextChoices):
        APPLICATION = "application", "申请"
        APPEAL = "appeal", "申诉复核"

    class Channel(models.TextChoices):
        PHONE = "phone", "本人网上办理"
        WINDOW = "window", "窗口办理"

    OPEN = (State.SUBMITTED, State.SUPPLEMENT, State.ACCEPTED)
    ENDED = (
        State.APPROVED, State.REJECTED, State.NOT_ACCEPTED, State.WITHDRAWN, State.TERMINATED, State.COMPLETED,
    )  # fmt: skip

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("办件编号", max_length=40, unique=True, null=True)
    matter_code = models.CharField(max_length=40)
    matter_version = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.APPLICATION)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="linked")
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="cases")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    """The street that handles it: of the hukou, or where the emergency is."""
    intake_place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    """The street office whose window took it; null when it came from a phone."""
    channel = models.CharField(max_length=8, choices=Channel.choices)
    agent = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    mandate = models.CharField("委托说明", max_length=200, blank=True)

    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    facts = models.JSONField(default=dict)
    facts_version = models.PositiveIntegerField(default=0)
    assessment = models.ForeignKey("cases.Assessment", models.PROTECT, null=True, related_name="+")
    """The newest; earlier ones stay in `assessments`."""
    pay_to = SealedField("收款账号", blank=True)
    pay_to_name = models.CharField("收款户名", max_length=60, blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    is_delegated = models.BooleanField(default=False)
    is_special = models.BooleanField(default=False)
    is_relative_of_staff = models.BooleanField(default=False)
    limit_working_days = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    """For limits in hours (emergency relief)."""
    promised_on = models.DateField(null=True)
    paused_from = models.DateField(null=True)
    """Since when its clock stands still: the open row of the suspension ledger, kept here for lists."""
    closed_at = models.DateTimeField(null=True)
    outcome_reason = models.CharField(max_length=1000, blank=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.cases.scope:cases_seen_by", of="applicant_id")

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["place", "state", "-id"], name="case_by_place"),
            models.Index(fields=["applicant", "-id"], name="case_by_applicant"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "matter_code"],
                condition=Q(state="draft", kind="application"),
                name="one_draft_a_matter",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"草稿 {self.public_id}"

    @property
    def matter(self) -> Matter:
        return matter_named(self.matter_code)

    @cached_property
    def listed_members(self) -> list["CaseMember"]:
        """With their persons, the applicant first; read once for each instance."""
        return list(self.members.select_related("person").order_by("-is_applicant", "relation", "id"))

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def can_be_edited(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.SUPPLEMENT)

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.applicant_id


class CaseMember(models.Model):
    """Who is in the household for this case, as applied for; the register's household may say otherwise."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="case_memberships")
    relation = models.CharField(max_length=2)
    is_applicant = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="member_once")]


class FactSheet(models.Model):
    """What was declared, version by version. A correction is a new version with who, why and what changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="fact_sheets")
    version = models.PositiveIntegerField()
    facts = models.JSONField()
    changes = models.JSONField(default=list)
    reason = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="fact_sheet_once")]


class CasePaper(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    material = models.CharField(max_length=40)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)


class StepRun(models.Model):
    """One going through a step. Open ones are the queue of a post at a place."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="runs")
    step_code = models.CharField(max_length=40)
    post = models.CharField(max_length=30, choices=Post.choices, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    sort_on = models.DateField()
    """What the queue is sorted by: the due date, or far away where there is none."""
    claimed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_with = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    record = models.JSONField(default=dict)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.cases.scope:queue_seen_by", of="case__applicant_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["case", "step_code"], condition=Q(ended_at=None), name="step_open_once"),
            models.CheckConstraint(
                condition=Q(done_with=None) | ~Q(done_with=F("done_by")), name="two_visitors_are_two_people"
            ),
        ]
        indexes = [
            models.Index(fields=["post", "place", "sort_on", "id"], name="queue_of_post", condition=Q(ended_at=None))
        ]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.case.applicant_id


class CaseEvent(models.Model):
    """The one history that the applicant's timeline, the officer's page and the audit read alike. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    code = models.CharField(max_length=40)
    text = models.CharField(max_length=600)
    is_public = models.BooleanField(default=True)
    """Shown to the applicant."""
    actor = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="event_by_case")]


class Suspension(models.Model):
    """Days that do not count, with reason and article. A row that moves the due date, not a flag."""

    class Reason(models.TextChoices):
        SUPPLEMENT = "supplement_by_applicant", "等待申请人补正"
        LETTER = "verification_letter", "函证（书面向有关单位核实）"
        EXPERT = "expert_review", "专家评审、鉴定"
        HEARING = "hearing", "听证"
        FORCE_MAJEURE = "force_majeure", "不可抗力"

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=30, choices=Reason.choices)
    article = models.CharField("依据", max_length=120)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    opened_by = models.CharField(max_length=80)
    closed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until_on=None), name="one_suspension_at_a_time")
        ]


class Extension(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    working_days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    article = models.CharField(max_length=120)
    by = models.CharField(max_length=80)
    on = models.DateField()


class OnceOnlyNotice(models.Model):
    """一次性告知： everything that is missing, told at once. A second one for a case is a fault of the office."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    items = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    answered_at = models.DateTimeField(null=True)
    is_fault = models.BooleanField(default=False)
    letter = models.ForeignKey("papers.Letter", models.PROTECT, null=True, related_name="+")


class PublicNotice(models.Model):
    """公示： name, number of members, amount, nothing else （最低生活保障审核确认办法 a19, a24). Frozen when posted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="public_notices")
    run = models.OneToOneField(StepRun, models.PROTECT, related_name="public_notice")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    """The community in which it is posted."""
    shows = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField(db_index=True)
    """The last day on which an objection can be raised."""
    closed_at = models.DateTimeField(null=True)


class Objection(models.Model):
    class About(models.TextChoices):
        NOTICE = "notice", "对公示的异议"
        CHECK = "check", "对核对结果的异议"

    case = models.ForeignKey(Case, models.PROTECT, related_name="objections")
    about = models.CharField(max_length=10, choices=About.choices)
    public_notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, related_name="objections")
    text = models.CharField("异议内容", max_length=1000)
    by_name = models.CharField("姓名", max_length=60, blank=True)
    by_phone = SealedField("联系电话", blank=True)
    received_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)


class Assessment(models.Model):
    """What the law gives for the facts: inputs, outputs and each step, so that any past sum can be computed again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    facts_version = models.PositiveIntegerField()
    month = models.CharField(max_length=7)
    made_at = models.DateTimeField(auto_now_add=True)
    law_version = models.CharField(max_length=64)
    is_eligible = models.BooleanField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    result = models.JSONField()
    problem = models.CharField(max_length=400, blank=True)
    """Why nothing could be computed; then the officer decides by the documents and says so."""


class Decision(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    run = models.OneToOneField(StepRun, models.PROTECT, related_name="decision")
    is_approval = models.BooleanField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    amount_fen = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey("papers.Letter", models.PROTECT, null=True, related_name="+")
    overturned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("decided_by")), name="maker_is_not_checker"
            ),
            models.CheckConstraint(condition=Q(amount_fen=None) | Q(amount_fen__gte=0), name="no_negative_sum"),
        ]


class CaseLetter(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    letter = models.OneToOneField("papers.Letter", models.PROTECT, related_name="of_case")


class Rating(models.Model):
    class Stars(models.IntegerChoices):  # 好差评， five levels
        VERY_GOOD = 5, "非常满意"
        GOOD = 4, "满意"
        FAIR = 3, "基本满意"
        BAD = 2, "不满意"
        VERY_BAD = 1, "非常不满意"

    case = models.OneToOneField(Case, models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField(choices=Stars.choices)
    words = models.CharField("您的意见", max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    @property
    def is_bad(self) -> bool:
        return self.stars <= self.Stars.BAD


class Callback(models.Model):
    """回访整改: a bad rating is work for somebody of the district who had no hand in the case."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="callback")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    """The rated office."""
    due_on = models.DateField()
    called_on = models.DateField(null=True)
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    is_justified = models.BooleanField(null=True)
    found = models.CharField("核实情况", max_length=500, blank=True)
    measures = models.CharField("整改措施", max_length=500, blank=True)
    stars_again = models.PositiveSmallIntegerField(choices=Rating.Stars.choices, null=True)
    ended_at = models.DateTimeField(null=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.cases.scope:callbacks_seen_by", of="rating__case__applicant_id")

    class Meta:
        base_manager_name = "unscoped"
        indexes = [models.Index(fields=["due_on", "id"], name="open_callbacks", condition=Q(ended_at=None))]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.rating.case.applicant_id


class Message(models.Model):
    """Told to a person at each turn; read in the app, and sent by SMS through the outbox."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=400)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="message_by_person")]


class Counter(models.Model):
    """Gapless numbers of cases by street and day; the row lock makes two windows take turns."""

    series = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)
