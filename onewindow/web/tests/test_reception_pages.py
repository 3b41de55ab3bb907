"""A resident books from the phone, the window gives and calls numbers, the hall shows them without a name."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from onewindow.kernel.reception.models import Appointment, Ticket
from onewindow.kernel.staff.actor import Actor
from tests.factories import NANKAI_STREET, QUANYECHANG, City

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def morning() -> Any:
    with time_machine.travel(datetime.combine(DAY, time(9, 5), ZoneInfo("Asia/Shanghai"))):
        yield


@pytest.fixture
def city(db: None) -> City:
    return City().lay()


def client_of(actor: Actor) -> Client:
    client = Client()
    assert actor.account is not None
    client.force_login(actor.account)
    return client


def test_a_resident_sees_free_half_hours_books_one_and_gives_it_back(city: City) -> None:
    me = city.resident()
    client, where = client_of(me), {"place": QUANYECHANG, "matter": "dibao", "day": f"{DAY:%Y-%m-%d}"}
    page = client.get("/appointments/", where).content.decode()
    assert "09:30" in page and "09:00" not in page and "还有2个名额" in page
    told = client.post("/appointments/", {**where, "at": "09:30"}, follow=True).content.decode()
    assert "已预约11月23日09:30" in told
    again = client.post("/appointments/", {**where, "at": "10:00"})
    assert again.status_code == 422 and "已有预约" in again.content.decode() and "10:00" in again.content.decode()
    assert "请选择一个时段" in client.post("/appointments/", {**where, "at": "上午"}).content.decode()
    mine = Appointment.unscoped.get()
    assert client_of(city.resident()).post(f"/appointments/{mine.public_id}/cancel").status_code == 404
    assert "预约已取消" in client.post(f"/appointments/{mine.public_id}/cancel", follow=True).content.decode()


def test_the_window_checks_in_calls_and_ends_and_the_hall_shows_no_name(city: City) -> None:
    guest = city.resident("诸葛预约")
    where = {"place": QUANYECHANG, "matter": "dibao", "day": f"{DAY:%Y-%m-%d}", "at": "09:30"}
    client_of(guest).post("/appointments/", where)
    desk = client_of(city.staff("street_window"))
    assert "诸葛预约" in desk.get("/desk/window").content.decode()
    appointment = Appointment.unscoped.get()
    assert "已取号Y001" in desk.post(f"/desk/appointments/{appointment.public_id}/arrive", {"is_priority": "1"}, follow=True).content.decode()  # fmt: skip
    assert "现在是3号窗口" in desk.post("/desk/window/choose", {"window": "3"}, follow=True).content.decode()
    assert "请Y001号到3号窗口" in desk.post("/desk/window/call", follow=True).content.decode()
    hall = Client().get(f"/hall/{QUANYECHANG}").content.decode()
    assert "Y001" in hall and "3号窗口" in hall and "诸葛" not in hall
    ticket = Ticket.unscoped.get()
    assert client_of(city.staff("street_window", NANKAI_STREET)).post(f"/desk/tickets/{ticket.public_id}/finish").status_code == 404  # fmt: skip
    assert "Y001已办结" in desk.post(f"/desk/tickets/{ticket.public_id}/finish", follow=True).content.decode()
    sheet = desk.get("/desk/window/sheet").content.decode()
    assert "3号窗口办结" in sheet and "日结单" in sheet
    assert desk.get("/desk/window/sheet", {"day": "昨天"}).status_code == 404


def test_what_can_t_be_done_is_said_and_a_resident_stays_outside(city: City) -> None:
    desk = client_of(city.staff("street_window"))
    assert "没有人在等候" in desk.post("/desk/window/call", follow=True).content.decode()
    assert "窗口号应为1至30" in desk.post("/desk/window/choose", {"window": "九"}, follow=True).content.decode()
    for address in ("/desk/window", "/desk/window/sheet"):
        assert client_of(city.resident()).get(address).status_code == 403
    assert Client().get("/hall/999999999999").status_code == 404


@pytest.mark.parametrize("rows", [3, 30])
def test_the_window_asks_the_same_number_of_questions_for_few_and_many(
    city: City, rows: int, django_assert_max_num_queries: Any
) -> None:
    desk = client_of(city.staff("street_window"))
    for n in range(rows):
        Ticket.unscoped.create(place_id=QUANYECHANG, day=DAY, number=n + 1)
        Appointment.unscoped.create(
            person=city.resident().person, place_id=QUANYECHANG, matter_code="dibao", day=DAY, at=time(16), seat=n + 1
        )
    desk.get("/desk/window")
    with django_assert_max_num_queries(12):
        desk.get("/desk/window")
