"""The officer's one page of a case, and what can be done on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from onewindow.kernel.audit.acting import Refused, can, log_look
from onewindow.kernel.cases import queries
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.clock import case_remaining, run_remaining
from onewindow.kernel.cases.facts import sheets
from onewindow.kernel.cases.missing import missing, paper_needs
from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.cases.records import InvalidRecord, record_form
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.papers.models import Letter, Paper
from onewindow.kernel.papers.opening import open_letter, open_paper
from onewindow.web.access import staff_page
from onewindow.web.desk.forms import CorrectForm, ExtendForm, ReasonOnly, RecordConsent, SuspendForm
from onewindow.web.desk.queue import AT_WORK

case_page_of = staff_page(*AT_WORK)


def seen_case(request: HttpRequest, public_id: UUID) -> Case:
    return queries.seen_case(request.actor, public_id)  # type: ignore[attr-defined]


@case_page_of
@require_safe
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = queries.open_case(request.actor, public_id)  # type: ignore[attr-defined]
    if found.is_draft:
        return redirect("desk:fill", found.public_id)
    return render(request, "desk/case.html", _main_tab(request, found))


def _main_tab(request: HttpRequest, case: Case, form: Form | None = None, wrong: str = "") -> dict[str, Any]:
    """Household, declared, found, the sum with its explanation, visits, notice and objections, and the step to do."""
    actor = request.actor  # type: ignore[attr-defined]
    read = queries.case_work(actor, case)
    return {
        "case": case,
        "clock": case_remaining(case) if case.is_open else None,
        "steps": read.steps,
        "sheets": read.sheets,
        "report": read.report,
        "assessment": read.assessment,
        "records": [(work.run, work.step) for work in read.records],
        "objections": read.objections,
        "mine": _work(read.mine.run, actor, form, wrong) if read.mine else None,
        "may_manage": case.state == Case.State.ACCEPTED and can(actor, "case.suspend", case),
        "may_extend": case.state == Case.State.ACCEPTED and can(actor, "case.extend", case),
        "tab": "main",
    }


def _work(run: StepRun, actor: Any, form: Form | None, wrong: str) -> dict[str, Any]:
    step = step_of_run(run)
    needs = paper_needs(run.case) if step.before_acceptance else []
    initial = {"amount_fen": run.case.facts.get("household", {}).get("requested_aid")} if step.record == "aid" else {}
    return {
        "run": run,
        "step": step,
        "clock": run_remaining(run),
        "form": form or record_form(step, initial=initial),
        "missing": missing(run.case, needs) if step.before_acceptance else [],
        "needs": needs,
        "is_claimed_by_me": run.claimed_by_id == actor.person_id,
        "wrong": wrong,
    }


@case_page_of
@require_safe
def papers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Papers, consents and letters of the case."""
    found = queries.open_case(request.actor, public_id)  # type: ignore[attr-defined]
    read = queries.case_papers(found)
    context = {
        "case": found, "tab": "papers", "clock": case_remaining(found) if found.is_open else None,
        "needs": read.needs, "papers": read.papers, "letters": read.letters,
        "consents": [{"person": person, "consent": consent} for person, consent in read.consents],
        "consent_form": RecordConsent(), "may_record_consent": can(request.actor, "case.consent", found),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "desk/case_papers.html", context)


@case_page_of
@require_safe
def history(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything that happened, the versions of the facts, and the suspension ledger."""
    found = queries.open_case(request.actor, public_id)  # type: ignore[attr-defined]
    clock = case_remaining(found) if found.is_open else None
    context = {"case": found, "tab": "history", "clock": clock, **vars(queries.case_history(found))}
    return render(request, "desk/case_history.html", context)


@case_page_of
@require_POST
def finish(request: HttpRequest, public_id: UUID, run_id: int) -> HttpResponse:
    """End my step; what was typed stays on the page where it can't be taken."""
    actor, found = request.actor, seen_case(request, public_id)  # type: ignore[attr-defined]
    run = get_object_or_404(found.runs, pk=run_id)
    step = step_of_run(run)
    try:
        after = working.finish_step(
            actor, run, outcome=request.POST.get("outcome", ""), record=request.POST,
            with_number=request.POST.get("with_number", ""), reason=request.POST.get("reason", ""),
            extra_items=tuple(request.POST.get("extra_items", "").splitlines()),
        )  # fmt: skip
    except InvalidRecord as wrong:
        return _again(request, found, step, wrong.message)
    except Refused as refusal:
        return _again(request, found, step, refusal.message)
    messages.success(request, f"已办结：{step.name}。")
    return redirect("desk:case", after.public_id)


def _again(request: HttpRequest, case: Case, step: Any, message: str) -> HttpResponse:
    form = record_form(step, request.POST)
    form.is_valid()
    return render(request, "desk/case.html", _main_tab(request, case, form, message), status=422)


def _act(request: HttpRequest, public_id: UUID, act: Any, done: str) -> HttpResponse:
    found = seen_case(request, public_id)
    try:
        act(found)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:case", public_id)


@case_page_of
@require_POST
def claim(request: HttpRequest, public_id: UUID, run_id: int) -> HttpResponse:
    release = "release" in request.POST
    act = working.release_step if release else working.claim_step
    return _act(
        request, public_id, lambda found: act(request.actor, get_object_or_404(found.runs, pk=run_id)),  # type: ignore[attr-defined]
        "已退回待办。" if release else "已认领。",
    )  # fmt: skip


VERBS: dict[str, tuple[str, type[Form], Any, str]] = {
    "suspend": ("中止计时", SuspendForm, working.suspend_case, "已中止计时。"),
    "extend": ("延长期限", ExtendForm, working.extend_case, "期限已延长。"),
    "terminate": ("终止办理", ReasonOnly, working.terminate_case, "已终止办理。"),
    "correct": ("更正事实", CorrectForm, working.correct_fact, "已更正，并重新计算。"),
}


@case_page_of
def manage(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """Suspend, extend, terminate, correct: each a small form with its reason and article."""
    read = queries.seen_case if request.method == "POST" else queries.open_case
    found = read(request.actor, public_id)  # type: ignore[attr-defined]
    title, form_class, act, done = VERBS[verb]
    form = form_class(request.POST or None)
    if verb == "correct":
        form.fields["field"].choices = fact_choices(found)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            act(request.actor, found, **_arguments(verb, form.cleaned_data))  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("desk:case", public_id)
    context = {"case": found, "form": form, "title": title, "verb": verb}
    return render(request, "desk/manage.html", context, status=422 if form.errors else 200)


def fact_choices(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (sheet.title, [(f"{sheet.key}:{name}", str(field.label)) for name, field in sheet.form.fields.items()])
        for sheet in sheets(case)
    ]


def _arguments(verb: str, told: dict[str, Any]) -> dict[str, Any]:
    if verb != "correct":
        return told
    sheet, _, field = told["field"].partition(":")
    value = {"是": "yes", "否": "no"}.get(told["value"], told["value"])
    return {"sheet": sheet, "field": field, "value": value, "reason": told["reason"]}


@case_page_of
@require_POST
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _act(request, public_id, lambda found: working.resume_case(request.actor, found), "已恢复计时。")  # type: ignore[attr-defined]


@case_page_of
@require_safe
def letter(request: HttpRequest, public_id: UUID, letter_id: UUID) -> HttpResponse:
    found = seen_case(request, public_id)
    kept = get_object_or_404(Letter.unscoped.filter(of_case__case=found), public_id=letter_id)
    log_look(request.actor, kept, reason=f"办理{found}")  # type: ignore[attr-defined]
    return open_letter(kept, as_attachment=False)


@case_page_of
@require_safe
def paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    found = seen_case(request, public_id)
    kept = get_object_or_404(Paper.unscoped.filter(pk__in=found.papers.values("paper_id")), public_id=paper_id)
    log_look(request.actor, kept, reason=f"办理{found}")  # type: ignore[attr-defined]
    return open_paper(kept)
