"""A resident's own record: messages, consents, payments, letters, and who has looked at their file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.cases.actions.applying import withdraw_consent
from onewindow.kernel.cases.models import Case, Message
from onewindow.kernel.grants.certifying import certify_payments, years_paid
from onewindow.kernel.grants.explaining import explain, with_the_one_before
from onewindow.kernel.grants.models import PaymentItem
from onewindow.kernel.grants.standing import outstanding
from onewindow.kernel.papers.models import Letter, Paper
from onewindow.kernel.papers.opening import open_letter, open_paper
from onewindow.kernel.people.models import Consent
from onewindow.kernel.staff.finding import looks_at
from onewindow.web.access import resident_page
from onewindow.web.public.waiting import consents_wanted
from onewindow.web.ui.listing import page_by_key

YEAR_DIGITS = 4


@resident_page
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    person = request.actor.person  # type: ignore[attr-defined]
    payments = PaymentItem.objects.filter(grant__holder=person).select_related("grant")
    return render(
        request,
        "public/me.html",
        {
            "person": person,
            "unread": Message.objects.filter(person=person, read_at=None).count(),
            "consents_wanted": consents_wanted(person),
            "payments": payments.order_by("-month", "-id")[:6],
            "letters": Letter.objects.of(person).order_by("-id")[:5],
        },
    )


@resident_page
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    person = request.actor.person  # type: ignore[attr-defined]
    page = page_by_key(Message.objects.filter(person=person).select_related("case"), request, size=30)
    new = [each.pk for each in page.rows if each.read_at is None]
    response = render(request, "public/messages.html", {"page": page, "new": new})
    Message.objects.filter(pk__in=new).update(read_at=timezone.now())
    return response


@resident_page
@require_safe
def payment_list(request: HttpRequest) -> HttpResponse:
    person = request.actor.person  # type: ignore[attr-defined]
    items = PaymentItem.objects.filter(grant__holder=person).select_related("grant__case__applicant")
    page = page_by_key(with_the_one_before(items), request, size=24)
    owed = outstanding().filter(grant__holder=person).select_related("grant__case").order_by("id")[:20]
    return render(
        request,
        "public/payments.html",
        {
            "page": page, "rows": explain(page.rows), "owed": [(each, abs(each.left_fen)) for each in owed],
            "years": years_paid(person),
        },
    )  # fmt: skip


@resident_page
@require_POST
def certify(request: HttpRequest) -> HttpResponse:
    actor, year = request.actor, request.POST.get("year", "")  # type: ignore[attr-defined]
    if not (year.isascii() and year.isdigit() and len(year) == YEAR_DIGITS):
        messages.error(request, "请选择一个年份，例如“2025”。")
        return redirect("public:payments")
    try:
        letter = certify_payments(actor, actor.person, year=int(year))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("public:payments")
    return redirect("public:letter", letter.public_id)


@resident_page
@require_safe
def consent_list(request: HttpRequest) -> HttpResponse:
    person = request.actor.person  # type: ignore[attr-defined]
    given = Consent.objects.filter(person=person).order_by("-id")[:50]
    cases = {str(c.public_id): c for c in Case.unscoped.filter(public_id__in=[each.about for each in given])}
    rows = [(each, cases.get(each.about)) for each in given]
    return render(request, "public/consents.html", {"wanted": consents_wanted(person), "rows": rows})


@resident_page
@require_POST
def take_consent_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    consent = get_object_or_404(Consent, public_id=public_id, person_id=actor.person_id)
    withdraw_consent(actor, consent)
    messages.success(request, "授权已撤回，不会再发起新的查询。")
    return redirect("public:consents")


@resident_page
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    person = request.actor.person  # type: ignore[attr-defined]
    lines = AuditLine.objects.filter(subject=person.pk)
    page = page_by_key(lines, request, size=30)
    return render(request, "public/looks.html", {"page": page, "rows": looks_at(page.rows)})


@resident_page
@require_safe
def letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = request.actor.person  # type: ignore[attr-defined]
    return open_letter(get_object_or_404(Letter.objects.of(person), public_id=public_id), as_attachment=False)


@resident_page
@require_safe
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    person = request.actor.person  # type: ignore[attr-defined]
    return open_paper(get_object_or_404(Paper.objects.of(person), public_id=public_id))
