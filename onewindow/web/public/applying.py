"""Filling in an application, a few things on each page; the window clerk's pages walk the same steps."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.actions import applying as acts
from onewindow.kernel.cases.facts import Sheet, sheets
from onewindow.kernel.cases.missing import adults, consents_in_force, missing, paper_needs
from onewindow.kernel.cases.models import Case
from onewindow.web.access import resident_page
from onewindow.web.public.forms import AccountForm
from onewindow.web.typed import row_number

FAMILY, ACCOUNT, PAPERS, CONSENT, CHECK = "family", "account", "papers", "consent", "check"


@dataclass(frozen=True)
class Stop:
    """One page of the form."""

    key: str
    name: str
    number: int
    state: str = "todo"  # done, current, todo


def stops(case: Case, now: str) -> list[Stop]:
    found = [(FAMILY, "家庭成员")] if case.matter.applicant == "household" else []
    found += [(sheet.key, sheet.title) for sheet in sheets(case)]
    if case.matter.grant:
        found.append((ACCOUNT, "收款账户"))
    if case.matter.materials:
        found.append((PAPERS, "材料"))
    if case.matter.asks_consent:
        found.append((CONSENT, "授权" if case.matter.asks_sources else "双方签字"))
    found.append((CHECK, "核对并提交"))
    keys = [key for key, _ in found]
    at = keys.index(now) if now in keys else 0
    states = ["done" if n < at else "current" if n == at else "todo" for n in range(len(found))]
    return [Stop(key, name, n, states[n - 1]) for n, (key, name) in enumerate(found, 1)]


def draft_of(request: HttpRequest, public_id: UUID) -> Case:
    return get_object_or_404(Case.objects.seen_by(request.actor), public_id=public_id)  # type: ignore[attr-defined]


def case_to_fill(request: HttpRequest, public_id: UUID) -> Case:
    case = draft_of(request, public_id)
    if not acts.may_fill(request.actor, case):  # type: ignore[attr-defined]
        raise Http404
    return case


def fill_page(request: HttpRequest, case: Case, step: str, *, desk: bool) -> HttpResponse:
    """Shared by the resident's and the clerk's pages: show one stop, or keep it and go on."""
    route = "desk:fill" if desk else "public:fill"
    if not case.can_be_edited:
        return redirect("desk:case" if desk else "public:case", case.public_id)
    way = stops(case, step)
    here = next((stop for stop in way if stop.state == "current"), way[0])
    context: dict[str, Any] = {"case": case, "stops": way, "here": here, "desk": desk, "route": route}
    if request.method == "POST":
        went_well = _keep(request, case, here.key, context)
        if went_well:
            return _go_on(request, case, way, here, route)
    else:
        _show(case, here.key, context)
    context["base"] = "ui/desk_base.html" if desk else "ui/public_base.html"
    return render(request, "public/fill.html", context, status=422 if request.method == "POST" else 200)


def _show(case: Case, key: str, context: dict[str, Any]) -> None:
    sheet = next((each for each in sheets(case) if each.key == key), None)
    if sheet is not None:
        context["sheet"] = sheet
    elif key == ACCOUNT:
        context["form"] = AccountForm(
            initial={"account": case.pay_to, "account_name": case.pay_to_name or case.applicant.name}
        )
    elif key == PAPERS:
        context["needs"] = paper_needs(case)
        context["papers"] = case.papers.filter(removed_at=None).select_related("paper")
    elif key == CONSENT:
        context["consents"] = consent_rows(case)
    elif key == CHECK:
        context["missing"] = missing(case)
        context["sheets"] = sheets(case)
    context["members"] = case.listed_members


def consent_rows(case: Case) -> list[dict[str, Any]]:
    given = {each.person_id: each for each in consents_in_force(case)}
    return [{"person": m.person, "consent": given.get(m.person_id)} for m in adults(case)]


def _keep(request: HttpRequest, case: Case, key: str, context: dict[str, Any]) -> bool:
    actor = request.actor  # type: ignore[attr-defined]
    sheet = next((each for each in sheets(case) if each.key == key), None)
    if sheet is not None:
        return _keep_sheet(request, case, sheet, context)
    if key == ACCOUNT:
        form = AccountForm(request.POST)
        context["form"] = form
        if not form.is_valid():
            return False
        try:
            acts.set_account(actor, case, account=form.cleaned_data["account"], name=form.cleaned_data["account_name"])
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
            return False
    return True


def _keep_sheet(request: HttpRequest, case: Case, sheet: Sheet, context: dict[str, Any]) -> bool:
    errors = acts.save_case(request.actor, case, data=_with_other_sheets(request, case, sheet))  # type: ignore[attr-defined]
    case.refresh_from_db()
    if sheet.key not in errors or "later" in request.POST:
        return True
    _show(case, sheet.key, context)
    bound = context["sheet"].form.__class__(request.POST, prefix=sheet.key)
    bound.is_valid()
    context["sheet"] = Sheet(sheet.key, sheet.title, bound, sheet.member)
    return False


def _with_other_sheets(request: HttpRequest, case: Case, posted: Sheet) -> dict[str, Any]:
    """One page posts one sheet; the others stay as they are."""
    data: dict[str, Any] = {}
    for sheet in sheets(case):
        for name, field in sheet.form.fields.items():
            key = sheet.form.add_prefix(name)
            value = field.widget.format_value(field.prepare_value(sheet.form.initial.get(name)))
            data[key] = value[0] if isinstance(value, list) and value else (value if value is not None else "")
    data.update({key: value for key, value in request.POST.items() if key.startswith(f"{posted.key}-")})
    for name in posted.form.fields:
        data.setdefault(posted.form.add_prefix(name), "")
    return data


def _go_on(request: HttpRequest, case: Case, way: list[Stop], here: Stop, route: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, "已保存。您可以随时回来接着填。")
        return redirect("desk:intake" if route.startswith("desk") else "public:cases")
    keys = [stop.key for stop in way]
    after = keys[min(keys.index(here.key) + 1, len(keys) - 1)]
    return redirect(route + "_step", case.public_id, after)


@resident_page
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, public_id: UUID, step: str = "") -> HttpResponse:
    return fill_page(request, case_to_fill(request, public_id), step, desk=False)


def submit_here(request: HttpRequest, case: Case, *, desk: bool) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    try:
        case = acts.submit_case(actor, case)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("desk:fill_step" if desk else "public:fill_step", case.public_id, CHECK)
    messages.success(request, f"已提交，办件编号{case.number}。")
    return redirect("desk:case" if desk else "public:case", case.public_id)


@resident_page
@require_POST
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return submit_here(request, case_to_fill(request, public_id), desk=False)


def upload_here(request: HttpRequest, case: Case, *, desk: bool) -> HttpResponse:
    actor, file = request.actor, request.FILES.get("file")  # type: ignore[attr-defined]
    try:
        if file is None:
            raise Refused("请先选择要上传的照片或文件。")
        acts.upload_paper(actor, case, material=request.POST.get("material", ""), file=file)
        messages.success(request, "材料已上传。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:fill_step" if desk else "public:fill_step", case.public_id, PAPERS)


@resident_page
@require_POST
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return upload_here(request, case_to_fill(request, public_id), desk=False)


def remove_here(request: HttpRequest, case: Case, *, desk: bool) -> HttpResponse:
    paper = request.POST.get("paper", "")
    acts.remove_paper(request.actor, case, paper_id=row_number(paper))  # type: ignore[attr-defined]
    messages.success(request, "材料已移除。")
    return redirect("desk:fill_step" if desk else "public:fill_step", case.public_id, PAPERS)


@resident_page
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return remove_here(request, case_to_fill(request, public_id), desk=False)


def drop_here(request: HttpRequest, case: Case, *, desk: bool) -> HttpResponse:
    person = request.POST.get("person", "")
    try:
        acts.drop_member(
            request.actor,  # type: ignore[attr-defined]
            case,
            person_id=row_number(person),
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, "已从共同生活的家庭成员中移除。")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk:fill_step" if desk else "public:fill_step", case.public_id, FAMILY)


@resident_page
@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return drop_here(request, case_to_fill(request, public_id), desk=False)


@resident_page
@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    acts.discard_draft(request.actor, case_to_fill(request, public_id))  # type: ignore[attr-defined]
    messages.success(request, "草稿已删除。")
    return redirect("public:cases")


@resident_page
@require_POST
def consent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An adult of the household, applicant or not, gives the mandate for themselves."""
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(Case.unscoped.filter(members__person_id=actor.person_id), public_id=public_id)
    if request.POST.get("agree") != "on":
        messages.error(request, "请先勾选“我已阅读并同意”，再确认授权。")
    else:
        acts.give_consent(actor, case, person_id=actor.person_id)
        messages.success(request, "已授权。您可以随时在“我的”里查看或撤回。")
    if acts.is_applicant(actor, case) and case.can_be_edited:
        return redirect("public:fill_step", case.public_id, CONSENT)
    return redirect("public:consents")
