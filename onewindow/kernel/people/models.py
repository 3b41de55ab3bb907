"""Persons, their households and kin, what registers say of them, what they consented to, and their accounts."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.people.identity import mask_account, mask_id_number, mask_name, mask_phone
from onewindow.kernel.people.sealed import SealedField, blind_index


class Person(models.Model):
    class Sex(models.IntegerChoices):  # GB/T 2261.1
        UNKNOWN = 0, "未知"
        MALE = 1, "男"
        FEMALE = 2, "女"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("姓名", max_length=60, db_index=True)
    id_number = SealedField("身份证件号码", blank=True)
    id_index = models.CharField(max_length=64, unique=True, null=True)
    birth = models.DateField("出生日期", null=True)
    sex = models.IntegerField("性别", choices=Sex.choices, default=Sex.UNKNOWN)
    phone = SealedField("手机号", blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    bank_account = SealedField("银行账号", blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    """The community of the hukou; null for people of other cities."""
    address = models.CharField("地址", max_length=200, blank=True)
    died_on = models.DateField("死亡日期", null=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.staff.scope:people_seen_by")

    class Meta:
        base_manager_name = "unscoped"
        indexes = [models.Index(fields=["place", "id"], name="person_by_place")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reindex()
        super().save(*args, **kwargs)

    def reindex(self) -> None:
        """Blind indexes follow their values; bulk_create callers call this themselves."""
        self.id_index = blind_index(self.id_number, "id") if self.id_number else None
        self.phone_index = blind_index(self.phone, "phone") if self.phone else ""

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_id(self) -> str:
        return mask_id_number(self.id_number)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def masked_account(self) -> str:
        return mask_account(self.bank_account)

    @property
    def audit_shard(self) -> str:
        return (self.place_id or "12")[:6]

    @property
    def audit_subject(self) -> int:
        return self.pk

    def age(self, on: date) -> int | None:
        if self.birth is None:
            return None
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))

    def is_adult(self, on: date) -> bool:
        age = self.age(on)
        return age is None or age >= 18


class Household(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("户号", max_length=24, unique=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    address = models.CharField("户籍地址", max_length=200)
    is_urban = models.BooleanField("城镇户籍", default=True)

    def members_on(self, on: date) -> "models.QuerySet[Member]":
        """Who belonged to the household on that day, the head first."""
        held = self.members.filter(models.Q(until_on=None) | models.Q(until_on__gt=on))
        return held.select_related("person").order_by("relation", "id")


class Member(models.Model):
    """One person's time in one household; relation to the head as in GB/T 4761."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    relation = models.CharField("与户主关系", max_length=2)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_household_at_a_time"
            )
        ]


class Kinship(models.Model):
    """`relative` is `kind` of `person`, as in GB/T 4761; also across households."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="kin")
    relative = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "relative", "kind"], name="kinship_once")]


class RegisterEntry(models.Model):
    """What a register told us about a person, and as of when: it prefills forms and replaces papers."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="register_entries")
    source = models.CharField(max_length=20)
    item = models.CharField(max_length=40)
    value = models.JSONField()
    as_of = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "source", "item"], name="register_entry_once")]


class Consent(models.Model):
    """A mandate to check one person's economic status (PIPL a29; 社会救助暂行办法 a58). Withdrawn, never deleted."""

    class GivenBy(models.TextChoices):
        SELF = "self", "本人"
        GUARDIAN = "guardian", "监护人代为授权"
        AGENT = "agent", "窗口代录（本人签字纸件）"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=40)
    """Number of the case it was given for."""
    sources = models.JSONField()
    lookback_months = models.PositiveSmallIntegerField(default=12)
    text_version = models.CharField(max_length=20)
    given_by = models.CharField(max_length=10, choices=GivenBy.choices)
    given_by_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    valid_to = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about"], condition=models.Q(withdrawn_at=None), name="one_consent_in_force"
            )
        ]

    @property
    def audit_subject(self) -> int:
        return self.person_id


class Accounts(UserManager["Account"]):
    """With whose it is: asked at every request."""

    def get_queryset(self) -> "models.QuerySet[Account]":
        return super().get_queryset().select_related("person")


class Account(AbstractUser):
    """Who signs in: a resident, or a member of staff with another account of their own."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")
    elder_mode = models.BooleanField("长者模式", default=False)

    objects: ClassVar[Accounts] = Accounts()
