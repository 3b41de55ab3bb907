from django.db import models


class CalendarDay(models.Model):
    """A day that the State Council's notice (or the city) makes a day off or a day of work. Wins over the package."""

    on = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    name = models.CharField("节日或调休", max_length=40)
    source = models.CharField("依据", max_length=120)
    added_at = models.DateTimeField(auto_now_add=True)
