"""The day's closing sheet of an office, counted from its numbers and cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from onewindow.kernel.cases.models import Case
from onewindow.kernel.reception.models import Appointment, Ticket

State = Ticket.State


@dataclass
class Sheet:
    place: str
    day: date
    numbers: int = 0
    priority: int = 0
    served: int = 0
    missed: int = 0
    waiting: int = 0
    mean_wait: int | None = None
    """Minutes."""
    longest_wait: int | None = None
    windows: list[tuple[int, int]] = field(default_factory=list)
    appointments: dict[str, int] = field(default_factory=dict)
    cases: list[tuple[str, int]] = field(default_factory=list)
    """Matter → cases handed in at this office."""


def sheet_of(place: str, day: date) -> Sheet:
    tickets = list(Ticket.unscoped.filter(place=place, day=day))
    waits = [each.called_at - each.taken_at for each in tickets if each.called_at]
    booked = Appointment.unscoped.filter(place=place, day=day).exclude(state=Appointment.State.CANCELLED)
    handed_in = Case.unscoped.filter(intake_place=place, submitted_at__date=day)
    return Sheet(
        place=place,
        day=day,
        numbers=len(tickets),
        priority=sum(each.is_priority for each in tickets),
        served=sum(each.state == State.DONE for each in tickets),
        missed=sum(each.state == State.MISSED for each in tickets),
        waiting=sum(each.state in Ticket.OPEN for each in tickets),
        mean_wait=minutes(mean(waits)),
        longest_wait=minutes(max(waits, default=None)),
        windows=by_window(tickets),
        appointments=dict(booked.order_by().values_list("state").annotate(n=Count("pk"))),
        cases=list(handed_in.order_by("matter_code").values_list("matter_code").annotate(n=Count("pk"))),
    )


def by_window(tickets: Iterable[Ticket]) -> list[tuple[int, int]]:
    served = [each.window for each in tickets if each.state == State.DONE and each.window]
    return [(window, served.count(window)) for window in sorted(set(served))]


def mean(waits: list[timedelta]) -> timedelta | None:
    return sum(waits, timedelta()) / len(waits) if waits else None


def minutes(wait: timedelta | None) -> int | None:
    return None if wait is None else round(wait.total_seconds() / 60)
