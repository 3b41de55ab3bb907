"""For anybody: the catalogue, what is posted in public, and whether a letter is genuine."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Status
from pydantic import Field

from onewindow.api.access import ANYBODY, permission
from onewindow.api.shapes.catalogue import (
    GuideOut,
    LetterCheckOut,
    MatterOut,
    MattersIn,
    NoticeOut,
    NoticesIn,
    ObjectionIn,
)
from onewindow.api.shapes.common import OPEN_PROBLEMS, PROBLEMS, Code, Rows
from onewindow.kernel.cases.actions.disputing import raise_objection
from onewindow.kernel.cases.models import PublicNotice
from onewindow.kernel.cases.queries import open_notices
from onewindow.kernel.catalog import Matter, matters
from onewindow.kernel.catalog.search import find_matters
from onewindow.kernel.paging import Page, page_of
from onewindow.kernel.papers.letters.checking import Checked, letter_by_code
from onewindow.kernel.staff.actor import NOBODY

router = Router(tags=["公开"], auth=None)
OPEN = permission(ANYBODY, sees="matter", scope="anybody")
POSTED = permission(ANYBODY, sees="public_notice", scope="anybody; only open notices, never by name")
LetterCode = Annotated[str, Field(max_length=80)]


@router.get("/matters", response={200: list[MatterOut], **OPEN_PROBLEMS}, openapi_extra=OPEN, summary="事项目录")
def list_matters(request: HttpRequest, asked: Query[MattersIn]) -> list[Matter]:
    return find_matters(asked.q)


@router.get("/matters/{code}", response={200: GuideOut, **OPEN_PROBLEMS}, openapi_extra=OPEN, summary="办事指南")
def guide(request: HttpRequest, code: Path[Code]) -> Matter:
    matter = matters().get(code)
    if matter is None:
        raise Http404
    return matter


@router.get("/notices", response={200: Rows[NoticeOut], **OPEN_PROBLEMS}, openapi_extra=POSTED, summary="正在公示")
def list_notices(request: HttpRequest, asked: Query[NoticesIn]) -> Page[Any]:
    return page_of(open_notices(asked.place), after=asked.after, before=asked.before)


@router.post(
    "/notices/{public_id}/objections",
    response={201: None, **PROBLEMS},
    openapi_extra=permission("notice.object", sees="objection", scope="anybody; only open notices"),
    summary="提出异议",
)
def object_to_notice(request: HttpRequest, public_id: UUID, told: ObjectionIn) -> Status[None]:
    """In nobody's name, signed in or not: without a session's token another site could object in a clerk's."""
    raise_objection(NOBODY, get_object_or_404(PublicNotice, public_id=public_id), **told.dict())
    return Status(201, None)


@router.get(
    "/letter-checks/{code}",
    response={200: LetterCheckOut, **OPEN_PROBLEMS},
    openapi_extra=permission(ANYBODY, sees="letter", scope="whoever has the code that stands on the letter"),
    summary="文书查验",
)
def check_letter(request: HttpRequest, code: Path[LetterCode]) -> Checked:
    found = letter_by_code(code)
    if found is None:
        raise Http404
    return found
