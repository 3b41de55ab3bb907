"""Finance of a district: draft, check, send, reconcile, close; and the auditor's page of the log."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onewindow.kernel.audit.acting import Refused, can
from onewindow.kernel.audit.chain import append_line
from onewindow.kernel.audit.models import Anchor, AuditLine, ChainHead
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.funds import fund_for
from onewindow.kernel.grants.ledger import balance
from onewindow.kernel.grants.models import PaymentItem, PaymentRun, RunFinding
from onewindow.kernel.grants.scope import FINANCE
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.posts import Post
from onewindow.web.access import staff_page
from onewindow.web.desk.export import workbook
from onewindow.web.desk.forms import DraftRun, ReasonOnly
from onewindow.web.public.templatetags.ow import account
from onewindow.web.ui.listing import page_by_key

HEADS = ("月份", "户名", "账号", "金额（元）", "情况", "退票原因", "办件编号")
MOST_PAYMENTS = 50_000
"""Of one district, benefit and month."""

finance_page = staff_page(*FINANCE)


@finance_page
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    runs = PaymentRun.objects.seen_by(actor).select_related("place", "drafted_by", "approved_by")
    page = page_by_key(runs, request, size=20)
    rows = [(run, matters()[run.benefit].name) for run in page.rows]
    context = {"page": page, "rows": rows, "form": _draft_form(), "may_draft": actor.holds(Post.DISTRICT_FINANCE)}
    return render(request, "desk/payments.html", context)


def _draft_form(data: Any = None) -> DraftRun:
    form = DraftRun(data, initial={"month": f"{today():%Y-%m}"})
    form.fields["benefit"].choices = [(m.code, m.name) for m in matters().values() if m.grant]  # type: ignore[attr-defined]
    return form


@finance_page
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    actor, form = request.actor, _draft_form(request.POST)  # type: ignore[attr-defined]
    if not form.is_valid():
        messages.error(request, "请选择项目，并按“2026-12”的样式填写月份。")
        return redirect("desk:payments")
    place = next((held.place for held in actor.posts if held.post == Post.DISTRICT_FINANCE), "")
    try:
        run = payroll.draft_run(actor, get_object_or_404(Place, pk=place), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("desk:payments")
    messages.success(request, f"已编制{run.count}笔，请复核人复核。")
    return redirect("desk:payment_run", run.public_id)


def _run(request: HttpRequest, public_id: UUID) -> PaymentRun:
    runs = PaymentRun.objects.seen_by(request.actor).select_related("place", "drafted_by", "approved_by", "closed_by")  # type: ignore[attr-defined]
    return get_object_or_404(runs, public_id=public_id)


@finance_page
@require_safe
def payment_run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Total, count and digest on the screen; what is approved is exactly this."""
    actor, run = request.actor, _run(request, public_id)  # type: ignore[attr-defined]
    items = PaymentItem.objects.filter(run=run).select_related("grant__case", "grant__holder")
    State = PaymentRun.State
    context = {
        "run": run, "benefit": matters()[run.benefit].name, "page": page_by_key(items, request, order="pk", size=50),
        "findings": run.findings.select_related("grant__case", "grant__holder").order_by("kind", "id")[:200],
        "counts": [(RunFinding.Kind(k).label, n) for k, n in run.findings.order_by().values_list("kind").annotate(n=Count("pk"))],
        "fund": fund_for(run.benefit, run.place_id, int(run.month[:4])),
        "held": run.suspenses.filter(freed_at=None).first(), "by_orders": payroll.goes_by_order(run.benefit),
        "fund_required": settings.FUND_REQUIRED, "owed_fen": balance(f"owed:{run.file_id}"), "cancel": ReasonOnly(),
        "may_approve": run.state == State.DRAFT and can(actor, "payroll.approve", run)
        and actor.person_id != run.drafted_by_id,
        "may_cancel": run.state == State.DRAFT and can(actor, "payroll.cancel", run),
        "may_close": run.state == State.ANSWERED and can(actor, "payroll.close", run),
    }  # fmt: skip
    return render(request, "desk/payment_run.html", context)


@finance_page
@require_safe
def payment_workbook(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The whole list of a run; the taking is in the log. Numbers of accounts stay masked, as on the screen."""
    run = _run(request, public_id)
    items = PaymentItem.objects.filter(run=run).select_related("grant__case").order_by("pk")
    append_line(
        shard="12", action="payroll.export", target=f"grants.paymentrun:{run.pk}", actor=request.actor, subject=None,  # type: ignore[attr-defined]
        reason="导出发放名册", detail={"rows": run.count},
    )  # fmt: skip
    return workbook(f"{run.month}发放名册", HEADS, map(_row, items.iterator(chunk_size=2_000)), most=MOST_PAYMENTS)


def _row(item: PaymentItem) -> tuple[str | Decimal, ...]:
    return (
        item.month, item.account_name, account(item.account), Decimal(item.amount_fen) / 100, item.get_state_display(),
        item.bank_reason, item.grant.case.number or "",
    )  # fmt: skip


@finance_page
@require_POST
def payment_act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    actor, run = request.actor, _run(request, public_id)  # type: ignore[attr-defined]
    acts: dict[str, tuple[Any, str]] = {
        "approve": (
            lambda: payroll.approve_run(actor, run, digest=request.POST.get("digest", "")),
            "已复核，将发送银行。",
        ),
        "cancel": (lambda: payroll.cancel_run(actor, run, reason=request.POST.get("reason", "")), "名册已作废。"),
        "close": (lambda: payroll.close_run(actor, run), "已对账关账。"),
    }
    act, done = acts[verb]
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:payment_run", public_id)


@staff_page(Post.AUDITOR)
@require_http_methods(["GET"])
def audit(request: HttpRequest) -> HttpResponse:
    """The log, newest first; the whole chain is checked from the command line, by a program of the auditor's own."""
    lines = AuditLine.objects.all()
    text = request.GET.get("q", "").strip()[:60]
    if text:
        lines = lines.filter(action__startswith=text)
    context = {
        "page": page_by_key(lines, request, size=50), "text": text,
        "heads": ChainHead.objects.order_by("shard"), "anchor": Anchor.objects.order_by("-id").first(),
    }  # fmt: skip
    return render(request, "desk/audit.html", context)
