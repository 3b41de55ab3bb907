"""The register of social organisations, names that are kept for founders, and what each year's report found."""

import uuid

from django.db import models
from django.db.models import Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.cases.models import Decision
from onewindow.kernel.people.models import Person


class Organisation(models.Model):
    class Kind(models.TextChoices):
        ASSOCIATION = "51", "社会团体"
        SERVICE = "52", "社会服务机构"
        FOUNDATION = "53", "基金会"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=2, choices=Kind.choices)
    name = models.CharField("名称", max_length=60)
    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    legal_rep = models.ForeignKey(Person, models.PROTECT, related_name="+")
    address = models.CharField("住所", max_length=200)
    purpose = models.TextField("宗旨和业务范围")
    funds_fen = models.BigIntegerField()
    registered_on = models.DateField()
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    cancelled_on = models.DateField(null=True)
    is_charity = models.BooleanField(default=False)
    may_raise_funds = models.BooleanField(default=False)

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.organisations.scope:organisations_seen_by", of="legal_rep_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(cancelled_on=None), name="one_of_the_name"),
            models.UniqueConstraint(
                fields=["legal_rep"], condition=Q(cancelled_on=None, kind="51"), name="leads_one_association"
            ),
            models.CheckConstraint(
                condition=Q(is_charity=True) | Q(may_raise_funds=False), name="only_charities_raise"
            ),
        ]


class KeptName(models.Model):
    name = models.CharField(max_length=60)
    founder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    until_on = models.DateField()
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.organisations.scope:names_seen_by", of="founder_id")

    class Meta:
        base_manager_name = "unscoped"
        indexes = [models.Index(fields=["name", "until_on"], name="kept_name")]


class AnnualReport(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.organisations.scope:reports_seen_by")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_report_a_year")]
