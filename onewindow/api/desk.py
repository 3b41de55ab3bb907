"""For staff: find people, the queue, and the steps of a case."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from onewindow.api.access import permission, signed_in, staff_of
from onewindow.api.shapes.case import CaseOut
from onewindow.api.shapes.common import PROBLEMS, READ_PROBLEMS, ReasonIn, Row
from onewindow.api.shapes.desk import (
    CorrectIn,
    ExtendIn,
    FindIn,
    FinishIn,
    HistoryOut,
    PersonOut,
    QueueIn,
    QueueOut,
    Revealed,
    SuspendIn,
    WorkingOut,
)
from onewindow.api.typed import as_typed
from onewindow.kernel.cases import queries
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.facts import form_class
from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.cases.queries import open_case, seen_case
from onewindow.kernel.cases.records import RECORDS
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.paging import page_of
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.finding import find_people, person_file
from onewindow.kernel.staff.revealing import reveal_id_number

router = Router(tags=["窗口和经办"], auth=signed_in)
WHOLE = {200: CaseOut, **PROBLEMS}
CASE, RUN = "/cases/{public_id}", "/cases/{public_id}/steps/{run_id}"
PEOPLE = "windows: the city; officers: their place"


@router.post(
    "/people/find",
    response={200: list[PersonOut], **PROBLEMS},
    openapi_extra=permission("person.find", sees="person", scope=PEOPLE),
    summary="查找居民",
)
def find(request: HttpRequest, told: FindIn) -> list[Person]:
    """By whole ID number, phone or name; by POST, so that none of them stands in an address or a log."""
    return find_people(staff_of(request), told.text, told.reason)


@router.post(
    "/people/{public_id}",
    response={200: PersonOut, **PROBLEMS},
    openapi_extra=permission("person.look", sees="person", scope=PEOPLE),
    summary="查看居民",
)
def look(request: HttpRequest, public_id: UUID, told: ReasonIn) -> Person:
    return person_file(staff_of(request), public_id, told.reason)


@router.post(
    "/people/{public_id}/reveal",
    response={200: Revealed, **PROBLEMS},
    openapi_extra=permission("person.reveal_id", sees="person", scope=PEOPLE),
    summary="查看完整身份证号",
)
def reveal(request: HttpRequest, public_id: UUID, told: ReasonIn) -> dict[str, str]:
    actor = staff_of(request)
    person = get_object_or_404(Person.objects.seen_by(actor), public_id=public_id)
    return {"id_number": reveal_id_number(actor, person, reason=told.reason)}


@router.get(
    "/queue",
    response={200: QueueOut, **READ_PROBLEMS},
    openapi_extra=permission("queue.seen_by", sees="step", scope="open work of one's posts"),
    summary="待办",
)
def queue(request: HttpRequest, asked: Query[QueueIn]) -> dict[str, Any]:
    """By due date."""
    actor = staff_of(request)
    runs = queries.queue_of(actor, asked.show, asked.matter)
    page = page_of(runs, after=asked.after, before=asked.before, order="sort_on", size=30)
    return {**vars(page), "counts": queries.queue_counts(actor)}


def reads(name: str) -> dict[str, Any]:
    return permission(name, sees="case", scope="officers: cases of their place; windows: what they took")


@router.get(
    f"{CASE}/work", response={200: WorkingOut, **READ_PROBLEMS}, openapi_extra=reads("case.work"), summary="办理"
)
def show_work(request: HttpRequest, public_id: UUID) -> queries.CaseWork:
    """Declared against found, the sum with its explanation, records, objections, and what is mine to do."""
    actor = staff_of(request)
    return queries.case_work(actor, open_case(actor, public_id))


@router.get(
    f"{CASE}/history", response={200: HistoryOut, **READ_PROBLEMS}, openapi_extra=reads("case.history"), summary="经过"
)
def show_history(request: HttpRequest, public_id: UUID) -> queries.CaseHistory:
    return queries.case_history(open_case(staff_of(request), public_id))


def step(code: str) -> dict[str, Any]:
    return permission(code, sees="step", scope="the step's post at the case's place")


def run_of(actor: Actor, public_id: UUID, run_id: int) -> StepRun:
    return get_object_or_404(seen_case(actor, public_id).runs, pk=run_id)


@router.post(f"{RUN}/claim", response=WHOLE, openapi_extra=step("step.claim"), summary="认领")
def claim(request: HttpRequest, public_id: UUID, run_id: Row) -> Case:
    actor = staff_of(request)
    return working.claim_step(actor, run_of(actor, public_id, run_id)).case


@router.post(f"{RUN}/release", response=WHOLE, openapi_extra=step("step.release"), summary="退回待办")
def release(request: HttpRequest, public_id: UUID, run_id: Row) -> Case:
    actor = staff_of(request)
    return working.release_step(actor, run_of(actor, public_id, run_id)).case


@router.post(f"{RUN}/finish", response=WHOLE, openapi_extra=step("step.finish"), summary="办结环节")
def finish(request: HttpRequest, public_id: UUID, run_id: Row, told: FinishIn) -> Case:
    actor = staff_of(request)
    run = run_of(actor, public_id, run_id)
    fields = RECORDS[step_of_run(run).record].base_fields
    record = {name: as_typed(fields.get(name), value) for name, value in told.record.items()}
    return working.finish_step(
        actor, run, outcome=told.outcome, record=record, with_number=told.with_number, reason=told.reason,
        extra_items=tuple(told.extra_items),
    )  # fmt: skip


def manages(code: str) -> dict[str, Any]:
    return permission(code, sees="case", scope="officers and chiefs of the case's place")


@router.post(f"{CASE}/suspend", response=WHOLE, openapi_extra=manages("case.suspend"), summary="中止计时")
def suspend(request: HttpRequest, public_id: UUID, told: SuspendIn) -> Case:
    actor = staff_of(request)
    return working.suspend_case(actor, seen_case(actor, public_id), **told.dict()).case


@router.post(f"{CASE}/resume", response=WHOLE, openapi_extra=manages("case.resume"), summary="恢复计时")
def resume(request: HttpRequest, public_id: UUID) -> Case:
    actor = staff_of(request)
    return working.resume_case(actor, seen_case(actor, public_id))


@router.post(f"{CASE}/extend", response=WHOLE, openapi_extra=manages("case.extend"), summary="延长期限")
def extend(request: HttpRequest, public_id: UUID, told: ExtendIn) -> Case:
    actor = staff_of(request)
    return working.extend_case(actor, seen_case(actor, public_id), **told.dict()).case


@router.post(f"{CASE}/correct", response=WHOLE, openapi_extra=manages("case.correct_facts"), summary="更正事实")
def correct(request: HttpRequest, public_id: UUID, told: CorrectIn) -> Case:
    actor = staff_of(request)
    case = seen_case(actor, public_id)
    sheet = told.sheet.replace("-", "")
    form = form_class(case.matter, "Household" if sheet == "household" else "Member")
    value = as_typed(form.base_fields.get(told.field), told.value)
    return working.correct_fact(actor, case, sheet=sheet, field=told.field, value=value, reason=told.reason)


@router.post(f"{CASE}/terminate", response=WHOLE, openapi_extra=manages("case.terminate"), summary="终止办理")
def terminate(request: HttpRequest, public_id: UUID, told: ReasonIn) -> Case:
    actor = staff_of(request)
    return working.terminate_case(actor, seen_case(actor, public_id), reason=told.reason)
