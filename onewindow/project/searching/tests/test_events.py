from datetime import date, timedelta

import pytest
import time_machine

from onewindow.fields.finding.models import Lead, Search
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.people.models import RegisterEntry
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.project.searching import events
from onewindow.project.searching.events import follow_events
from onewindow.project.searching.tests.conftest import STANDARD, Town

NOW, MONTH = date(2025, 11, 12), "2025-11"


@pytest.fixture(autouse=True)
def november() -> object:
    with time_machine.travel(f"{NOW}T02:00:00Z", tick=False):
        yield


def test_a_new_card_makes_a_lead_the_next_day(town: Town) -> None:
    person = town.alone()
    town.alone(disability_level=1)
    RegisterEntry.objects.create(
        person=person, source="DPF", item="disability_level", value=1, as_of=date(2025, 11, 11)
    )
    follow_events(SYSTEM, MONTH)
    lead = Lead.unscoped.get()
    assert (lead.person, lead.cause) == (person, "card"), "the other's card is old: the month's search finds it"


def test_a_birthday_is_seen_in_its_month(town: Town) -> None:
    turning = town.alone(birth=date(1945, 11, 30))
    town.alone(birth=date(1945, 12, 2)), town.alone(birth=date(1945, 9, 2))
    assert list(events.turning(today() - timedelta(days=31), today(), date(2025, 11, 30))) == [turning.pk]


def test_a_leap_day_has_its_birthday_every_year(town: Town) -> None:
    born = town.alone(birth=date(1944, 2, 29))
    assert list(events.turning(date(2024, 2, 1), date(2024, 2, 29), date(2024, 2, 29))) == [born.pk]


def test_a_death_is_seen_without_looking_at_all_grants(town: Town) -> None:
    grant = town.granted(fen=STANDARD, decided_on=date(2025, 10, 20))
    town.granted(fen=STANDARD, decided_on=date(2025, 10, 20))
    Search.objects.create(kind="events", month=MONTH, source="before", law_version="1", ended_at=None)
    grant.holder.died_on = date(2025, 11, 10)
    grant.holder.save()
    search = follow_events(SYSTEM, MONTH)
    assert Lead.unscoped.get().cause == "death"
    assert search.counts["rechecked"]["looked_at"] == 1


def test_a_standard_raised_since_the_last_look_rechecks_every_grant(town: Town) -> None:
    with time_machine.travel("2025-09-02T02:00:00Z", tick=False):
        town.granted(), town.granted()
        search = follow_events(SYSTEM, "2025-09")
    assert search.counts["rechecked"] == {"looked_at": 2, "to_recompute": 2}


def test_a_second_look_the_same_day_finds_nothing_new(town: Town) -> None:
    person = town.alone()
    RegisterEntry.objects.create(
        person=person, source="DPF", item="disability_level", value=1, as_of=date(2025, 11, 11)
    )
    follow_events(SYSTEM, MONTH)
    follow_events(SYSTEM, MONTH)
    assert Lead.unscoped.count() == 1
