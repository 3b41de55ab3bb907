"""For anybody: the catalogue and what is posted in public."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from onewindow.api.access import permission
from onewindow.api.shapes import GuideOut, MatterOut, NoticeOut, ObjectionIn, Problem
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.actions.disputing import raise_objection
from onewindow.kernel.cases.models import PublicNotice
from onewindow.kernel.catalog import Matter, matters

router = Router(tags=["公开"])
OPEN = permission("public", sees="matter", scope="anybody")
POSTED = permission("public", sees="public_notice", scope="anybody; only open notices")


@router.get("/matters", response=list[MatterOut], auth=None, openapi_extra=OPEN, summary="事项目录")
def list_matters(request: HttpRequest) -> list[Matter]:
    return list(matters().values())


@router.get(
    "/matters/{code}", response={200: GuideOut, 404: Problem}, auth=None, openapi_extra=OPEN, summary="办事指南"
)
def guide(request: HttpRequest, code: str) -> dict[str, object]:
    matter = matters().get(code)
    if matter is None:
        raise Http404
    return {**vars(matter), "laws": [str(law) for law in matter.laws]}


@router.get("/notices", response=list[NoticeOut], auth=None, openapi_extra=POSTED, summary="正在公示")
def list_notices(request: HttpRequest) -> list[dict[str, object]]:
    notices = PublicNotice.objects.filter(closed_at=None, until_on__gte=today()).select_related("case").order_by("-id")
    return [
        {**vars(notice), "place_id": notice.place_id, "matter": notice.case.matter.name} for notice in notices[:50]
    ]


@router.post(
    "/notices/{public_id}/objections",
    response={201: None, 404: Problem, 409: Problem, 422: Problem},
    auth=None,
    openapi_extra=permission("notice.object", sees="objection", scope="anybody; only open notices"),
    summary="提出异议",
)
def object_to_notice(request: HttpRequest, public_id: UUID, told: ObjectionIn) -> tuple[int, None]:
    notice = get_object_or_404(PublicNotice, public_id=public_id)
    raise_objection(request.actor, notice, **told.dict())  # type: ignore[attr-defined]
    return 201, None
