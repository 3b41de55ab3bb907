"""督办: how many cases each office has open and how they stand, and why clocks were stopped or prolonged. Counted, never kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.clock import FAR, YELLOW_DAYS, YELLOW_SHARE
from onewindow.kernel.cases.models import Case, Extension, Suspension
from onewindow.kernel.catalog import matters
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post

DISTRICT, STREET = 6, 9
"""Digits of a place's code."""


def limits_in_use() -> set[int]:
    kinds = ("statutory_working_days", "delegated_working_days", "special_working_days")
    return {days for matter in matters().values() for kind in kinds if (days := getattr(matter, kind))}


def case_tones() -> dict[str, Q]:
    """The colours of open cases as conditions: the same as `clock.case_remaining` gives one by one."""
    day = today()
    running = Q(state__in=Case.OPEN, paused_from=None)
    timed = running & Q(due_on__lt=FAR)
    close = Q(due_on__lte=add_working_days(day, YELLOW_DAYS).on)
    for limit in limits_in_use():
        close |= Q(limit_working_days=limit, due_on__lte=add_working_days(day, int(limit * YELLOW_SHARE)).on)
    late = Q(due_on__lt=day)
    return {
        "red": timed & late,
        "yellow": timed & ~late & close,
        "green": timed & ~late & ~close,
        "paused": Q(state__in=Case.OPEN) & ~Q(paused_from=None),
        "none": running & (Q(due_on=None) | Q(due_on__gte=FAR)),
    }


@dataclass(frozen=True)
class Office:
    code: str
    name: str
    open: int
    red: int
    yellow: int
    green: int
    paused: int
    none: int


def supervised(actor: Actor) -> QuerySet[Case]:
    if actor.holds(Post.CITY_LEADER):
        return Case.objects.whole_city(actor, "督办：各区办件期限")
    return Case.objects.seen_by(actor)


def offices(actor: Actor, matter: str = "") -> list[Office]:
    """By district for a leader of the city, else by street; the latest first."""
    digits = DISTRICT if actor.holds(Post.CITY_LEADER) else STREET
    cases = supervised(actor).filter(state__in=Case.OPEN).exclude(state=Case.State.DRAFT)
    if matter in matters():
        cases = cases.filter(matter_code=matter)
    tones = {tone: Count("pk", filter=condition) for tone, condition in case_tones().items()}
    found = cases.values(office=Substr("place_id", 1, digits)).annotate(open=Count("pk"), **tones).order_by("office")
    counted = {str(row.pop("office")).ljust(12, "0"): row for row in map(dict[str, Any], found)}
    names = dict(Place.objects.filter(code__in=counted).values_list("code", "name"))
    lines = [Office(code=code[:digits], name=names.get(code, code), **counts) for code, counts in counted.items()]
    return sorted(lines, key=lambda line: (-line.red, -line.yellow, line.code))


@dataclass(frozen=True)
class Halt:
    """A clock that was stopped or prolonged, and why."""

    case: Case
    what: str
    why: str
    article: str
    by: str
    on: date
    until: date | None
    working_days: int | None


def halts(actor: Actor, most: int = 50) -> list[Halt]:
    """The newest suspensions and extensions among the cases that the reader sees."""
    seen = Q(case__in=Case.objects.seen_by(actor).values("pk"))
    stopped = Suspension.objects.filter(seen).select_related("case__place").order_by("-id")[:most]
    prolonged = Extension.objects.filter(seen).select_related("case__place").order_by("-id")[:most]
    found = [
        *(Halt(each.case, "中止计时", each.get_reason_display(), each.article, each.opened_by, each.from_on, each.until_on, None) for each in stopped),
        *(Halt(each.case, "延长期限", each.reason, each.article, each.by, each.on, None, each.working_days) for each in prolonged),
    ]  # fmt: skip
    return sorted(found, key=lambda halt: halt.on, reverse=True)[:most]
