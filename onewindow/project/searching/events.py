"""What happened since the last look acts first: birthdays, deaths, disability cards, standards that were raised."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from onewindow.fields.finding.models import Search
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.people.models import Member, Person, RegisterEntry
from onewindow.project.searching.benefits import benefits
from onewindow.project.searching.finding import candidates
from onewindow.project.searching.folder import write_folder
from onewindow.project.searching.leads import Candidate, write_leads
from onewindow.project.searching.rechecking import recheck
from onewindow.project.searching.registers import columns, families, last_day
from onewindow.project.searching.searches import BATCH, Progress, begin, computed, end, silent, write_batches
from onewindow.rules.system import figures, system

BIRTHDAYS = (18, 60, 80, 90, 100)
CARDS = ("disability_level", "disability_category")
LEAP = 29
FIRST_LOOK = timedelta(days=31)
Causes = dict[int, str]


def follow_events(actor: Any, month: str, progress: Progress = silent) -> Search:
    """Only households where something happened are computed; all grants only where a standard changed."""
    now = today()
    since = last_look(now)
    causes = {
        **dict.fromkeys(turning(since, now, last_day(month)), "birthday"),
        **dict.fromkeys(with_cards(since), "card"),
    }
    progress(f"{since}以来：{len(causes)}人有生日或新办残疾证")
    changed = None if standards_changed(since, now) else grants_touched(since, set(causes))
    checked = recheck(actor, month, progress, changed, f"{since}/{now}")
    search = begin(Search.Kind.EVENTS, month, f"{since}/{now}")
    homes = _households(set(causes))

    def write(into: Any) -> Any:
        return write_folder(families(last_day(month), only=homes), columns(), month, into, "有变动的家庭")

    if homes:
        found = computed(search, write, list(benefits()), progress, None)
        rows = (row for part in found for row in candidates(part) if row.person in causes)
        write_batches(search, rows, lambda batch: _write(batch, month, causes), progress)
    search.counts = {**search.counts, "rechecked": checked.counts}
    return end(search, actor)


def _write(batch: list[Candidate], month: str, causes: Causes) -> Any:
    """Each cause by itself; a lead says what set it off."""
    found = [write_leads(some, month, cause) for cause in ("birthday", "card") if (some := _of(batch, causes, cause))]
    return sum(found[1:], found[0])


def _of(batch: list[Candidate], causes: Causes, cause: str) -> list[Candidate]:
    return [each for each in batch if causes[each.person] == cause]


def last_look(now: date) -> date:
    last = Search.objects.filter(kind=Search.Kind.EVENTS).exclude(ended_at=None).order_by("-ended_at").first()
    return last.ended_at.date() if last and last.ended_at else now - FIRST_LOOK


def turning(since: date, now: date, until: date) -> Iterator[int]:
    """Who turns an age at which the law gives something, from the last look to the end of the month."""
    birthdays = Q()
    for age in BIRTHDAYS:
        birthdays |= Q(birth__gt=_years_before(since, age), birth__lte=_years_before(max(now, until), age))
    return iter(Person.unscoped.filter(birthdays, died_on=None).values_list("pk", flat=True))


def _years_before(day: date, years: int) -> date:
    """Who was born on a leap day has their birthday on 1 March of other years."""
    was_leap = monthrange(day.year - years, 2)[1] == LEAP
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, LEAP) and not was_leap else day.day)


def with_cards(since: date) -> Iterator[int]:
    rows = RegisterEntry.objects.filter(source="DPF", item__in=CARDS, as_of__gt=since).exclude(value=0)
    return iter(rows.values_list("person_id", flat=True))


def standards_changed(since: date, now: date) -> bool:
    days = (value.instant_str for each in figures(system().parameters) for value in each.values_list)
    return any(since.isoformat() < day <= now.isoformat() for day in days)


def grants_touched(since: date, people: set[int]) -> list[int]:
    """Held by families in which somebody died, or of whom a register has news."""
    dead = Person.unscoped.filter(died_on__isnull=False, died_on__gt=since - FIRST_LOOK).values("pk")
    news = RegisterEntry.objects.filter(as_of__gt=since).values("person_id")
    active = Grant.unscoped.filter(until_month="", every=Grant.Every.MONTH)
    touched = Q(case__members__person__in=dead) | Q(case__members__person__in=news) | Q(holder__died_on__isnull=False)
    found = set(active.filter(touched).values_list("pk", flat=True))
    for some in _pieces(sorted(people)):
        found |= set(active.filter(case__members__person__in=some).values_list("pk", flat=True))
    return sorted(found)


def _households(people: set[int]) -> list[int]:
    found: set[int] = set()
    for some in _pieces(sorted(people)):
        rows = Member.objects.filter(person_id__in=some, until_on=None)
        found |= set(rows.values_list("household_id", flat=True))
    return sorted(found)


def _pieces(keys: list[int]) -> Iterator[list[int]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))
