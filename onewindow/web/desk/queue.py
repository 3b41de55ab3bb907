"""The queue of a post: what is due, sorted by when."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from onewindow.kernel.audit.chain import append_line
from onewindow.kernel.cases.clock import case_remaining, run_remaining
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.queries import OF_CASE, queue_counts, queue_of
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.cases.supervision import case_tones
from onewindow.kernel.catalog import matters
from onewindow.kernel.staff.posts import CASE_POSTS, Post
from onewindow.web.access import staff_page
from onewindow.web.desk.export import MOST_ROWS, workbook
from onewindow.web.ui.listing import page_by_key

AT_WORK = (*CASE_POSTS, Post.STREET_WINDOW)
NAMES = ("applicant__name", "place__name")
TONES = (
    ("", "全部"), ("open", "办理中"), ("red", "已超期"), ("yellow", "即将到期"), ("green", "时间充裕"), ("paused", "中止计时"),
    ("none", "尚未计时"),
)  # fmt: skip
HEADS = ("编号", "申请人", "身份证号", "事项", "类型", "状态", "办理地", "办结期限")


@staff_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where each post's work is."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.holds(*AT_WORK):
        return redirect("desk:queue")
    if actor.holds(Post.DISTRICT_FINANCE, Post.DISTRICT_FINANCE_CHECKER):
        return redirect("desk:payments")
    if actor.holds(Post.CITY_LEADER):
        return redirect("desk:supervision")
    if actor.holds(Post.CITY_POLICY):
        return redirect("desk:standards")
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


def cases_asked_for(request: HttpRequest) -> QuerySet[Case]:
    """The cases that the reader may see, by state, colour, office, matter, number or the applicant's whole name."""
    found: QuerySet[Case] = Case.objects.seen_by(request.actor)  # type: ignore[attr-defined]
    text, state = request.GET.get("q", "").strip()[:60], request.GET.get("state", "")
    if text:
        found = found.filter(Q(number__startswith=text) | Q(applicant__name=text))
    if state in Case.State.values:
        found = found.filter(state=state)
    if request.GET.get("matter") in matters():
        found = found.filter(matter_code=request.GET["matter"])
    tones, place = case_tones(), request.GET.get("place", "")
    if request.GET.get("tone") in tones:
        found = found.filter(tones[request.GET["tone"]])
    elif request.GET.get("tone") == "open":
        found = found.filter(state__in=Case.OPEN)
    if place.isascii() and place.isdigit():
        found = found.filter(place__code__startswith=place[:12])
    return found.select_related("applicant", "place").only("applicant__name", "place__name", *OF_CASE)


@staff_page(*AT_WORK)
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    page = page_by_key(cases_asked_for(request), request, size=30)
    rows = [(case, case_remaining(case) if case.is_open else None) for case in page.rows]
    states = [each for each in Case.State.choices if each[0] not in ("draft", "discarded")]
    context = {
        "page": page, "rows": rows, "text": request.GET.get("q", "").strip()[:60], "states": states,
        "state": request.GET.get("state", ""), "matters": matters().values(), "asked": request.GET.urlencode(), "tone": request.GET.get("tone", ""), "tones": TONES,
    }  # fmt: skip
    return render(request, "desk/cases.html", context)


@staff_page(*AT_WORK)
@require_safe
def case_workbook(request: HttpRequest) -> HttpResponse:
    """What the list shows, to take along; the taking is in the log."""
    found = cases_asked_for(request).exclude(number=None).only("applicant__id_number", *NAMES, *OF_CASE)
    cases = list(found.order_by("-id")[:MOST_ROWS])
    append_line(
        shard="12", action="case.export", target="cases", actor=request.actor, subject=None,  # type: ignore[attr-defined]
        reason="导出办件列表", detail={"rows": len(cases)},
    )  # fmt: skip
    return workbook("办件", HEADS, (_row(case) for case in cases))


def _row(case: Case) -> tuple[str, ...]:
    return (
        case.number or "", case.applicant.name, case.applicant.masked_id, case.matter.name, case.get_kind_display(),
        case.get_state_display(), case.place.name, f"{case.due_on or ''}",
    )  # fmt: skip
