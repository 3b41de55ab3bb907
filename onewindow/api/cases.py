"""A case as its applicant has it: read it, fill it in, hand it in. A window clerk does it for somebody else."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from onewindow.api.access import actor_of, permission, person_of, signed_in
from onewindow.api.shapes.case import (
    AccountIn,
    CaseOut,
    CaseWhole,
    ConsentIn,
    DropIn,
    ErrorsOut,
    EventOut,
    FactsIn,
    PapersOut,
    RatingIn,
    StartIn,
)
from onewindow.api.shapes.common import PROBLEMS, READ_PROBLEMS, Code, Paged, ReasonIn, Row, Rows
from onewindow.api.typed import as_typed
from onewindow.kernel.audit.acting import NotAllowed
from onewindow.kernel.cases.actions import applying, disputing
from onewindow.kernel.cases.facts import sheets
from onewindow.kernel.cases.missing import missing
from onewindow.kernel.cases.models import Case, CaseEvent, Decision
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.cases.progress import progress
from onewindow.kernel.cases.queries import CasePapers, case_asking, case_papers, cases_of, open_case, seen_case
from onewindow.kernel.catalog import matters
from onewindow.kernel.paging import Page, page_of
from onewindow.kernel.people.identity import mask_account
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor

router = Router(tags=["办件"], auth=signed_in)
WHOLE, MADE, DONE = {200: CaseOut, **PROBLEMS}, {201: CaseOut, **PROBLEMS}, {204: None, **PROBLEMS}
CASE = "/cases/{public_id}"
SEES = permission("case.seen_by", sees="case", scope="own cases; staff: cases of their place")


@router.get("/cases", response={200: Rows[CaseOut], **READ_PROBLEMS}, openapi_extra=SEES, summary="办件列表")
def list_cases(request: HttpRequest, at: Paged) -> Page[Case]:
    return page_of(cases_of(actor_of(request)), after=at.after, before=at.before)


@router.get(CASE, response={200: CaseWhole, **READ_PROBLEMS}, openapi_extra=SEES, summary="一个办件")
def show_case(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    return _whole(actor, open_case(actor, public_id))


def _whole(actor: Actor, case: Case) -> dict[str, Any]:
    return {
        **{field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields},
        "applicant": case.applicant,
        "members": case.listed_members,
        "facts": {name: case.facts.get(name, {}) for name in ("household", "people")},
        "typed": case.facts.get("typed", {}),
        "pay_to": mask_account(case.pay_to),
        "missing": missing(case) if case.can_be_edited else [],
        "steps": progress(case),
        "own_findings": ports.own_findings(case, actor.person) if actor.person and not actor.is_staff else [],
        "decision": None if case.can_be_edited else _decision(case),
    }


def _decision(case: Case) -> Decision | None:
    return case.decisions.select_related("assessment").order_by("-id").first()


@router.get(f"{CASE}/events", response={200: Rows[EventOut], **READ_PROBLEMS}, openapi_extra=SEES, summary="进展")
def show_events(request: HttpRequest, public_id: UUID, at: Paged) -> Page[CaseEvent]:
    """What the applicant is shown; staff read everything in the history."""
    case = open_case(actor_of(request), public_id)
    return page_of(case.events.filter(is_public=True), after=at.after, before=at.before)


@router.get(
    f"{CASE}/papers",
    response={200: PapersOut, **READ_PROBLEMS},
    openapi_extra=SEES,
    summary="材料、授权和文书",
)
def show_papers(request: HttpRequest, public_id: UUID) -> CasePapers:
    return case_papers(open_case(actor_of(request), public_id))


def acts(code: str) -> dict[str, Any]:
    return permission(code, sees="case", scope="own cases; the window that took it")


@router.post(
    "/cases",
    response=MADE,
    openapi_extra=permission("case.start", sees="case", scope="for oneself; windows for any resident"),
    summary="开始申请",
)
def start(request: HttpRequest, told: StartIn) -> Status[Case]:
    """A draft with what the registers know; an open draft of the same matter is given back instead."""
    actor, matter = actor_of(request), matters().get(told.matter)
    if matter is None:
        raise Http404
    applicant = actor.person
    if told.person is not None:
        applicant = get_object_or_404(Person.objects.seen_by(actor), public_id=told.person)
    if applicant is None:
        raise NotAllowed("case.start")
    place = told.place if matter.any_hukou else ""
    case = applying.start_case(actor, None, matter=matter, applicant=applicant, mandate=told.mandate, place_code=place)
    return Status(201, case)


@router.put(f"{CASE}/facts", response={200: ErrorsOut, **PROBLEMS}, openapi_extra=acts("case.save"), summary="填写")
def save_facts(request: HttpRequest, public_id: UUID, told: FactsIn) -> dict[str, Any]:
    """The whole form; a field that is left out is emptied."""
    actor = actor_of(request)
    case = seen_case(actor, public_id)
    given = {"household": told.household, **{person.hex: values for person, values in told.people.items()}}
    data = {
        sheet.form.add_prefix(name): as_typed(field, given.get(sheet.key, {}).get(name))
        for sheet in sheets(case)
        for name, field in sheet.form.fields.items()
    }
    return {"errors": applying.save_case(actor, case, data=data)}


@router.put(f"{CASE}/account", response=WHOLE, openapi_extra=acts("case.set_account"), summary="收款账户")
def set_account(request: HttpRequest, public_id: UUID, told: AccountIn) -> Case:
    actor = actor_of(request)
    return applying.set_account(actor, seen_case(actor, public_id), account=told.account, name=told.account_name)


@router.post(f"{CASE}/members/drop", response=WHOLE, openapi_extra=acts("case.drop_member"), summary="申明不共同生活")
def drop_member(request: HttpRequest, public_id: UUID, told: DropIn) -> Case:
    actor = actor_of(request)
    case = seen_case(actor, public_id)
    member = get_object_or_404(case.members, person__public_id=told.person)
    return applying.drop_member(actor, case, person_id=member.person_id, reason=told.reason)


@router.post(f"{CASE}/papers", response=DONE, openapi_extra=acts("case.add_paper"), summary="提交材料")
def upload(request: HttpRequest, public_id: UUID, material: Form[Code], file: File[UploadedFile]) -> Status[None]:
    actor = actor_of(request)
    applying.upload_paper(actor, seen_case(actor, public_id), material=material, file=file)
    return Status(204, None)


@router.post(
    f"{CASE}/papers/{{paper_id}}/remove", response=DONE, openapi_extra=acts("case.remove_paper"), summary="移除材料"
)
def remove_paper(request: HttpRequest, public_id: UUID, paper_id: Row) -> Status[None]:
    actor = actor_of(request)
    case = seen_case(actor, public_id)
    paper = get_object_or_404(case.papers, paper_id=paper_id)
    applying.remove_paper(actor, case, paper_id=paper.paper_id)
    return Status(204, None)


@router.post(
    f"{CASE}/consents",
    response=DONE,
    openapi_extra=permission("case.consent", sees="consent", scope="each adult for self; windows with a signed paper"),
    summary="授权核对",
)
def consent(request: HttpRequest, public_id: UUID, told: ConsentIn) -> Status[None]:
    actor = actor_of(request)
    is_resident = actor.person is not None and not actor.is_staff
    case = case_asking(person_of(request), public_id) if is_resident else seen_case(actor, public_id)
    member = get_object_or_404(case.members, person__public_id=told.person)
    applying.give_consent(actor, case, person_id=member.person_id, given_by=told.given_by)
    return Status(204, None)


@router.post(f"{CASE}/submit", response=WHOLE, openapi_extra=acts("case.submit"), summary="提交申请")
def submit(request: HttpRequest, public_id: UUID) -> Case:
    actor = actor_of(request)
    return applying.submit_case(actor, seen_case(actor, public_id))


@router.post(f"{CASE}/discard", response=DONE, openapi_extra=acts("case.discard"), summary="删除草稿")
def discard(request: HttpRequest, public_id: UUID) -> Status[None]:
    actor = actor_of(request)
    applying.discard_draft(actor, seen_case(actor, public_id))
    return Status(204, None)


@router.post(f"{CASE}/withdraw", response=WHOLE, openapi_extra=acts("case.withdraw"), summary="撤回申请")
def withdraw(request: HttpRequest, public_id: UUID, told: ReasonIn) -> Case:
    actor = actor_of(request)
    return applying.withdraw_case(actor, seen_case(actor, public_id), reason=told.reason)


@router.post(f"{CASE}/object", response=DONE, openapi_extra=acts("check.object"), summary="对核对结果提出异议")
def object_to_check(request: HttpRequest, public_id: UUID, told: ReasonIn) -> Status[None]:
    actor = actor_of(request)
    disputing.object_to_check(actor, seen_case(actor, public_id), text=told.reason)
    return Status(204, None)


@router.post(f"{CASE}/appeal", response=MADE, openapi_extra=acts("case.appeal"), summary="申诉")
def appeal(request: HttpRequest, public_id: UUID, told: ReasonIn) -> Status[Case]:
    actor = actor_of(request)
    return Status(201, disputing.open_appeal(actor, seen_case(actor, public_id), grounds=told.reason))


@router.post(f"{CASE}/rating", response=DONE, openapi_extra=acts("case.rate"), summary="评价")
def rate(request: HttpRequest, public_id: UUID, told: RatingIn) -> Status[None]:
    actor = actor_of(request)
    applying.rate_case(actor, seen_case(actor, public_id), **told.dict())
    return Status(204, None)
