"""An appointment holds a seat of a half hour; a ticket is a number of the day. Both are of one office."""

import uuid

from django.db import models
from django.db.models import Q

from onewindow.kernel.audit.scoped import Scoped
from onewindow.kernel.people.models import Person


class Appointment(models.Model):
    class State(models.TextChoices):
        BOOKED = "booked", "已预约"
        ARRIVED = "arrived", "已取号"
        CANCELLED = "cancelled", "已取消"
        MISSED = "missed", "未到"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    matter_code = models.CharField(max_length=60)
    day = models.DateField()
    at = models.TimeField()
    seat = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    made_at = models.DateTimeField(auto_now_add=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.reception.scope:appointments_seen_by", of="person_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "day", "at", "seat"],
                condition=Q(state__in=["booked", "arrived"]),
                name="seat_given_once",
            ),
            models.UniqueConstraint(
                fields=["person", "place", "day"], condition=Q(state="booked"), name="one_appointment_a_day"
            ),
        ]

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]

    @property
    def audit_subject(self) -> int:
        return self.person_id


class Ticket(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "等候"
        CALLED = "called", "正在办理"
        DONE = "done", "已办结"
        MISSED = "missed", "过号"

    OPEN = (State.WAITING, State.CALLED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    is_priority = models.BooleanField(default=False)
    """Old or disabled people, pregnant women, soldiers: called before others (无障碍环境建设法 a35, 老年人权益保障法 a57)."""
    appointment = models.OneToOneField(Appointment, models.PROTECT, null=True, related_name="ticket")
    matter_code = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    taken_at = models.DateTimeField(auto_now_add=True)
    called_at = models.DateTimeField(null=True)
    """For the first time."""
    times_called = models.PositiveSmallIntegerField(default=0)
    window = models.PositiveSmallIntegerField(null=True)
    """Where it is served; while it waits, the window it was handed over to."""
    served_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    unscoped = models.Manager()
    objects = Scoped("onewindow.kernel.reception.scope:tickets_seen_by", of="place_id")

    class Meta:
        base_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["place", "day", "number"], name="number_given_once"),
            models.UniqueConstraint(
                fields=["place", "day", "window"], condition=Q(state="called"), name="one_number_at_a_window"
            ),
        ]
        indexes = [models.Index(fields=["place", "day", "state"], name="numbers_of_the_day")]

    @property
    def label(self) -> str:
        kind = "Y" if self.is_priority else "B" if self.appointment_id else "A"
        return f"{kind}{self.number:03d}"

    @property
    def audit_shard(self) -> str:
        return self.place_id[:6]
