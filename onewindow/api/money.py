"""For the district's finance: the month's payment runs, made by one person and approved by another."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from onewindow.api.access import permission, signed_in, staff_of
from onewindow.api.shapes.common import PROBLEMS, READ_PROBLEMS, Paged, ReasonIn, Rows
from onewindow.api.shapes.money import ApproveIn, DraftIn, PaymentRunOut, RunLine
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.models import PaymentItem, PaymentRun
from onewindow.kernel.paging import Page, page_of
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post

router = Router(tags=["发放"], auth=signed_in)
RUN = "/payment-runs/{public_id}"
DISTRICT = "finance of the district"
WHOLE = {200: PaymentRunOut, **PROBLEMS}
SEES = permission("payroll.seen_by", sees="payment_run", scope=DISTRICT)


def run_of(actor: Actor, public_id: UUID) -> PaymentRun:
    found: PaymentRun = get_object_or_404(PaymentRun.objects.seen_by(actor), public_id=public_id)
    return found


@router.get("/payment-runs", response={200: Rows[PaymentRunOut], **READ_PROBLEMS}, openapi_extra=SEES, summary="名册")
def list_runs(request: HttpRequest, at: Paged) -> Page[PaymentRun]:
    return page_of(PaymentRun.objects.seen_by(staff_of(request)), after=at.after, before=at.before)


@router.get(RUN, response={200: PaymentRunOut, **READ_PROBLEMS}, openapi_extra=SEES, summary="一份名册")
def show_run(request: HttpRequest, public_id: UUID) -> PaymentRun:
    return run_of(staff_of(request), public_id)


@router.get(f"{RUN}/lines", response={200: Rows[RunLine], **READ_PROBLEMS}, openapi_extra=SEES, summary="名册明细")
def show_lines(request: HttpRequest, public_id: UUID, at: Paged) -> Page[PaymentItem]:
    items = PaymentItem.objects.filter(run=run_of(staff_of(request), public_id))
    return page_of(items, after=at.after, before=at.before, order="pk")


def acts(code: str) -> dict[str, str]:
    return permission(code, sees="payment_run", scope=DISTRICT)


@router.post(
    "/payment-runs", response={201: PaymentRunOut, **PROBLEMS}, openapi_extra=acts("payroll.draft"), summary="编制"
)
def draft(request: HttpRequest, told: DraftIn) -> Status[PaymentRun]:
    actor = staff_of(request)
    place = next((held.place for held in actor.posts if held.post == Post.DISTRICT_FINANCE), None)
    if place is None:
        raise NotAllowed("payroll.draft")
    if told.benefit not in matters():
        raise Refused("没有这个项目。", "benefit")
    return Status(201, payroll.draft_run(actor, get_object_or_404(Place, pk=place), **told.dict()))


@router.post(f"{RUN}/approve", response=WHOLE, openapi_extra=acts("payroll.approve"), summary="复核")
def approve(request: HttpRequest, public_id: UUID, told: ApproveIn) -> PaymentRun:
    """Over the digest that was read: what is approved is exactly that."""
    actor = staff_of(request)
    return payroll.approve_run(actor, run_of(actor, public_id), digest=told.digest)


@router.post(f"{RUN}/cancel", response=WHOLE, openapi_extra=acts("payroll.cancel"), summary="作废")
def cancel(request: HttpRequest, public_id: UUID, told: ReasonIn) -> PaymentRun:
    actor = staff_of(request)
    return payroll.cancel_run(actor, run_of(actor, public_id), reason=told.reason)


@router.post(f"{RUN}/close", response=WHOLE, openapi_extra=acts("payroll.close"), summary="关账")
def close(request: HttpRequest, public_id: UUID) -> PaymentRun:
    actor = staff_of(request)
    return payroll.close_run(actor, run_of(actor, public_id))
