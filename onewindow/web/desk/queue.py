"""The queue of a post: what is due, sorted by when."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onewindow.kernel.cases.clock import case_remaining, run_remaining
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.queries import OF_CASE, queue_counts, queue_of
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.catalog import matters
from onewindow.kernel.staff.posts import CASE_POSTS, Post
from onewindow.web.access import staff_page
from onewindow.web.ui.listing import page_by_key

AT_WORK = (*CASE_POSTS, Post.STREET_WINDOW)


@staff_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where each post's work is."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.holds(*AT_WORK):
        return redirect("desk:queue")
    if actor.holds(Post.DISTRICT_FINANCE, Post.DISTRICT_FINANCE_CHECKER):
        return redirect("desk:payments")
    return redirect("desk:audit" if actor.holds(Post.AUDITOR) else "public:home")


@staff_page(*AT_WORK)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    chosen = request.GET.get("show", "")
    runs = queue_of(actor, chosen, request.GET.get("matter", ""))
    page = page_by_key(runs, request, order="sort_on", size=30)
    rows = [(run, step_of_run(run), run_remaining(run), case_remaining(run.case)) for run in page.rows]
    context = {
        "page": page, "rows": rows, "counts": queue_counts(actor), "show": chosen, "matters": matters().values(),
    }  # fmt: skip
    return render(request, "desk/queue.html", context)


@staff_page(*AT_WORK)
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """Every case that the reader may see, by state, matter or number."""
    found = Case.objects.seen_by(request.actor)  # type: ignore[attr-defined]
    found = found.select_related("applicant", "place").only("applicant__name", "place__name", *OF_CASE)
    text, state = request.GET.get("q", "").strip()[:60], request.GET.get("state", "")
    if text:
        found = found.filter(Q(number__startswith=text) | Q(applicant__name=text))
    if state in Case.State.values:
        found = found.filter(state=state)
    if request.GET.get("matter") in matters():
        found = found.filter(matter_code=request.GET["matter"])
    page = page_by_key(found, request, size=30)
    rows = [(case, case_remaining(case) if case.is_open else None) for case in page.rows]
    states = [each for each in Case.State.choices if each[0] not in ("draft", "discarded")]
    context = {
        "page": page, "rows": rows, "text": text, "state": state, "states": states, "matters": matters().values(),
    }  # fmt: skip
    return render(request, "desk/cases.html", context)
