"""Seats that are given once, numbers in a fair order, and a day that is counted from its records."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.places.models import Place
from onewindow.kernel.reception import calling
from onewindow.kernel.reception.booking import book, cancel_appointment, end_the_day
from onewindow.kernel.reception.models import Appointment, Ticket
from onewindow.kernel.reception.sheet import sheet_of
from onewindow.kernel.reception.slots import SEATS, days_to_book, slots
from onewindow.kernel.staff.actor import Actor
from tests.factories import NANKAI_STREET, QUANYECHANG, City

MONDAY = date(2026, 11, 23)
CHINA = ZoneInfo("Asia/Shanghai")
NINE = time(9)


def clock(hour: int, minute: int = 0, day: date = MONDAY) -> Any:
    return time_machine.travel(datetime.combine(day, time(hour, minute), CHINA), tick=False)


@pytest.fixture
def city(db: None) -> City:
    return City().lay()


@pytest.fixture
def office(city: City) -> Place:
    return Place.objects.get(pk=QUANYECHANG)


def booked(actor: Actor, office: Place, at: time = NINE, day: date = MONDAY) -> Appointment:
    return book(actor, office, person=actor.person, matter="dibao", day=day, at=at)


def test_a_half_hour_has_as_many_seats_as_windows_and_a_cancelled_one_is_free_again(city: City, office: Place) -> None:
    with clock(8):
        first = [booked(city.resident(), office) for _ in range(SEATS)]
        late = city.resident()
        with pytest.raises(Refused, match="约满"):
            booked(late, office)
        assert [slot.free for slot in slots(QUANYECHANG, MONDAY) if slot.at == NINE] == [0]
        cancel_appointment(Actor(account=None, person=first[0].person), first[0])
        assert booked(late, office).seat == first[0].seat


@pytest.mark.parametrize(
    ("day", "at", "words"),
    [
        (MONDAY, time(12), "不开放"), (MONDAY, time(9, 10), "不开放"), (date(2026, 11, 22), NINE, "工作日"),
        (date(2026, 11, 28), NINE, "工作日"), (MONDAY + timedelta(days=40), NINE, "工作日"),
    ],
)  # fmt: skip
def test_only_open_half_hours_of_the_next_working_days_can_be_booked(
    city: City, office: Place, day: date, at: time, words: str
) -> None:
    with clock(8), pytest.raises(Refused, match=words):
        booked(city.resident(), office, at, day)


def test_what_has_begun_a_second_time_the_same_day_and_a_fourth_ahead_are_refused(city: City, office: Place) -> None:
    me = city.resident()
    with clock(9, 1), pytest.raises(Refused, match="已经开始"):
        booked(me, office)
    with clock(8):
        booked(me, office)
        with pytest.raises(Refused, match="已有预约"):
            booked(me, office, time(10))
        for day in days_to_book()[1:3]:
            booked(me, office, day=day)
        with pytest.raises(Refused, match="最多"):
            booked(me, office, day=days_to_book()[4])


def test_nobody_books_for_another_and_no_other_street_s_window_gives_numbers(city: City, office: Place) -> None:
    me, other = city.resident(), city.resident()
    stranger = city.staff("street_window", NANKAI_STREET)
    with clock(8):
        with pytest.raises(Refused, match="本人"):
            book(me, office, person=other.person, matter="dibao", day=MONDAY, at=NINE)
        mine = booked(me, office)
        for act in (
            lambda: cancel_appointment(other, mine), lambda: calling.take_number(stranger, office),
            lambda: calling.check_in(stranger, mine), lambda: calling.call_next(stranger, office, window=1),
            lambda: calling.take_number(me, office),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                act()
    mine.refresh_from_db()
    assert mine.state == "booked" and not Ticket.unscoped.exists()


def test_appointments_come_first_when_their_time_has_come_then_priority_and_after_two_of_them_one_who_waited(
    city: City, office: Place
) -> None:
    clerk, guest = city.staff("street_window"), city.resident()
    with clock(8):
        due = booked(guest, office)
    with clock(8, 50):
        for is_priority in (False, False, True, True, True):
            calling.take_number(clerk, office, is_priority=is_priority)
        calling.check_in(clerk, due)
    order = []
    for minute in range(1, 7):
        with clock(9, minute):
            ticket = calling.call_next(clerk, office, window=1)
            order.append(ticket.label)
            calling.finish(clerk, ticket)
    assert order == ["B006", "Y003", "A001", "Y004", "Y005", "A002"]
    with clock(9, 30), pytest.raises(Refused, match="没有人"):
        calling.call_next(clerk, office, window=1)


def test_an_appointment_before_its_time_waits_like_everybody(city: City, office: Place) -> None:
    clerk = city.staff("street_window")
    with clock(8):
        later = booked(city.resident(), office, time(11))
        calling.take_number(clerk, office)
        calling.check_in(clerk, later)
        assert calling.call_next(clerk, office, window=1).label == "A001"


def test_a_window_serves_one_and_hands_over_misses_and_takes_back(city: City, office: Place) -> None:
    clerk, other = city.staff("street_window"), city.staff("street_window")
    with clock(9):
        for _ in range(3):
            calling.take_number(clerk, office)
        first = calling.call_next(clerk, office, window=1)
        with pytest.raises(Refused, match="还有一位"):
            calling.call_next(clerk, office, window=1)
        assert calling.call_again(clerk, first).times_called == 2
        calling.hand_over(clerk, first, window=2)
        assert calling.call_next(clerk, office, window=1).number == 2
        handed = calling.call_next(other, office, window=2)
        assert handed.pk == first.pk and handed.served_by_id == other.person_id
        calling.miss(other, handed)
        calling.put_back(other, Ticket.unscoped.get(pk=handed.pk))
        assert calling.call_next(other, office, window=2).number == 1
        with pytest.raises(Refused, match="另一个窗口"):
            calling.hand_over(other, Ticket.unscoped.get(pk=first.pk), window=2)
    assert AuditLine.objects.filter(action="ticket.hand_over").count() == 1


def test_the_day_s_sheet_is_counted_and_who_did_not_come_is_missed_the_next_day(city: City, office: Place) -> None:
    clerk = city.staff("street_window")
    with clock(8):
        booked(city.resident(), office), booked(city.resident(), office, time(10))
        calling.take_number(clerk, office, is_priority=True)
        calling.take_number(clerk, office)
    with clock(9):
        calling.check_in(clerk, Appointment.unscoped.get(at=NINE))
        calling.finish(clerk, calling.call_next(clerk, office, window=3))
    with clock(9, 30):
        calling.miss(clerk, calling.call_next(clerk, office, window=3))
    sheet = sheet_of(QUANYECHANG, MONDAY)
    assert (sheet.numbers, sheet.priority, sheet.served, sheet.missed, sheet.waiting) == (3, 1, 1, 1, 1)
    assert (sheet.mean_wait, sheet.longest_wait, sheet.windows) == (45, 90, [(3, 1)])
    assert sheet.appointments == {"arrived": 1, "booked": 1}
    with clock(8, day=MONDAY + timedelta(days=1)):
        assert end_the_day() == 2 and end_the_day() == 0
    assert Appointment.unscoped.get(at=time(10)).state == "missed"


@pytest.mark.django_db(transaction=True)
def test_one_seat_is_given_to_one_of_many_who_ask_at_once() -> None:
    city = City().lay()
    office, people = Place.objects.get(pk=QUANYECHANG), [city.resident() for _ in range(12)]

    def ask(actor: Actor) -> bool:
        try:
            booked(actor, office, time(16), days_to_book()[1])
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(ask, people)) == SEATS
    assert sorted(Appointment.unscoped.values_list("seat", flat=True)) == list(range(1, SEATS + 1))
