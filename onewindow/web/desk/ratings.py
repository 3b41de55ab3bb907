"""好差评: every office's ratings in figures, and the bad ones that the district calls back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.actions.calling_back import end_callback
from onewindow.kernel.cases.callbacks import open_callbacks, rated_offices, read_callback, seen_callback
from onewindow.kernel.cases.clock import remaining
from onewindow.kernel.cases.models import Rating
from onewindow.kernel.staff.posts import SUPERVISING_POSTS, Post
from onewindow.web.access import staff_page
from onewindow.web.ui.listing import page_by_key

calling_page = staff_page(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF)


class CallbackForm(forms.Form):
    called_on = forms.DateField(label="回访日期", widget=forms.DateInput(attrs={"type": "date"}))
    is_justified = forms.TypedChoiceField(
        label="反映的情况", choices=((1, "属实或部分属实"), (0, "不属实")), coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    found = forms.CharField(
        label="核实情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="评价人会看到这段话。"
    )
    measures = forms.CharField(
        label="整改措施", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="属实的必须填写。",
    )  # fmt: skip
    stars_again = forms.TypedChoiceField(
        label="回访后的满意程度", choices=(("", "没有再评价"), *Rating.Stars.choices), coerce=int, required=False,
        empty_value=None,
    )  # fmt: skip


@staff_page(*SUPERVISING_POSTS)
@require_safe
def rated_page(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    may_call = actor.holds(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF)
    return render(request, "desk/ratings.html", {"offices": rated_offices(actor), "may_call": may_call})


@calling_page
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    page = page_by_key(open_callbacks(request.actor), request, order="due_on", size=30)  # type: ignore[attr-defined]
    return render(
        request, "desk/callbacks.html", {"page": page, "rows": [(row, remaining(row.due_on)) for row in page.rows]}
    )


@calling_page
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    callback = (seen_callback if request.method == "POST" else read_callback)(actor, public_id)
    form = CallbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_callback(actor, callback, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "回访已登记，并已答复评价人。")
            return redirect("desk:callbacks")
    context = {"callback": callback, "case": callback.rating.case, "form": form}
    return render(request, "desk/call_back.html", context, status=422 if form.errors else 200)
