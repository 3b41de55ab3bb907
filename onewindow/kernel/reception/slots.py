"""The half hours that can be booked. Hours and windows are an office's own; these are examples until it says so."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from onewindow.kernel.calendar.working_days import is_working_day, today
from onewindow.kernel.reception.models import Appointment

HOURS = ((time(9), time(12)), (time(13, 30), time(17)))
SLOT = timedelta(minutes=30)
SEATS = 2
"""Two of an office's windows take appointments; the others whoever comes."""
DAYS_AHEAD = 10
TAKEN = (Appointment.State.BOOKED, Appointment.State.ARRIVED)


@dataclass(frozen=True)
class Slot:
    at: time
    free: int


def days_to_book() -> list[date]:
    """Today and the working days after it."""
    found: list[date] = []
    day = today()
    while len(found) < DAYS_AHEAD:
        if is_working_day(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def times() -> list[time]:
    found: list[time] = []
    for opens, closes in HOURS:
        at = datetime.combine(date.min, opens)
        while at + SLOT <= datetime.combine(date.min, closes):
            found.append(at.time())
            at += SLOT
    return found


def slots(place: str, day: date) -> list[Slot]:
    """Those that have not begun."""
    taken = Counter(Appointment.unscoped.filter(place=place, day=day, state__in=TAKEN).values_list("at", flat=True))
    return [Slot(at, max(SEATS - taken[at], 0)) for at in times() if not has_begun(day, at)]


def has_begun(day: date, at: time) -> bool:
    now = timezone.localtime()
    return (day, at) <= (now.date(), now.time())


def free_seats(place: str, day: date, at: time) -> list[int]:
    taken = Appointment.unscoped.filter(place=place, day=day, at=at, state__in=TAKEN).values_list("seat", flat=True)
    return sorted(set(range(1, SEATS + 1)) - set(taken))
