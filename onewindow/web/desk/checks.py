"""Sources that are late or could not answer: ask again, or complete by letter (函证)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from onewindow.exchange.asking import ask_again, complete_by_letter, waiting_for_a_person
from onewindow.exchange.models import Query
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.fields import MoneyField
from onewindow.kernel.staff.posts import CASE_POSTS
from onewindow.web.access import staff_page
from onewindow.web.ui.listing import page_by_key

check_page = staff_page(*CASE_POSTS)


class AskAgainForm(forms.Form):
    reason = forms.CharField(label="重新查询的原因", max_length=200, help_text="例如：已与该单位确认系统恢复。")


class LetterForm(forms.Form):
    reason = forms.CharField(
        label="回函文号、日期和函证原因", max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：〔2026〕12号，2026年11月20日；接口逾期未答复。",
    )  # fmt: skip


class BankLetterForm(LetterForm):
    amount = MoneyField(label="回函载明的存款等合计（元）", help_text="没有填0。")


class HomeLetterForm(LetterForm):
    amount = forms.IntegerField(label="回函载明的住房（套）", min_value=0, max_value=50)


@check_page
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    page = page_by_key(waiting_for_a_person(request.actor), request, order="due_on", size=30)  # type: ignore[attr-defined]
    return render(request, "desk/checks.html", {"page": page})


@check_page
@require_http_methods(["GET", "POST"])
def by_letter(request: HttpRequest, query_id: int) -> HttpResponse:
    query = _query(request, query_id)
    form_class = HomeLetterForm if query.partner.source == "HOUSE" else BankLetterForm
    return _ask(request, query, form_class, complete_by_letter, "登记函证结果", "函证结果已登记。")


@check_page
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, query_id: int) -> HttpResponse:
    return _ask(request, _query(request, query_id), AskAgainForm, ask_again, "重新查询", "已重新发出查询。")


def _query(request: HttpRequest, query_id: int) -> Query:
    seen = Query.objects.seen_by(request.actor).select_related("case__applicant", "partner", "subject")  # type: ignore[attr-defined]
    return get_object_or_404(seen, pk=query_id)


def _ask(
    request: HttpRequest, query: Query, form_class: type[forms.Form], act: Any, title: str, done: str
) -> HttpResponse:
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(request.actor, query, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("desk:case", query.case.public_id)
    context = {"case": query.case, "query": query, "form": form, "title": title}
    return render(request, "desk/check.html", context, status=422 if form.errors else 200)
