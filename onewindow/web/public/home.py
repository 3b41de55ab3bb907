"""What a resident sees first: what waits for them, what they could get, and every matter's guide."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onewindow.kernel.cases.actions.applying import start_case
from onewindow.kernel.cases.models import Case
from onewindow.kernel.catalog import Matter, matters, part_of
from onewindow.kernel.catalog.answers import FirstAnswer, Situation
from onewindow.kernel.catalog.fewer_papers import fallen_for, fewer_papers
from onewindow.kernel.catalog.life_events import BY_CODE, life_events
from onewindow.kernel.catalog.search import find_matters
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
    text, event = request.GET.get("q", "").strip(), BY_CODE.get(request.GET.get("event", ""))
    found = event.matters if event else find_matters(text)
    context = {"matters": found, "text": text, "event": event, "events": life_events(), "fewer": fewer_papers()}
    return render(request, "public/matters.html", context)


@public_page(WHY)
@require_safe
def fewer_papers_page(request: HttpRequest) -> HttpResponse:
    found = fewer_papers()
    rows = [(each, [m for m in matters().values() if each.concerns(m)]) for each in found.certificates]
    return render(request, "public/fewer_papers.html", {"fewer": found, "rows": rows})


@public_page(WHY)
@require_safe
def matter_guide(request: HttpRequest, code: str) -> HttpResponse:
    matter = _matter(code)
    return render(request, "public/matter.html", {"matter": matter, "fallen": fallen_for(matter)})


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
