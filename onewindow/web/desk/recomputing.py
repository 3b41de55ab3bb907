"""Lists of new sums: what the law changed, checked by one person and approved by another; and the months ahead."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from onewindow.fields.finding import queries
from onewindow.fields.finding.actions import recomputing
from onewindow.fields.finding.models import Recomputation
from onewindow.fields.finding.scope import LIST_POSTS
from onewindow.kernel.audit.acting import Refused, can
from onewindow.kernel.staff.posts import BUDGET_POSTS
from onewindow.web.access import staff_page
from onewindow.web.desk.chart import chart_of
from onewindow.web.desk.forms import ReasonOnly
from onewindow.web.ui.listing import page_by_key

lists_page = staff_page(*LIST_POSTS)
State = Recomputation.State


@lists_page
@require_safe
def recomputations(request: HttpRequest) -> HttpResponse:
    page = page_by_key(queries.lists_seen(request.actor), request, size=20)  # type: ignore[attr-defined]
    return render(request, "desk/recomputations.html", {"page": page})


@lists_page
@require_safe
def recomputation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Count, total and digest on the screen; what is approved is exactly this."""
    actor, told = request.actor, queries.open_list(request.actor, public_id)  # type: ignore[attr-defined]
    context = {
        "told": told, "page": page_by_key(queries.lines_of(told), request, order="pk", size=50), "cancel": ReasonOnly(),
        "may_check": told.state == State.DRAFT and can(actor, "recompute.check", told),
        "may_approve": told.state == State.CHECKED and can(actor, "recompute.approve", told)
        and actor.person_id != told.checked_by_id,
        "may_cancel": told.state in (State.DRAFT, State.CHECKED) and can(actor, "recompute.cancel", told),
    }  # fmt: skip
    return render(request, "desk/recomputation.html", context)


@lists_page
@require_POST
def recomputation_act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    actor, told = request.actor, queries.seen_list(request.actor, public_id)  # type: ignore[attr-defined]
    digest = request.POST.get("digest", "")
    acts: dict[str, tuple[Any, str]] = {
        "check": (lambda: recomputing.check_list(actor, told, digest=digest), "已核对，待负责人批准。"),
        "approve": (lambda: recomputing.approve_list(actor, told, digest=digest), "已批准，正在写入。"),
        "cancel": (
            lambda: recomputing.cancel_list(actor, told, reason=request.POST.get("reason", "")),
            "名单已作废。",
        ),
    }
    act, done = acts[verb]
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:recomputation", public_id)


@staff_page(*BUDGET_POSTS)
@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """Sums of the whole city by the law of each month, beside what was paid a year before."""
    forecast = queries.newest_forecast()
    context = {"forecast": forecast, "benefits": chart_of(forecast.rows) if forecast else []}
    return render(request, "desk/budget.html", context)
