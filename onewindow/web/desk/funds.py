"""Funds: what was given, promised, spent and is left; and behind every figure the entries, behind each entry its record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onewindow.kernel.audit.acting import Refused, can
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.fields import MoneyField
from onewindow.kernel.cases.models import Case
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants import funds
from onewindow.kernel.grants.models import Fund, FundEntry, PaymentRun
from onewindow.kernel.grants.scope import FINANCE, FUND_READERS
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.posts import Post
from onewindow.web.access import staff_page
from onewindow.web.ui.listing import page_by_key

fund_page = staff_page(*FINANCE, *FUND_READERS)
Kind = FundEntry.Kind
FIGURES = {
    "budget": ("预算", (Kind.BUDGET, Kind.CUT)),
    "committed": ("占用", (Kind.COMMIT, Kind.RELEASE, Kind.SPEND)),
    "spent": ("支出", (Kind.SPEND, Kind.BACK)),
}
"""A figure on the page → the kinds of entries that make it up."""


OF_RUNS = {"commit": "名册复核", "spend": "银行已到账", "release": "退票释放"}
"""The word before the colon of an entry's key → what is said of it."""


class OpenFund(forms.Form):
    name = forms.CharField(label="资金名称", max_length=60)
    code = forms.ChoiceField(label="用于")
    kind = forms.ChoiceField(label="类别", choices=Fund.Kind.choices)
    year = forms.IntegerField(label="年度", min_value=2020, max_value=2100)


class AddBudget(forms.Form):
    amount_fen = MoneyField(label="金额（元）")
    less = forms.BooleanField(label="是调减，不是追加", required=False)
    document = forms.CharField(label="预算文件名称或文号", max_length=200)


@dataclass(frozen=True)
class Row:
    entry: FundEntry
    sign: int
    url: str
    of: str
    words: str


@fund_page
@require_http_methods(["GET", "POST"])
def fund_list(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    place = next((held.place for held in actor.posts if held.post == Post.DISTRICT_FINANCE), "")
    form = _open_form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and place and form.is_valid():
        try:
            fund = funds.open_fund(actor, get_object_or_404(Place, pk=place), **form.cleaned_data)
            messages.success(request, "资金已设立，请下达预算。")
            return redirect("desk:fund", fund.public_id)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
    seen = Fund.objects.seen_by(actor)
    years = sorted(set(seen.values_list("year", flat=True)) | {today().year}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else today().year
    found = seen.filter(year=year).select_related("place").order_by("place_id", "code")
    totals = {
        name: sum(getattr(fund, name) for fund in found)
        for name in ("budget_fen", "committed_fen", "spent_fen", "left_fen")
    }
    context = {
        "page": page_by_key(found.order_by(), request, order="pk", size=50), "years": years, "year": year, "totals": totals,
        "form": form if place else None, "is_open": form.is_bound,
    }  # fmt: skip
    return render(request, "desk/funds.html", context)


def _open_form(data: Any) -> OpenFund:
    form = OpenFund(data, initial={"year": today().year})
    names: dict[str, list[str]] = {}
    for matter in matters().values():
        if matter.grant:
            names.setdefault(funds.code_of(matter.code), []).append(matter.name)
    form.fields["code"].choices = [(code, "、".join(each)) for code, each in sorted(names.items())]  # type: ignore[attr-defined]
    return form


@fund_page
@require_safe
def fund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _fund_page(request, public_id, AddBudget())


@fund_page
@require_http_methods(["POST"])
def fund_budget(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor, form = request.actor, AddBudget(request.POST)  # type: ignore[attr-defined]
    found = get_object_or_404(Fund.objects.seen_by(actor), public_id=public_id)
    if form.is_valid():
        fen = form.cleaned_data["amount_fen"] * (-1 if form.cleaned_data["less"] else 1)
        try:
            funds.add_budget(actor, found, amount_fen=fen, document=form.cleaned_data["document"])
            messages.success(request, "预算已调整。")
            return redirect("desk:fund", public_id)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
    return _fund_page(request, public_id, form)


def _fund_page(request: HttpRequest, public_id: UUID, form: AddBudget) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(Fund.objects.seen_by(actor).select_related("place"), public_id=public_id)
    figure = request.GET.get("figure", "")
    entries = found.entries.all()
    if figure in FIGURES:
        entries = entries.filter(kind__in=FIGURES[figure][1])
    page = page_by_key(entries, request, size=50)
    context = {
        "fund": found, "page": page, "rows": _rows(actor, page.rows, figure), "figure": figure,
        "figure_name": FIGURES[figure][0] if figure in FIGURES else "",
        "figures": [(key, name, getattr(found, f"{key}_fen")) for key, (name, _) in FIGURES.items()],
        "form": form if can(actor, "fund.budget", found) else None,
    }  # fmt: skip
    return render(request, "desk/fund.html", context)


def _rows(actor: Any, entries: Iterable[FundEntry], figure: str) -> list[Row]:
    """
    Each with the decision or the run it is from, where this actor may open it; two questions for however many. Who may not
    open it reads neither the case's number nor the run's.
    """
    found = list(entries)
    cases = _cases(actor, [each.key.partition(":")[2] for each in found if each.key.startswith("decision:")])
    runs = _runs(actor, {_run_of(each) for each in found})
    rows = []
    for each in found:
        word, _, rest = each.key.partition(":")
        if word == "decision":
            url, of, words = cases.get(rest, ""), "办件", "审核确认"
        elif word in OF_RUNS:
            url, of, words = runs.get(_run_of(each), ""), _run_of(each), OF_RUNS[word]
        else:
            url, of, words = "", "", each.text
        sign = funds.SIGNS[each.kind].get(f"{figure or 'budget'}_fen", 0)
        rows.append(Row(each, sign, url, of, words))
    return rows


def _run_of(entry: FundEntry) -> str:
    return entry.text.removesuffix("复核").removesuffix("银行答复")


def _cases(actor: Any, decisions: list[str]) -> dict[str, str]:
    seen = Case.objects.seen_by(actor).filter(decisions__in=[pk for pk in decisions if pk.isdecimal()])
    return {str(pk): reverse("desk:case", args=[of]) for pk, of in seen.values_list("decisions", "public_id")}


def _runs(actor: Any, names: set[str]) -> dict[str, str]:
    """By their file names: `benefit-2026-12-120101-1`."""
    wanted = Q(pk=None)
    for name in names:
        benefit, *rest = name.rsplit("-", 4)
        if len(rest) == 4 and rest[3].isdecimal():
            wanted |= Q(benefit=benefit, month=f"{rest[0]}-{rest[1]}", place__code__startswith=rest[2], serial=rest[3])
    runs = PaymentRun.objects.seen_by(actor).filter(wanted)
    return {run.file_id: reverse("desk:payment_run", args=[run.public_id]) for run in runs}
