"""Booking a half hour, and giving it back."""

from datetime import date, time

from django.db import IntegrityError, transaction

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.catalog import matters
from onewindow.kernel.outbox.sending import sweep
from onewindow.kernel.people.models import Person
from onewindow.kernel.places.models import Place
from onewindow.kernel.reception.models import Appointment, Ticket
from onewindow.kernel.reception.slots import days_to_book, free_seats, has_begun, times
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post

State = Appointment.State
MOST_AHEAD = 3


def may_book(actor: Actor, place: Place) -> bool:
    """Residents for themselves; the window for whoever telephones."""
    return actor.holds(Post.STREET_WINDOW, at=place.code) or (actor.person_id is not None and not actor.is_staff)


def may_cancel(actor: Actor, appointment: Appointment) -> bool:
    is_own = actor.person_id == appointment.person_id and not actor.is_staff
    return is_own or actor.holds(Post.STREET_WINDOW, at=appointment.place_id)


@action("appointment.book", "预约窗口", may=may_book)
def book(actor: Actor, place: Place, *, person: Person, matter: str, day: date, at: time) -> Appointment:
    if not actor.is_staff and person.pk != actor.person_id:
        raise Refused("只能为本人预约。家人可以用自己的账号预约，或者打电话请窗口代为预约。")
    check(place, person, matter, day, at)
    for seat in free_seats(place.code, day, at):
        try:
            with transaction.atomic():
                return Appointment.unscoped.create(
                    person=person, place=place, matter_code=matter, day=day, at=at, seat=seat
                )
        except IntegrityError:  # somebody was faster; the next seat
            continue
    raise Refused("这个时段刚刚约满，请另选一个时段。", "at")


def check(place: Place, person: Person, matter: str, day: date, at: time) -> None:
    if place.level != Place.Level.STREET:
        raise Refused("请选择一个街道（乡镇）的窗口。", "place")
    if matter not in matters():
        raise Refused("请选择要办的事项。", "matter")
    if day not in days_to_book():
        raise Refused("只能预约今天起10个工作日以内的日子，周末和节假日不开放。", "day")
    if at not in times() or has_begun(day, at):
        raise Refused("这个时段已经开始或者不开放，请另选一个时段。", "at")
    mine = Appointment.unscoped.filter(person=person, state=State.BOOKED, day__gte=today())
    if mine.filter(day=day, place=place).exists():
        raise Refused("您这一天在这个窗口已有预约。如要改时间，请先取消原来的预约。", "day")
    if mine.count() >= MOST_AHEAD:
        raise Refused(f"最多同时保留{MOST_AHEAD}个预约。请先取消不需要的。", "day")


@action("appointment.cancel", "取消预约", may=may_cancel)
def cancel_appointment(actor: Actor, appointment: Appointment) -> Appointment:
    if appointment.state != State.BOOKED:
        raise Refused("这个预约已经取号、取消或过期，不能再取消。")
    appointment.state = State.CANCELLED
    appointment.save(update_fields=["state"])
    return appointment


@sweep
def end_the_day() -> int:
    """Who did not come, and numbers that were left when the office closed."""
    missed = Appointment.unscoped.filter(state=State.BOOKED, day__lt=today()).update(state=State.MISSED)
    left = Ticket.unscoped.filter(state__in=Ticket.OPEN, day__lt=today())
    return missed + left.update(state=Ticket.State.MISSED)
