"""The window's day: appointments that come, numbers given and called, and the closing sheet."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.catalog import matters
from onewindow.kernel.places.models import Place
from onewindow.kernel.reception import calling
from onewindow.kernel.reception.booking import cancel_appointment
from onewindow.kernel.reception.models import Appointment, Ticket
from onewindow.kernel.reception.scope import RECEPTION
from onewindow.kernel.reception.sheet import sheet_of
from onewindow.kernel.staff.posts import Post
from onewindow.web.access import staff_page

window_page = staff_page(Post.STREET_WINDOW)
LISTED = 100


def office(request: HttpRequest) -> Place:
    """Where the signed-in window is."""
    held = next(each for each in request.actor.posts if each.post in RECEPTION)  # type: ignore[attr-defined]
    return get_object_or_404(Place, pk=held.place)


def my_window(request: HttpRequest) -> int:
    return int(request.session.get("window", 1))


@window_page
@require_safe
def window(request: HttpRequest) -> HttpResponse:
    actor, place, number = request.actor, office(request), my_window(request)  # type: ignore[attr-defined]
    tickets = Ticket.objects.seen_by(actor).filter(place=place, day=today())
    booked = Appointment.objects.seen_by(actor).filter(place=place, day=today(), state=Appointment.State.BOOKED)
    context = {
        "place": place, "window": number, "windows": calling.WINDOWS,
        "mine": tickets.filter(state=Ticket.State.CALLED, window=number).first(),
        "waiting": tickets.filter(state=Ticket.State.WAITING).select_related("appointment").order_by("number")[:LISTED],
        "missed": tickets.filter(state=Ticket.State.MISSED).order_by("-ended_at")[:10],
        "booked": [(each, name_of(each.matter_code)) for each in booked.select_related("person").order_by("at")[:LISTED]],
    }  # fmt: skip
    return render(request, "desk/window.html", context)


def name_of(code: str) -> str:
    return matters()[code].name if code in matters() else code


@window_page
@require_POST
def window_act(request: HttpRequest, verb: str) -> HttpResponse:
    actor, place, post = request.actor, office(request), request.POST  # type: ignore[attr-defined]
    number = my_window(request)
    acts: dict[str, Any] = {
        "choose": lambda: chosen(request, post.get("window", "")),
        "take": lambda: f"已取号{calling.take_number(actor, place, is_priority=post.get('is_priority') == '1').label}",
        "call": lambda: f"请{calling.call_next(actor, place, window=number).label}号到{number}号窗口",
    }
    return answered(request, acts[verb])


def chosen(request: HttpRequest, typed: str) -> str:
    if not typed.isascii() or not typed.isdigit() or len(typed) > 2 or int(typed) not in calling.WINDOWS:
        raise Refused("窗口号应为1至30。")
    request.session["window"] = int(typed)
    return f"现在是{int(typed)}号窗口"


@window_page
@require_POST
def ticket_act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    ticket = get_object_or_404(Ticket.objects.seen_by(actor), public_id=public_id)
    typed = request.POST.get("window", "")
    other = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("100") else 0
    acts: dict[str, Any] = {
        "again": lambda: f"再次呼叫{calling.call_again(actor, ticket).label}",
        "finish": lambda: f"{calling.finish(actor, ticket).label}已办结",
        "miss": lambda: f"{calling.miss(actor, ticket).label}过号",
        "return": lambda: f"{calling.put_back(actor, ticket).label}已重排",
        "hand": lambda: f"{calling.hand_over(actor, ticket, window=other).label}已转{other}号窗口",
    }
    return answered(request, acts[verb])


@window_page
@require_POST
def appointment_act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(Appointment.objects.seen_by(actor), public_id=public_id)
    acts: dict[str, Any] = {
        "arrive": lambda: (
            f"已取号{calling.check_in(actor, found, is_priority=request.POST.get('is_priority') == '1').label}"
        ),
        "cancel": lambda: cancel_appointment(actor, found) and "预约已取消",
    }
    return answered(request, acts[verb])


def answered(request: HttpRequest, act: Any) -> HttpResponse:
    try:
        messages.success(request, act())
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:window")


@staff_page(*RECEPTION)
@require_safe
def closing_sheet(request: HttpRequest) -> HttpResponse:
    place, day = office(request), the_day(request.GET.get("day", ""))
    sheet = sheet_of(place.code, day)
    states = [
        (label, sheet.appointments.get(state, 0)) for state, label in Appointment.State.choices if state != "cancelled"
    ]
    cases = [(name_of(code), count) for code, count in sheet.cases]
    return render(
        request, "desk/closing_sheet.html", {"place": place, "sheet": sheet, "states": states, "cases": cases}
    )


def the_day(typed: str) -> date:
    if not typed:
        return today()
    try:
        return datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007 a day of the office, not an instant
    except ValueError:
        raise Http404 from None
