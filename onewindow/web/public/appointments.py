"""Booking a half hour at a street's window, from the phone; and the screen in the hall that calls the numbers."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.catalog import matters
from onewindow.kernel.people.models import Person
from onewindow.kernel.places.models import Place
from onewindow.kernel.reception.booking import book, cancel_appointment
from onewindow.kernel.reception.models import Appointment, Ticket
from onewindow.kernel.reception.slots import days_to_book, slots
from onewindow.web.access import public_page, resident_page

DISTRICT = 6
SHOWN = 8
WEEKDAYS = "一二三四五六日"


class WhereForm(forms.Form):
    """By GET: a day's half hours are shown before one is chosen."""

    place = forms.ChoiceField(label="街道（乡镇）窗口")
    matter = forms.ChoiceField(label="要办的事项")
    day = forms.ChoiceField(label="日期")

    def __init__(self, data: Any, person: Person) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[str, str]]] = {
            "place": [(each.code, each.name) for each in offices(person)],
            "matter": [(each.code, each.name) for each in matters().values()],
            "day": [
                (f"{day:%Y-%m-%d}", f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）")
                for day in days_to_book()
            ],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]


def offices(person: Person) -> QuerySet[Place]:
    """The streets of the person's district, their own first; of the whole city where no address is known."""
    streets = Place.objects.filter(level=Place.Level.STREET, valid_to=None)
    return streets.filter(code__startswith=person.place_id[:DISTRICT] if person.place_id else "").order_by("code")


@resident_page
@require_http_methods(["GET", "POST"])
def appointments(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = WhereForm(request.POST or request.GET or None, actor.person)
    wrong = ""
    if request.method == "POST" and form.is_valid():
        try:
            found = booked(actor, form.cleaned_data, request.POST.get("at", ""))
        except Refused as refusal:
            wrong = refusal.message
        else:
            messages.success(
                request, f"已预约{found.day.month}月{found.day.day}日{found.at:%H:%M}，请带上身份证，提前5分钟取号。"
            )
            return redirect("public:appointments")
    mine = (
        Appointment.objects.seen_by(actor).filter(person=actor.person).select_related("place").order_by("-day", "-at")
    )
    context = {
        "form": form, "wrong": wrong, "slots": free(form) if form.is_bound and form.is_valid() else None,
        "mine": [(each, matters()[each.matter_code].name if each.matter_code in matters() else "") for each in mine[:20]],
    }  # fmt: skip
    return render(
        request, "public/appointments.html", context, status=422 if wrong or (form.is_bound and form.errors) else 200
    )


def free(form: WhereForm) -> list[Any]:
    return slots(form.cleaned_data["place"], date.fromisoformat(form.cleaned_data["day"]))


def booked(actor: Any, told: dict[str, str], at: str) -> Appointment:
    return book(
        actor, Place.objects.get(pk=told["place"]), person=actor.person, matter=told["matter"],
        day=date.fromisoformat(told["day"]), at=the_time(at),
    )  # fmt: skip


def the_time(typed: str) -> time:
    try:
        return datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 of the office's clock
    except ValueError:
        raise Refused("请选择一个时段。", "at") from None


@resident_page
@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(Appointment.objects.seen_by(actor), public_id=public_id)
    try:
        cancel_appointment(actor, found)
        messages.success(request, "预约已取消。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("public:appointments")


@public_page("numbers and windows, nobody's name")
@require_safe
def hall(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Place, pk=code, level=Place.Level.STREET)
    of_day = Ticket.unscoped.filter(place=place, day=today())
    called = of_day.filter(state=Ticket.State.CALLED).order_by("-called_at")[:SHOWN]
    waiting = of_day.filter(state=Ticket.State.WAITING).count()
    return render(request, "public/hall.html", {"place": place, "called": called, "waiting": waiting})
