"""The register of marriages that the decisions of this city make; earlier ones are known from the national base."""

import uuid

from django.db import models
from django.db.models import Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.cases.models import Decision
from onewindow.kernel.people.models import Person


class Marriage(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registered_on = models.DateField("登记日期")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    """Its letter is the certificate, with the number."""
    ended_on = models.DateField("离婚日期", null=True)
    ended_by = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+")

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.marriage.scope:marriages_seen_by")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None) | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="an_end_has_its_decision",
            )
        ]


class Spouse(models.Model):
    """One side of a marriage. Nobody is married twice: not even where two windows register at the same moment."""

    marriage = models.ForeignKey(Marriage, models.PROTECT, related_name="spouses")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_married = models.BooleanField(default=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.marriage.scope:spouses_seen_by", of="person_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(is_married=True), name="married_once"),
            models.UniqueConstraint(fields=["marriage", "person"], name="not_with_oneself"),
        ]
