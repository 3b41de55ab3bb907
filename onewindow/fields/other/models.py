"""Place names that this city's decisions have given."""

from django.db import models

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.cases.models import Decision


class PlaceName(models.Model):
    name = models.CharField("标准地名", max_length=30, unique=True)
    kind = models.CharField(max_length=12)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.other.scope:names_seen_by")

    class Meta:
        base_manager_name = "unscoped"
