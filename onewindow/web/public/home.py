"""What a resident sees first: what waits for them, what they could get, and every matter's guide."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onewindow.kernel.cases.actions.applying import start_case
from onewindow.kernel.cases.models import Case
from onewindow.kernel.catalog import Matter, matters, part_of
from onewindow.kernel.catalog.answers import FirstAnswer, Situation
from onewindow.web.access import public_page, resident_page
from onewindow.web.public.forms import ThreeQuestions
from onewindow.web.public.waiting import consents_wanted

WHY = "guides and the first answer are for everybody, before they sign in"


@public_page(WHY)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context: dict[str, Any] = {"matters": matters().values()}
    if actor.person_id and not actor.is_staff:
        mine = Case.objects.of(actor.person).exclude(state=Case.State.DISCARDED)
        context |= {
            "drafts": mine.filter(state=Case.State.DRAFT),
            "latest": mine.exclude(state=Case.State.DRAFT).order_by("-id")[:4],
            "consents": consents_wanted(actor.person),
        }
    return render(request, "public/home.html", context)


@public_page(WHY)
@require_safe
def matter_list(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    found = [each for each in matters().values() if text in f"{each.name}{each.summary}{each.audience}"]
    return render(request, "public/matters.html", {"matters": found, "text": text})


@public_page(WHY)
@require_safe
def matter_guide(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "public/matter.html", {"matter": _matter(code)})


@public_page(WHY)
@require_http_methods(["GET", "POST"])
def what_could_i_get(request: HttpRequest) -> HttpResponse:
    form = ThreeQuestions(request.POST or None)
    answers = _first_answers(form.situation()) if form.is_valid() else None
    status = 422 if form.errors else 200
    return render(request, "public/what_could_i_get.html", {"form": form, "answers": answers}, status=status)


def _first_answers(told: Situation) -> list[tuple[Matter, FirstAnswer]]:
    found = []
    for matter in matters().values():
        questions = part_of(matter, "questions")
        answer = questions.first_answer(told) if questions else None
        found += [(matter, answer)] if answer else []
    return sorted(found, key=lambda each: each[1].verdict != "likely")


@resident_page
@require_POST
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Begin, or go on with the draft that is there. For relief, the street where the person is now."""
    actor, matter = request.actor, _matter(code)  # type: ignore[attr-defined]
    place = request.POST.get("place", "") if matter.any_hukou else ""
    case = start_case(actor, None, matter=matter, applicant=actor.person, place_code=place)
    return redirect("public:fill", case.public_id)


def _matter(code: str) -> Matter:
    try:
        return matters()[code]
    except KeyError:
        raise Http404 from None
