from django.db import models


class CalendarDay(models.Model):
    """A day that a notice of the State Council (or of the city) makes a day off or a day of work. Wins over the package."""

    on = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    name = models.CharField("节日或调休", max_length=40)
    source = models.CharField("依据", max_length=120)
    notice_year = models.PositiveSmallIntegerField("哪一年的放假安排", db_index=True)
    """Not always the year of `on`: the notice of 2019 named days of December 2018."""
    added_at = models.DateTimeField(auto_now_add=True)
