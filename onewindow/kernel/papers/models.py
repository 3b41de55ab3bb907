"""What residents hand in (papers) and what the office hands out (letters). Nothing here is ever deleted."""

import uuid

from django.conf import settings
from django.db import models

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.papers.codes import grouped, new_check_code


class Paper(models.Model):
    """Bytes lie in the storage under a name made here; `original_name` is only ever shown."""

    class State(models.TextChoices):
        QUARANTINED = "quarantined", "安全检查中"
        ACCEPTED = "accepted", "已接收"
        REFUSED = "refused", "未通过安全检查"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="papers")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    original_name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=12, choices=State.choices)
    refused_because = models.CharField(max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.papers.scope:papers_seen_by", of="owner_id")

    class Meta:
        base_manager_name = "unscoped"
        indexes = [
            models.Index(fields=["owner", "-id"], name="paper_by_owner"),
            models.Index(fields=["id"], name="paper_waiting", condition=models.Q(state="quarantined")),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_image(self) -> bool:
        return self.content_type == "image/jpeg"

    @property
    def audit_subject(self) -> int:
        return self.owner_id


class LetterSeries(models.Model):
    """The last number given in a series of a year. Its row lock makes two desks take turns."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="letter_series_once")]


class Letter(models.Model):
    """An official letter as it went out. Withdrawn by a void mark, which the public check page shows."""

    class Void(models.TextChoices):
        """Categories, because the check page shows them to anybody."""

        MISTAKE = "mistake", "文书内容有误，已重新出具"
        REVOKED = "revoked", "所载决定已被撤销或者变更"
        ISSUED_TWICE = "issued_twice", "重复出具"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("文号", max_length=50, unique=True)
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    title = models.CharField("文书名称", max_length=60)
    about = models.CharField("办件编号", max_length=40, blank=True, db_index=True)
    recipient = models.ForeignKey("people.Person", models.PROTECT, related_name="letters")
    recipient_name = models.CharField(max_length=60)
    place_name = models.CharField("出具单位", max_length=80)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=120)
    template_version = models.CharField(max_length=16)
    content = models.JSONField()
    is_example = models.BooleanField(default=False)
    check_code = models.CharField(max_length=16, unique=True, default=new_check_code)
    stored_as = models.CharField(max_length=100, unique=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    audit_shard = models.CharField(max_length=12, default="12")
    void_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=12, choices=Void.choices, blank=True)
    void_note = models.CharField(max_length=400, blank=True)
    """For the office's own eyes."""

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.papers.scope:letters_seen_by", of="recipient_id")

    class Meta:
        base_manager_name = "unscoped"
        indexes = [models.Index(fields=["recipient", "-id"], name="letter_by_recipient")]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "serial"], name="letter_serial_once"),
            models.CheckConstraint(
                condition=models.Q(void_at=None, void_reason="")
                | (~models.Q(void_at=None) & ~models.Q(void_reason="")),
                name="letter_void_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def is_void(self) -> bool:
        return self.void_at is not None

    @property
    def grouped_code(self) -> str:
        return grouped(self.check_code)

    @property
    def check_url(self) -> str:
        return f"{settings.PUBLIC_URL}/check/{self.grouped_code}"

    @property
    def audit_subject(self) -> int:
        return self.recipient_id
