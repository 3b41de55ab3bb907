"""A resident's own cases: where they stand in plain words, what they got, and what they can still do."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from onewindow.kernel.audit.acting import Refused, can
from onewindow.kernel.cases.actions import applying, disputing
from onewindow.kernel.cases.clock import case_remaining
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.cases.progress import progress
from onewindow.kernel.cases.queries import seen_case
from onewindow.kernel.grants.models import PaymentItem
from onewindow.web.access import resident_page
from onewindow.web.public.applying import draft_of
from onewindow.web.public.forms import RatingForm, ReasonForm
from onewindow.web.public.what_next import what_next
from onewindow.web.ui.listing import page_by_key


@resident_page
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    mine = Case.objects.seen_by(actor).exclude(state=Case.State.DISCARDED).prefetch_related("suspensions")
    page = page_by_key(mine, request, size=20)
    rows = [(case, case_remaining(case) if case.is_open else None) for case in page.rows]
    return render(request, "public/cases.html", {"rows": rows, "page": page})


@resident_page
@require_safe
def case_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    case = seen_case(request.actor, public_id)  # type: ignore[attr-defined]
    if case.is_draft:
        return redirect("public:fill", case.public_id)
    return render(request, "public/case.html", _case_context(request, case))


def _case_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    decision = None if case.can_be_edited else case.decisions.select_related("assessment").order_by("-id").first()
    assessment = decision.assessment if decision else None
    calculation = assessment.result.get("steps", []) if assessment else []
    is_ended, runs = case.state in Case.ENDED, list(case.runs.order_by("id"))
    rating = getattr(case, "rating", None) if is_ended else None
    events = list(case.events.filter(is_public=True).order_by("-id"))
    return {
        "case": case,
        "clock": case_remaining(case) if case.is_open else None,
        "next": what_next(case, runs),
        "steps": progress(case, runs),
        "events": events,
        "letters": case.letters.select_related("letter").order_by("-id"),
        "notice": case.notices.filter(answered_at=None).order_by("-id").first() if case.can_be_edited else None,
        "decision": decision,
        "members": case.listed_members if calculation else [],
        "calculation": calculation,
        "findings": ports.own_findings(case, actor.person) if case.matter.asks_sources else [],
        "linked": case.linked.order_by("id") if any(event.code == "appealed" for event in events) else [],
        "payments": _payments(case) if decision and decision.is_approval else [],
        "rating": rating,
        "may_rate": is_ended and rating is None and can(actor, "case.rate", case),
        "may_withdraw": case.is_open and case.kind == Case.Kind.APPLICATION,
        "may_appeal": decision is not None and case.kind == Case.Kind.APPLICATION and is_ended,
        "may_object": case.state == Case.State.ACCEPTED and bool(case.matter.asks_sources),
    }


def _payments(case: Case) -> QuerySet[PaymentItem]:
    return PaymentItem.objects.filter(grant__case=case).select_related("grant").order_by("-month", "-attempt")


def _ask(request: HttpRequest, public_id: UUID, words: dict[str, str], act: Any) -> HttpResponse:
    """A page with one text to write; the act, or the same page with what is wrong."""
    case = draft_of(request, public_id)
    form = ReasonForm(request.POST or None, label=words["label"], hint=words["hint"])
    if request.method == "POST" and form.is_valid():
        try:
            result = act(case, form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", refusal.message)
        else:
            messages.success(request, words["done"])
            return redirect("public:case", (result if isinstance(result, Case) else case).public_id)
    context = {"case": case, "form": form, **words}
    return render(request, "public/ask.html", context, status=422 if form.errors else 200)


@resident_page
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    words = {
        "title": "撤回申请", "label": "撤回的原因", "button": "确认撤回", "done": "申请已撤回。以后需要时可以重新申请。",
        "hint": "例如：家庭情况已好转、填错了要重新申请。", "warn": "撤回后本次办理即告结束，不影响您以后再申请。",
    }  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    return _ask(request, public_id, words, lambda case, text: applying.withdraw_case(actor, case, reason=text))


@resident_page
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    words = {
        "title": "申诉", "label": "申诉的理由", "button": "提交申诉", "done": "申诉已提交，由区民政局复核。",
        "hint": "写明您认为哪里不对、有什么事实和材料（至少10个字）。",
        "warn": "由区民政局另派人员复核。您也可以直接申请行政复议（60日内）或提起行政诉讼（6个月内）。",
    }  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    return _ask(request, public_id, words, lambda case, text: disputing.open_appeal(actor, case, grounds=text))


@resident_page
@require_http_methods(["GET", "POST"])
def object_to_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    words = {
        "title": "对核对结果提出异议", "label": "哪一项不对、实际情况是什么", "button": "提交异议",
        "done": "异议已提交，经办人将重新核实。", "hint": "例如：名下的房子已于去年卖出（至少10个字）。",
        "warn": "只重新核实您提出异议的项目。",
    }  # fmt: skip
    actor = request.actor  # type: ignore[attr-defined]
    return _ask(request, public_id, words, lambda case, text: disputing.object_to_check(actor, case, text=text))


@resident_page
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    case = draft_of(request, public_id)
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applying.rate_case(request.actor, case, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "谢谢您的评价。不满意的评价会有专人回访。")
            return redirect("public:case", case.public_id)
    return render(request, "public/rate.html", {"case": case, "form": form}, status=422 if form.errors else 200)
