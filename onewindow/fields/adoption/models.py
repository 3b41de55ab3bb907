"""The register of adoptions. The child's name stays in the case and on the certificate, nowhere else."""

from django.db import models

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.cases.models import Decision
from onewindow.kernel.people.models import Person


class Adoption(models.Model):
    adopter = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    registered_on = models.DateField()
    dissolved_on = models.DateField(null=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.adoption.scope:adoptions_seen_by", of="adopter_id")

    class Meta:
        base_manager_name = "unscoped"
