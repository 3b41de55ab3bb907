"""A person's own record: payments, messages, consents, and who has looked at their file."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from onewindow.api.access import actor_of, permission, person_of, signed_in
from onewindow.api.shapes.common import PROBLEMS, READ_PROBLEMS, Paged, Rows
from onewindow.api.shapes.own import ConsentOut, LookOut, MeOut, MessageOut, PaymentOut
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.cases.actions.applying import withdraw_consent
from onewindow.kernel.cases.models import Message
from onewindow.kernel.grants.models import PaymentItem
from onewindow.kernel.paging import Page, page_of
from onewindow.kernel.people.models import Consent
from onewindow.kernel.staff.finding import looks_at

router = Router(tags=["我的"], auth=signed_in)
SELF = permission("self", sees="person", scope="oneself")


@router.get("/me", response={200: MeOut, **READ_PROBLEMS}, openapi_extra=SELF, summary="我是谁")
def me(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    username = actor.account.username if actor.account else ""
    return {"username": username, "name": actor.person.name if actor.person else "", "posts": actor.posts}


@router.get(
    "/me/payments", response={200: Rows[PaymentOut], **READ_PROBLEMS}, openapi_extra=SELF, summary="我的发放记录"
)
def my_payments(request: HttpRequest, at: Paged) -> Page[PaymentItem]:
    items = PaymentItem.objects.filter(grant__holder=person_of(request)).select_related("grant__case")
    return page_of(items, after=at.after, before=at.before)


@router.get("/me/looks", response={200: Rows[LookOut], **READ_PROBLEMS}, openapi_extra=SELF, summary="谁看过我的资料")
def my_looks(request: HttpRequest, at: Paged) -> dict[str, Any]:
    lines = AuditLine.objects.filter(subject=person_of(request).pk)
    page = page_of(lines, after=at.after, before=at.before)
    return {"rows": looks_at(page.rows), "previous": page.previous, "next": page.next}


@router.get("/me/messages", response={200: Rows[MessageOut], **READ_PROBLEMS}, openapi_extra=SELF, summary="我的消息")
def my_messages(request: HttpRequest, at: Paged) -> Page[Message]:
    messages = Message.objects.filter(person=person_of(request))
    return page_of(messages, after=at.after, before=at.before)


@router.post("/me/messages/read", response={204: None, **PROBLEMS}, openapi_extra=SELF, summary="消息全部已读")
def mark_messages_read(request: HttpRequest) -> Status[None]:
    Message.objects.filter(person=person_of(request), read_at=None).update(read_at=timezone.now())
    return Status(204, None)


@router.get(
    "/me/consents", response={200: Rows[ConsentOut], **READ_PROBLEMS}, openapi_extra=SELF, summary="我给出的授权"
)
def my_consents(request: HttpRequest, at: Paged) -> Page[Consent]:
    consents = Consent.objects.filter(person=person_of(request))
    return page_of(consents, after=at.after, before=at.before)


@router.post(
    "/me/consents/{public_id}/withdraw",
    response={204: None, **PROBLEMS},
    openapi_extra=permission("consent.withdraw", sees="consent", scope="one's own"),
    summary="撤回授权",
)
def take_consent_back(request: HttpRequest, public_id: UUID) -> Status[None]:
    withdraw_consent(actor_of(request), get_object_or_404(Consent, public_id=public_id, person=person_of(request)))
    return Status(204, None)
