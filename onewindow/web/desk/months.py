"""A month's close: what was paid, what still differs, and the report under which the checker closes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from onewindow.kernel.audit.acting import Refused, can
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.grants.closing import close_month, close_of, report_of
from onewindow.kernel.grants.months import month_of, months_after
from onewindow.kernel.grants.scope import FINANCE
from onewindow.kernel.places.models import Place
from onewindow.web.access import staff_page

SHOWN = 12


@staff_page(*FINANCE)
@require_http_methods(["GET", "POST"])
def month(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    place = get_object_or_404(Place, pk=next(held.place for held in actor.posts if held.post in FINANCE))
    months = [months_after(month_of(today()), 1 - n) for n in range(SHOWN + 1)]
    asked = (request.POST if request.method == "POST" else request.GET).get("month", "")
    chosen = asked if asked in months else month_of(today())
    if request.method == "POST":
        try:
            close_month(actor, place, month=chosen, digest=request.POST.get("digest", ""))
            messages.success(request, f"{chosen}已关账。")
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect(f"{reverse('desk:month')}?month={chosen}")
    report, closed = report_of(place, chosen), close_of(place, chosen)
    context = {
        "place": place, "month": chosen, "months": months, "report": report, "closed": closed,
        "may_close": not closed and report.rows and not report.differences and can(actor, "payroll.close_month", place),
    }  # fmt: skip
    return render(request, "desk/month.html", context)
