"""督办: every office's open cases by colour, and why clocks were stopped. Each figure leads to its cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onewindow.kernel.cases.supervision import halts, offices
from onewindow.kernel.catalog import matters
from onewindow.kernel.staff.posts import CASE_POSTS, SUPERVISING_POSTS
from onewindow.web.access import staff_page


@staff_page(*SUPERVISING_POSTS)
@require_safe
def offices_page(request: HttpRequest) -> HttpResponse:
    actor, matter = request.actor, request.GET.get("matter", "")  # type: ignore[attr-defined]
    lines = offices(actor, matter)
    total = {tone: sum(getattr(line, tone) for line in lines) for tone in ("open", "red", "yellow", "green", "paused")}
    context = {
        "offices": lines, "total": total, "matters": matters().values(), "matter": matter if matter in matters() else "",
        "can_open": actor.holds(*CASE_POSTS),
    }  # fmt: skip
    return render(request, "desk/supervision.html", context)


@staff_page(*(SUPERVISING_POSTS & CASE_POSTS))
@require_safe
def halts_page(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/halts.html", {"halts": halts(request.actor)})  # type: ignore[attr-defined]
