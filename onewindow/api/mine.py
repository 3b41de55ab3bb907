"""For a resident: the same acts as the pages, on their own cases. A window clerk uses them for somebody else."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router
from ninja.files import UploadedFile

from onewindow.api.access import permission, signed_in
from onewindow.api.shapes import (
    AccountIn,
    CaseOut,
    Cases,
    CaseWhole,
    ConsentIn,
    ErrorsOut,
    FactsIn,
    LookOut,
    PaymentOut,
    Problem,
    RatingIn,
    ReasonIn,
    StartIn,
)
from onewindow.kernel.audit.acting import NotAllowed, log_look
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.cases.actions import applying, disputing
from onewindow.kernel.cases.facts import sheets
from onewindow.kernel.cases.missing import missing
from onewindow.kernel.cases.models import Case
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.models import PaymentItem
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.finding import Look, looks_at

router = Router(tags=["办件"], auth=signed_in)
OWN = permission("case.seen_by", sees="case", scope="own cases; staff: cases of their place")
BAD = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
PAGE = 50


def case_of(request: HttpRequest, public_id: UUID) -> Case:
    actor = request.actor  # type: ignore[attr-defined]
    case = get_object_or_404(Case.objects.seen_by(actor).select_related("applicant"), public_id=public_id)
    if actor.is_staff:
        log_look(actor, case, reason=f"接口查看{case}")
    return case


@router.get("/cases", response={200: Cases, **BAD}, openapi_extra=OWN, summary="办件列表")
def list_cases(request: HttpRequest, after: int = 2**62) -> dict[str, Any]:
    """Newest first; `after` is the `next` of the page before."""
    seen = Case.objects.seen_by(request.actor).exclude(state=Case.State.DISCARDED)  # type: ignore[attr-defined]
    found = list(seen.filter(pk__lt=min(max(after, 0), 2**62)).order_by("-pk")[: PAGE + 1])
    return {"items": found[:PAGE], "next": str(found[PAGE - 1].pk) if len(found) > PAGE else ""}


@router.get("/cases/{public_id}", response={200: CaseWhole, **BAD}, openapi_extra=OWN, summary="一个办件")
def show_case(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    case = case_of(request, public_id)
    facts = {"household": case.facts.get("household", {}), "people": case.facts.get("people", {})}
    is_staff = request.actor.is_staff  # type: ignore[attr-defined]
    events = case.events.order_by("-id") if is_staff else case.events.filter(is_public=True).order_by("-id")
    return {
        **vars(case),
        "applicant": case.applicant.masked_name,
        "facts": facts,
        "missing": [each.to_json() for each in missing(case)] if case.can_be_edited else [],
        "events": list(events[:100]),
    }


@router.post(
    "/cases",
    response={201: CaseOut, **BAD},
    openapi_extra=permission("case.start", sees="case", scope="for oneself; windows for any resident"),
    summary="开始申请",
)
def start(request: HttpRequest, told: StartIn) -> tuple[int, Case]:
    actor = request.actor  # type: ignore[attr-defined]
    matter = matters().get(told.matter)
    if matter is None:
        raise Http404
    applicant = actor.person
    if told.person is not None:
        applicant = get_object_or_404(Person.objects.seen_by(actor), public_id=told.person)
    if applicant is None:
        raise NotAllowed("case.start")
    place = told.place if matter.any_hukou else ""
    return 201, applying.start_case(
        actor, None, matter=matter, applicant=applicant, mandate=told.mandate, place_code=place
    )


def acts(code: str) -> dict[str, Any]:
    return permission(code, sees="case", scope="own cases; the window that took it")


@router.put(
    "/cases/{public_id}/facts", response={200: ErrorsOut, **BAD}, openapi_extra=acts("case.save"), summary="填写"
)
def save_facts(request: HttpRequest, public_id: UUID, told: FactsIn) -> dict[str, Any]:
    """Values as they are typed on a page (money in yuan as text). What can't be understood comes back by sheet and field."""
    case = case_of(request, public_id)
    given = {"household": told.household, **told.people}
    data = {
        sheet.form.add_prefix(name): _typed(given.get(sheet.key, {}).get(name))
        for sheet in sheets(case)
        for name in sheet.form.fields
    }
    return {"errors": applying.save_case(request.actor, case, data=data)}  # type: ignore[attr-defined]


def _typed(value: Any) -> str:
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if isinstance(value, bool | None) else str(value)


@router.put(
    "/cases/{public_id}/account",
    response={200: CaseOut, **BAD},
    openapi_extra=acts("case.set_account"),
    summary="收款账户",
)
def set_account(request: HttpRequest, public_id: UUID, told: AccountIn) -> Case:
    case = case_of(request, public_id)
    return applying.set_account(request.actor, case, account=told.account, name=told.account_name)  # type: ignore[attr-defined]


@router.post(
    "/cases/{public_id}/papers", response={201: None, **BAD}, openapi_extra=acts("case.add_paper"), summary="提交材料"
)
def upload(
    request: HttpRequest,
    public_id: UUID,
    material: str = Form(...),  # noqa: B008 ninja's way
    file: UploadedFile = File(...),  # noqa: B008
) -> tuple[int, None]:
    applying.upload_paper(request.actor, case_of(request, public_id), material=material, file=file)  # type: ignore[attr-defined]
    return 201, None


@router.post(
    "/cases/{public_id}/consents",
    response={201: None, **BAD},
    openapi_extra=permission("case.consent", sees="consent", scope="each adult for self; windows with a signed paper"),
    summary="授权核对",
)
def consent(request: HttpRequest, public_id: UUID, told: ConsentIn) -> tuple[int, None]:
    actor = request.actor  # type: ignore[attr-defined]
    person = get_object_or_404(Person.objects.seen_by(actor), public_id=told.person)
    mine = Case.unscoped.filter(members__person=person, members__person_id=actor.person_id, public_id=public_id).first()
    case = mine or case_of(request, public_id)
    applying.give_consent(actor, case, person_id=person.pk, given_by=told.given_by)
    return 201, None


@router.post(
    "/cases/{public_id}/submit", response={200: CaseOut, **BAD}, openapi_extra=acts("case.submit"), summary="提交申请"
)
def submit(request: HttpRequest, public_id: UUID) -> Case:
    return applying.submit_case(request.actor, case_of(request, public_id))  # type: ignore[attr-defined]


@router.post(
    "/cases/{public_id}/withdraw",
    response={200: CaseOut, **BAD},
    openapi_extra=acts("case.withdraw"),
    summary="撤回申请",
)
def withdraw(request: HttpRequest, public_id: UUID, told: ReasonIn) -> Case:
    return applying.withdraw_case(request.actor, case_of(request, public_id), reason=told.reason)  # type: ignore[attr-defined]


@router.post(
    "/cases/{public_id}/appeal", response={201: CaseOut, **BAD}, openapi_extra=acts("case.appeal"), summary="申诉"
)
def appeal(request: HttpRequest, public_id: UUID, told: ReasonIn) -> tuple[int, Case]:
    return 201, disputing.open_appeal(request.actor, case_of(request, public_id), grounds=told.reason)  # type: ignore[attr-defined]


@router.post(
    "/cases/{public_id}/object",
    response={201: None, **BAD},
    openapi_extra=acts("check.object"),
    summary="对核对结果提出异议",
)
def object_to_check(request: HttpRequest, public_id: UUID, told: ReasonIn) -> tuple[int, None]:
    disputing.object_to_check(request.actor, case_of(request, public_id), text=told.reason)  # type: ignore[attr-defined]
    return 201, None


@router.post(
    "/cases/{public_id}/rating", response={201: None, **BAD}, openapi_extra=acts("case.rate"), summary="评价"
)
def rate(request: HttpRequest, public_id: UUID, told: RatingIn) -> tuple[int, None]:
    applying.rate_case(request.actor, case_of(request, public_id), **told.dict())  # type: ignore[attr-defined]
    return 201, None


SELF = permission("self", sees="person", scope="oneself")


@router.get("/me/payments", response={200: list[PaymentOut], **BAD}, openapi_extra=SELF, summary="我的发放记录")
def my_payments(request: HttpRequest) -> list[dict[str, Any]]:
    person_id = request.actor.person_id  # type: ignore[attr-defined]
    items = PaymentItem.objects.filter(grant__holder_id=person_id).select_related("grant__case").order_by("-id")
    return [{**vars(item), "case": item.grant.case.public_id} for item in items[:PAGE]]


@router.get("/me/looks", response={200: list[LookOut], **BAD}, openapi_extra=SELF, summary="谁看过我的资料")
def my_looks(request: HttpRequest) -> list[Look]:
    person_id = request.actor.person_id  # type: ignore[attr-defined]
    lines = AuditLine.objects.filter(subject=person_id).order_by("-id") if person_id else AuditLine.objects.none()
    return looks_at(lines[:PAGE])
