"""政策找人: the list of leads, and one lead worked to its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from onewindow.fields.finding import queries
from onewindow.fields.finding.actions import working
from onewindow.fields.finding.models import Lead
from onewindow.fields.finding.scope import FINDERS
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.audit.chain import append_line
from onewindow.web.access import staff_page
from onewindow.web.desk.export import MOST_ROWS, workbook
from onewindow.web.ui.listing import chosen_sort, page_by_key

finder_page = staff_page(*FINDERS)
SORTS = {"rank": "rank", "sum": "expected_fen", "found": "pk"}
HEADS = ("类型", "待遇", "姓名", "所在地", "现发（元/月）", "应发（元/月）", "把握", "状态", "原因")


@finder_page
@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.leads_asked_for(actor, request.GET)
    page = page_by_key(found, request, order=chosen_sort(request, SORTS, "-rank"), size=30)
    context = {
        "page": page, "rows": [(lead, queries.benefit_name(lead)) for lead in page.rows],
        "waiting": queries.waiting(actor), "kinds": Lead.Kind.choices, "states": Lead.State.choices,
        "benefits": queries.benefits_found(), "places": queries.places_of(actor), "asked": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "desk/leads.html", context)


@finder_page
@require_safe
def lead_workbook(request: HttpRequest) -> HttpResponse:
    """What the list shows, to take along; the taking is in the log."""
    actor = request.actor  # type: ignore[attr-defined]
    found = list(queries.leads_asked_for(actor, request.GET).order_by("-rank", "-id")[:MOST_ROWS])
    append_line(
        shard="12", action="lead.export", target="leads", actor=actor, subject=None, reason="导出政策找人线索",
        detail={"rows": len(found)},
    )  # fmt: skip
    return workbook("政策找人", HEADS, (_row(lead) for lead in found))


def _row(lead: Lead) -> tuple[str | int, ...]:
    return (
        lead.get_kind_display(), queries.benefit_name(lead), lead.person.name, lead.place.name,
        f"{lead.now_fen / 100:.2f}", f"{lead.expected_fen / 100:.2f}", lead.certainty, lead.get_state_display(),
        lead.reason,
    )  # fmt: skip


@finder_page
@require_safe
def lead(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _lead_page(request, public_id)


def _lead_page(request: HttpRequest, public_id: UUID, wrong: str = "") -> HttpResponse:
    read = queries.open_lead(request.actor, public_id)  # type: ignore[attr-defined]
    context = {
        **vars(read), "ways": queries.WAYS.items(), "consents": queries.CONSENTS.items(),
        "endings": queries.ENDINGS.items(), "wrong": wrong, "typed": request.POST,
    }  # fmt: skip
    return render(request, "desk/lead.html", context, status=422 if wrong else 200)


@finder_page
@require_POST
def lead_act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """Take, give back, note a call, record consent, end, or apply for the person; what was typed stays where it can't be taken."""
    found = queries.seen_lead(request.actor, public_id)  # type: ignore[attr-defined]
    try:
        done = _act(request, found, verb)
    except Refused as refusal:
        return _lead_page(request, public_id, refusal.message)
    if verb == "apply" and done.case is not None:
        return redirect("desk:fill", done.case.public_id)
    messages.success(request, DONE[verb])
    return redirect("desk:lead", public_id)


DONE = {
    "take": "已认领。", "release": "已退回。", "contact": "联系情况已记录。", "consent": "已记录同意，可以查看测算。",
    "end": "线索已办结。", "apply": "已开始申请。",
}  # fmt: skip


def _act(request: HttpRequest, found: Lead, verb: str) -> Lead:
    actor, told = request.actor, request.POST  # type: ignore[attr-defined]
    acts: dict[str, Any] = {
        "take": lambda: working.take(actor, found),
        "release": lambda: working.release(actor, found),
        "contact": lambda: working.contact(actor, found, way=told.get("way", ""), text=told.get("text", "")),
        "consent": lambda: working.record_consent(actor, found, given=told.get("given", "")),
        "end": lambda: working.end(actor, found, outcome=told.get("outcome", ""), reason=told.get("reason", "")),
        "apply": lambda: working.open_case(actor, found),
    }
    done: Lead = acts[verb]()
    return done
