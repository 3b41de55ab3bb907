"""Giving numbers and calling them: appointments whose time has come, then who is to be served first, then in order of coming."""

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.places.models import Place
from onewindow.kernel.reception.models import Appointment, Ticket
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post

State = Ticket.State
WINDOWS = range(1, 31)
AHEAD_IN_A_ROW = 2
"""So many who go first are called one after the other; then somebody who only waited."""
TRIES = 20


def may_receive(actor: Actor, target: Place | Ticket | Appointment) -> bool:
    return actor.holds(Post.STREET_WINDOW, at=target.place_id)


def numbers_of(place: str) -> QuerySet[Ticket]:
    return Ticket.unscoped.filter(place=place, day=today())


@action("ticket.take", "取号", may=may_receive, logs=("is_priority",))
def take_number(actor: Actor, place: Place, *, is_priority: bool = False, matter: str = "") -> Ticket:
    return give(place, is_priority=is_priority, matter_code=matter)


@action("ticket.check_in", "预约签到取号", may=may_receive)
def check_in(actor: Actor, appointment: Appointment, *, is_priority: bool = False) -> Ticket:
    if appointment.state != Appointment.State.BOOKED:
        raise Refused("这个预约已经取号、取消或过期。")
    if appointment.day != today():
        raise Refused(f"这个预约是{appointment.day:%m月%d日}的，今天不能取号。需要今天办的，请取普通号。")
    appointment.state = Appointment.State.ARRIVED
    appointment.save(update_fields=["state"])
    return give(
        appointment.place, is_priority=is_priority, matter_code=appointment.matter_code, appointment=appointment
    )


def give(place: Place, **values: object) -> Ticket:
    """Two desks that give a number at once: the constraint lets one pass, the other takes the next."""
    for _ in range(TRIES):
        last = numbers_of(place.code).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return Ticket.unscoped.create(place=place, day=today(), number=last + 1, **values)
        except IntegrityError:
            continue
    raise Refused("取号的人太多，请再试一次。")


@action("ticket.call", "叫号", may=may_receive, logs=("window",))
def call_next(actor: Actor, place: Place, *, window: int) -> Ticket:
    if window not in WINDOWS:
        raise Refused("请先选择窗口号。", "window")
    if numbers_of(place.code).filter(state=State.CALLED, window=window).exists():
        raise Refused("本窗口还有一位正在办理，请先办结、过号或转交。")
    for _ in range(TRIES):
        ticket = next_for(place.code, window)
        if ticket is None:
            raise Refused("没有人在等候。")
        # Only who is still waiting: another window may have called meanwhile.
        called = Ticket.unscoped.filter(pk=ticket.pk, state=State.WAITING).update(
            state=State.CALLED, window=window, served_by=actor.person, called_at=ticket.called_at or timezone.now(),
            times_called=ticket.times_called + 1,
        )  # fmt: skip
        if called:
            ticket.refresh_from_db()
            return ticket
    raise Refused("其他窗口正在叫号，请再试一次。")


def next_for(place: str, window: int) -> Ticket | None:
    waiting = list(numbers_of(place).filter(state=State.WAITING).select_related("appointment").order_by("number"))
    handed = [each for each in waiting if each.window == window]
    free = [each for each in waiting if each.window is None]
    now = timezone.localtime().time()
    due = sorted(
        (each for each in free if each.appointment and each.appointment.at <= now),
        key=lambda each: each.appointment.at if each.appointment else now,
    )
    first = [each for each in free if each.is_priority and each not in due]
    others = [each for each in free if each not in due and each not in first]
    ahead = due + first
    if handed:
        return handed[0]
    if ahead and others and only_ahead_lately(place):
        return others[0]
    return next(iter(ahead + others), None)


def only_ahead_lately(place: str) -> bool:
    lately = numbers_of(place).filter(called_at__isnull=False).order_by("-called_at", "-id")[:AHEAD_IN_A_ROW]
    kinds = [each.is_priority or each.appointment_id is not None for each in lately]
    return len(kinds) == AHEAD_IN_A_ROW and all(kinds)


def _must_be_called(ticket: Ticket) -> None:
    if ticket.state != State.CALLED:
        raise Refused("这个号不在办理中，页面可能已经过时，请刷新。")


@action("ticket.call_again", "再次叫号", may=may_receive)
def call_again(actor: Actor, ticket: Ticket) -> Ticket:
    _must_be_called(ticket)
    ticket.times_called += 1
    ticket.save(update_fields=["times_called"])
    return ticket


@action("ticket.finish", "办结", may=may_receive)
def finish(actor: Actor, ticket: Ticket) -> Ticket:
    _must_be_called(ticket)
    return _ended(ticket, State.DONE)


@action("ticket.miss", "过号", may=may_receive)
def miss(actor: Actor, ticket: Ticket) -> Ticket:
    """Who comes back later is put in again at the end of the calling order, not at the end of the day."""
    _must_be_called(ticket)
    return _ended(ticket, State.MISSED)


@action("ticket.return", "过号重排", may=may_receive)
def put_back(actor: Actor, ticket: Ticket) -> Ticket:
    if ticket.state != State.MISSED or ticket.day != today():
        raise Refused("只有今天过号的可以重排。")
    ticket.state, ticket.window, ticket.ended_at = State.WAITING, None, None
    ticket.save(update_fields=["state", "window", "ended_at"])
    return ticket


@action("ticket.hand_over", "转交其他窗口", may=may_receive, logs=("window",))
def hand_over(actor: Actor, ticket: Ticket, *, window: int) -> Ticket:
    _must_be_called(ticket)
    if window not in WINDOWS or window == ticket.window:
        raise Refused("请选择另一个窗口。", "window")
    ticket.state, ticket.window = State.WAITING, window
    ticket.save(update_fields=["state", "window"])
    return ticket


def _ended(ticket: Ticket, state: Ticket.State) -> Ticket:
    ticket.state, ticket.ended_at = state, timezone.now()
    ticket.save(update_fields=["state", "ended_at"])
    return ticket
