"""标准调整: a proposal written, simulated, handed in, approved by two others, and withdrawn before its date."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onewindow.fields.policy import queries
from onewindow.fields.policy.actions import deciding, drafting, simulating
from onewindow.fields.policy.models import SimulationRun, StandardProposal
from onewindow.kernel.audit.acting import Refused, can
from onewindow.kernel.cases.fields import MoneyField, yuan_text
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import POLICY_POSTS, Post
from onewindow.web.access import staff_page
from onewindow.web.desk.districts import HEIGHT, INSET, WIDTH
from onewindow.web.desk.export import workbook
from onewindow.web.desk.forms import ReasonOnly
from onewindow.web.desk.simulated import HEADS, sheet, shown
from onewindow.web.ui.listing import page_by_key

policy_page = staff_page(*POLICY_POSTS)
drafter_page = staff_page(Post.CITY_POLICY)
State = StandardProposal.State


class ProposalForm(forms.Form):
    figure = forms.ChoiceField(label="调整哪一项标准")
    value_fen = MoneyField(label="新标准（元）", help_text="例如 1080。")
    month = forms.RegexField(
        label="从哪个月起执行", regex=drafting.MONTH.pattern + r"\Z", max_length=7,
        help_text="从该月1日起，例如 2027-01。", error_messages={"invalid": "请按“2027-01”的样式填写执行月份。"},
    )  # fmt: skip
    is_study = forms.BooleanField(label="只作试算：可以选过去的月份，看当时调整要花多少；不能提交批准", required=False)
    document = forms.CharField(label="文件名称和文号", max_length=120, help_text="例如：津民规〔2026〕9号。")
    reason = forms.CharField(label="调整理由", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = drafting.proposable(drafting.this_month())
        self.fields["figure"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((each.name, f"{each.label}：现为{each.per}{yuan_text(each.fen)}元") for each in now),
        ]


@policy_page
@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    page = page_by_key(queries.proposals_seen(actor), request, size=20)
    context = {"page": page, "may_draft": can(actor, "standard.draft", None)}
    return render(request, "desk/standards.html", context)


@drafter_page
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None, ProposalForm(request.POST or None))


@drafter_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    proposal = queries.seen_proposal(request.actor, public_id)  # type: ignore[attr-defined]
    if not proposal.is_open or proposal.drafted_by_id != request.actor.person_id:  # type: ignore[attr-defined]
        raise Http404
    initial = {name: getattr(proposal, name) for name in ProposalForm.base_fields}
    return _form_page(request, proposal, ProposalForm(request.POST or None, initial=initial))


def _form_page(request: HttpRequest, proposal: StandardProposal | None, form: ProposalForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        act = drafting.change_proposal if proposal else drafting.draft_proposal
        try:
            done = act(request.actor, proposal, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "已保存，请试算。")
            return redirect("desk:standard", done.public_id)
    context = {"form": form, "proposal": proposal}
    return render(request, "desk/standard_form.html", context, status=422 if form.errors else 200)


@policy_page
@require_safe
def standard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _proposal_page(request, queries.seen_proposal(request.actor, public_id))  # type: ignore[attr-defined]


def _proposal_page(request: HttpRequest, proposal: StandardProposal, wrong: str = "") -> HttpResponse:
    actor, run = request.actor, proposal.run  # type: ignore[attr-defined]
    is_done = run is not None and run.state == SimulationRun.State.DONE
    context = {
        "proposal": proposal, "run": run, "notes": queries.notes_of(proposal), "wrong": wrong, "typed": request.POST,
        "told": shown(run) if run is not None and is_done else None, "reason": ReasonOnly(), "width": WIDTH,
        "height": HEIGHT, "inset": INSET, "populations": _populations(), **_may(actor, proposal, is_done=is_done), "is_reckoning": run is not None and not run.is_over,
    }  # fmt: skip
    response = render(request, "desk/standard.html", context, status=422 if wrong else 200)
    if run is not None and not run.is_over and not wrong:
        response.headers["Refresh"] = "3"  # nothing is typed on this page while it reckons
    return response


def _may(actor: Actor, proposal: StandardProposal, *, is_done: bool) -> dict[str, bool]:
    """Which buttons the page shows; the acts ask again."""
    is_mine = actor.person_id == proposal.drafted_by_id
    is_approver = can(actor, "standard.approve", proposal) and not is_mine
    return {
        "may_change": is_mine and proposal.is_open,
        "may_submit": is_mine and proposal.is_open and is_done and not proposal.is_study,
        "may_approve": is_approver and proposal.is_waiting and actor.person_id != proposal.first_by_id,
        "may_return": is_approver and proposal.is_waiting,
        "may_withdraw": (is_mine and proposal.state not in (State.APPROVED, State.WITHDRAWN))
        or (
            proposal.state == State.APPROVED
            and can(actor, "standard.approve", proposal)
            and proposal.month > drafting.this_month()
        ),
    }


def _populations() -> list[tuple[str, str]]:
    return [(code, str(SimulationRun.Population(code).label)) for code in drafting.populations()]


DONE = {
    "simulate": "已开始试算，算完后显示在本页。", "submit": "已提交，待两人批准。", "approve": "已批准。",
    "return": "已退回起草人。", "withdraw": "已撤回。",
}  # fmt: skip


@policy_page
@require_POST
def standard_act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """What was typed stays where it can't be taken."""
    proposal = queries.seen_proposal(request.actor, public_id)  # type: ignore[attr-defined]
    try:
        _act(request, proposal, verb)
    except Refused as refusal:
        return _proposal_page(request, queries.seen_proposal(request.actor, public_id), refusal.message)  # type: ignore[attr-defined]
    messages.success(request, DONE[verb])
    return redirect("desk:standard", public_id)


def _act(request: HttpRequest, proposal: StandardProposal, verb: str) -> None:
    actor, told = request.actor, request.POST  # type: ignore[attr-defined]
    reason = told.get("reason", "")
    acts: dict[str, Any] = {
        "simulate": lambda: simulating.ask_for_simulation(actor, proposal, population=told.get("population", "")),
        "submit": lambda: drafting.submit_proposal(actor, proposal),
        "approve": lambda: deciding.approve_proposal(actor, proposal, digest=told.get("digest", "")),
        "return": lambda: deciding.return_proposal(actor, proposal, reason=reason),
        "withdraw": lambda: deciding.withdraw_proposal(actor, proposal, reason=reason),
    }
    acts[verb]()


@policy_page
@require_safe
def standard_workbook(request: HttpRequest, public_id: UUID) -> HttpResponse:
    proposal = queries.seen_proposal(request.actor, public_id)  # type: ignore[attr-defined]
    run = proposal.run
    if run is None or run.state != SimulationRun.State.DONE:
        raise Http404
    return workbook("标准调整试算", HEADS, sheet(run))
