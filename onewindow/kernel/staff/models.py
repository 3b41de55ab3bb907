from django.db import models
from django.db.models import Q

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.staff.posts import Post


class Staff(models.Model):
    """A member of staff is a person: four eyes are counted by person, not by account."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="staff")
    number = models.CharField("工号", max_length=20, unique=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.person.name


class StaffPost(models.Model):
    """A post held at a place from a day until a day."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts")
    post = models.CharField(max_length=30, choices=Post.choices)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "post", "place"], condition=Q(until_on=None), name="post_held_once"
            )
        ]

    @classmethod
    def held_today(cls, person_id: int) -> "models.QuerySet[StaffPost]":
        day = today()
        return cls.objects.filter(
            Q(until_on=None) | Q(until_on__gt=day), staff__person_id=person_id, staff__is_active=True, from_on__lte=day
        )


class Delegation(models.Model):
    """The district lets the street decide, from a date, by a document (Tianjin: 2021-09-01, 津民发〔2021〕14号）."""

    matter = models.CharField(max_length=40)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    """Everything below this place."""
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    document = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "place", "from_on"], name="delegation_once")]
