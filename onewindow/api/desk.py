"""For staff: find people, the queue, and the steps of a case."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from onewindow.api.access import permission, signed_in
from onewindow.api.mine import BAD, PAGE, case_of
from onewindow.api.shapes import (
    CaseOut,
    CorrectIn,
    ExtendIn,
    FindIn,
    FinishIn,
    PersonOut,
    Queue,
    ReasonIn,
    Revealed,
    SuspendIn,
)
from onewindow.kernel.audit.acting import NotAllowed
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.clock import run_remaining
from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.finding import find_people
from onewindow.kernel.staff.revealing import reveal_id_number

router = Router(tags=["窗口和经办"], auth=signed_in)


def staff_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_staff:
        raise NotAllowed("staff")
    return actor


@router.post(
    "/people/find",
    response={200: list[PersonOut], **BAD},
    openapi_extra=permission("person.find", sees="person", scope="windows: the city; officers: their place"),
    summary="查找居民",
)
def find(request: HttpRequest, told: FindIn) -> list[Person]:
    return find_people(staff_of(request), told.text, told.reason)


@router.post(
    "/people/{public_id}/reveal",
    response={200: Revealed, **BAD},
    openapi_extra=permission("person.reveal_id", sees="person", scope="windows: the city; officers: their place"),
    summary="查看完整身份证号",
)
def reveal(request: HttpRequest, public_id: UUID, told: ReasonIn) -> dict[str, str]:
    actor = staff_of(request)
    person = get_object_or_404(Person.objects.seen_by(actor), public_id=public_id)
    return {"id_number": reveal_id_number(actor, person, reason=told.reason)}


@router.get(
    "/queue",
    response={200: Queue, **BAD},
    openapi_extra=permission("queue.seen_by", sees="step", scope="open work of one's posts"),
    summary="待办",
)
def queue(request: HttpRequest, after: int = 0) -> dict[str, Any]:
    """By step number; `after` is the `next` of the page before."""
    runs = StepRun.objects.seen_by(staff_of(request)).filter(pk__gt=min(max(after, 0), 2**62))
    found = list(runs.select_related("case", "claimed_by").order_by("pk")[: PAGE + 1])
    return {"items": [_row(run) for run in found[:PAGE]], "next": str(found[PAGE - 1].pk) if len(found) > PAGE else ""}


def _row(run: StepRun) -> dict[str, Any]:
    left = run_remaining(run)
    return {
        "id": run.pk,
        "case": run.case.public_id,
        "number": run.case.number,
        "step": run.step_code,
        "due_on": run.due_on,
        "days_left": left.days,
        "colour": left.colour,
        "claimed_by": run.claimed_by.name if run.claimed_by else "",
    }


def step(code: str) -> dict[str, Any]:
    return permission(code, sees="step", scope="the step's post at the case's place")


def run_of(request: HttpRequest, public_id: UUID, run_id: int) -> StepRun:
    staff_of(request)
    return get_object_or_404(case_of(request, public_id).runs, pk=min(max(run_id, 0), 2**62))


@router.post(
    "/cases/{public_id}/steps/{run_id}/claim",
    response={200: CaseOut, **BAD},
    openapi_extra=step("step.claim"),
    summary="认领",
)
def claim(request: HttpRequest, public_id: UUID, run_id: int) -> Case:
    return working.claim_step(staff_of(request), run_of(request, public_id, run_id)).case


@router.post(
    "/cases/{public_id}/steps/{run_id}/finish",
    response={200: CaseOut, **BAD},
    openapi_extra=step("step.finish"),
    summary="办结环节",
)
def finish(request: HttpRequest, public_id: UUID, run_id: int, told: FinishIn) -> Case:
    run = run_of(request, public_id, run_id)
    extra = tuple(told.extra_items)
    return working.finish_step(
        staff_of(request), run, outcome=told.outcome, record=told.record, with_number=told.with_number,
        reason=told.reason, extra_items=extra,
    )  # fmt: skip


def manage(code: str) -> dict[str, Any]:
    return permission(code, sees="case", scope="officers and chiefs of the case's place")


@router.post(
    "/cases/{public_id}/suspend", response={200: CaseOut, **BAD}, openapi_extra=manage("case.suspend"), summary="中止计时"
)
def suspend(request: HttpRequest, public_id: UUID, told: SuspendIn) -> Case:
    return working.suspend_case(staff_of(request), case_of(request, public_id), **told.dict()).case


@router.post(
    "/cases/{public_id}/resume", response={200: CaseOut, **BAD}, openapi_extra=manage("case.resume"), summary="恢复计时"
)
def resume(request: HttpRequest, public_id: UUID) -> Case:
    return working.resume_case(staff_of(request), case_of(request, public_id))


@router.post(
    "/cases/{public_id}/extend", response={200: CaseOut, **BAD}, openapi_extra=manage("case.extend"), summary="延长期限"
)
def extend(request: HttpRequest, public_id: UUID, told: ExtendIn) -> Case:
    return working.extend_case(staff_of(request), case_of(request, public_id), **told.dict()).case


@router.post(
    "/cases/{public_id}/correct",
    response={200: CaseOut, **BAD},
    openapi_extra=manage("case.correct_facts"),
    summary="更正事实",
)
def correct(request: HttpRequest, public_id: UUID, told: CorrectIn) -> Case:
    return working.correct_fact(staff_of(request), case_of(request, public_id), **told.dict())


@router.post(
    "/cases/{public_id}/terminate",
    response={200: CaseOut, **BAD},
    openapi_extra=manage("case.terminate"),
    summary="终止办理",
)
def terminate(request: HttpRequest, public_id: UUID, told: ReasonIn) -> Case:
    return working.terminate_case(staff_of(request), case_of(request, public_id), reason=told.reason)
