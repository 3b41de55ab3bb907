"""Sessions at sea with their seats, and for whom a funeral subsidy was given."""

from django.db import models
from django.db.models import F, Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.cases.models import Decision


class SeaSession(models.Model):
    on = models.DateField("日期", unique=True)
    where = models.CharField("海域", max_length=80)
    seats = models.PositiveSmallIntegerField("名额")
    taken = models.PositiveSmallIntegerField("已占", default=0)

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.funerals.scope:sessions_seen_by")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="no_seat_given_twice")]


class FuneralClaim(models.Model):
    """One for each who died, by the blind index of the number: however many claim it."""

    index = models.CharField(max_length=64, unique=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")

    unscoped = models.Manager()
    objects = Scoped("onewindow.fields.funerals.scope:claims_seen_by")

    class Meta:
        base_manager_name = "unscoped"
