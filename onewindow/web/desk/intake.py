"""The window: find the resident, take any matter for them, print the receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.actions import applying as acts
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.queries import open_case, seen_case
from onewindow.kernel.catalog import matters
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.finding import find_people, person_file
from onewindow.kernel.staff.posts import CASE_POSTS, Post
from onewindow.kernel.staff.revealing import reveal_id_number
from onewindow.web.access import staff_page
from onewindow.web.desk.forms import FindPerson, RecordConsent, RevealForm, StartForSomebody
from onewindow.web.public import applying as filling
from onewindow.web.typed import row_number

window_page = staff_page(Post.STREET_WINDOW)
people_page = staff_page(Post.STREET_WINDOW, *CASE_POSTS)


@window_page
@require_safe
def intake(request: HttpRequest) -> HttpResponse:
    """What this window has begun and not handed in, and the way to begin another."""
    actor = request.actor  # type: ignore[attr-defined]
    begun = Case.objects.seen_by(actor).filter(state__in=(Case.State.DRAFT, Case.State.SUPPLEMENT))
    begun = begun.select_related("applicant").order_by("-id")[:20]
    return render(request, "desk/intake.html", {"form": FindPerson(), "begun": begun})


@people_page
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """By POST, so that no ID number stands in an address or a log."""
    form = FindPerson(request.POST or None)
    found: list[Person] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = find_people(request.actor, form.cleaned_data["text"], form.cleaned_data["reason"])  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error(refusal.field or "text", refusal.message)
    return render(request, "desk/people.html", {"form": form, "found": found}, status=422 if form.errors else 200)


@people_page
@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = person_file(actor, public_id, request.GET.get("reason") or "窗口受理")
    cases = Case.objects.seen_by(actor).filter(applicant=found).order_by("-id")[:20]
    form = StartForSomebody()
    form.fields["matter"].choices = [(m.code, m.name) for m in matters().values()]  # type: ignore[attr-defined]
    membership = found.memberships.filter(until_on=None).select_related("household").first()
    context = {
        "person": found, "cases": cases, "form": form, "reveal": RevealForm(),
        "household": membership.household if membership else None,
        "may_start": actor.holds(Post.STREET_WINDOW),
    }  # fmt: skip
    return render(request, "desk/person.html", context)


@people_page
@require_POST
def reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The full number, once, with a reason that the person can read."""
    form = RevealForm(request.POST)
    found = get_object_or_404(Person.objects.seen_by(request.actor), public_id=public_id)  # type: ignore[attr-defined]
    if not form.is_valid():
        messages.error(request, "请写明查看完整号码的理由（至少4个字）。")
        return redirect("desk:person", public_id)
    shown = reveal_id_number(request.actor, found, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
    return render(
        request, "desk/revealed.html", {"person": found, "number": shown, "reason": form.cleaned_data["reason"]}
    )


@window_page
@require_POST
def start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """代办： a clerk of any street takes any matter for any resident of the city."""
    actor = request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(Person.objects.seen_by(actor), public_id=public_id)
    matter = matters().get(request.POST.get("matter", ""))
    if matter is None:
        raise Http404
    try:
        place = next(held.place for held in actor.posts if held.post == Post.STREET_WINDOW) if matter.any_hukou else ""
        case = acts.start_case(
            actor, None, matter=matter, applicant=found, mandate=request.POST.get("mandate", ""), place_code=place
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("desk:person", public_id)
    return redirect("desk:fill", case.public_id)


@window_page
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, public_id: UUID, step: str = "") -> HttpResponse:
    read = seen_case if request.method == "POST" else open_case
    case = read(request.actor, public_id)  # type: ignore[attr-defined]
    if not acts.may_fill(request.actor, case):  # type: ignore[attr-defined]
        raise Http404
    return filling.fill_page(request, case, step, desk=True)


@window_page
@require_POST
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return filling.submit_here(request, filling.case_to_fill(request, public_id), desk=True)


@window_page
@require_POST
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return filling.upload_here(request, filling.case_to_fill(request, public_id), desk=True)


@window_page
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return filling.remove_here(request, filling.case_to_fill(request, public_id), desk=True)


@window_page
@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return filling.drop_here(request, filling.case_to_fill(request, public_id), desk=True)


@window_page
@require_POST
def consent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A paper mandate signed in front of the clerk."""
    case, form = filling.draft_of(request, public_id), RecordConsent(request.POST)
    person = request.POST.get("person", "")
    if not form.is_valid():
        messages.error(request, "请选择授权方式，并确认已当面签字。")
    else:
        acts.give_consent(
            request.actor,  # type: ignore[attr-defined]
            case,
            person_id=row_number(person),
            given_by=form.cleaned_data["given_by"],
        )
        messages.success(request, "授权已登记。")
    return (
        redirect("desk:fill_step", case.public_id, filling.CONSENT)
        if case.can_be_edited
        else redirect("desk:case", case.public_id)
    )
