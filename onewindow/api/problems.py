"""What we answer when something goes wrong: one shape, and never a 5xx for bad input."""

import json
import logging
import uuid
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from onewindow.kernel.audit.acting import NotAllowed, Refused

log = logging.getLogger("onewindow.api")
WRONG = "填写不正确，请核对。"
WORDS = {
    "missing": "必填。",
    "string_too_long": "最多{max_length}个字。",
    "string_too_short": "至少{min_length}个字。",
    "string_type": "应为文字。",
    "string_pattern_mismatch": "格式不正确。",
    "int_parsing": "应为整数。",
    "int_type": "应为整数。",
    "greater_than_equal": "不能小于{ge}。",
    "less_than_equal": "不能大于{le}。",
    "too_long": "最多{max_length}项。",
    "uuid_parsing": "编号不正确。",
    "uuid_type": "编号不正确。",
    "literal_error": "不在可选的范围内。",
}
"""By pydantic's kinds of error; the rest is WRONG."""


def problem(status: int, code: str, message: str, fields: dict[str, Any] | None = None) -> HttpResponse:
    body = json.dumps({"code": code, "message": message, "fields": fields or {}}, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _told(told: tuple[int, str, str], request: HttpRequest, error: Any) -> HttpResponse:
    return problem(*told)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    fields = getattr(error, "errors", None) or ({error.field: [error.message]} if error.field else {})
    return problem(422 if fields else 409, "refused", error.message, fields)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """A body's fields are named as the caller named them, without the parameter they were read into."""
    fields: dict[str, list[str]] = {}
    for each in error.errors:
        where = each["loc"][2:] if each["loc"][0] == "body" else each["loc"][1:]
        words = WORDS.get(each["type"], WRONG).format(**each.get("ctx", {}))
        fields.setdefault(".".join(map(str, where)) or "body", []).append(words)
    return problem(422, "invalid", "有内容填写不正确，请按提示修改。", fields)


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """The parser's own words; ninja wraps them in its own."""
    ours = error.__cause__ if isinstance(error.__cause__, HttpError) else error
    if ours.status_code == 403:
        return problem(403, "csrf", "缺少 X-CSRFToken，或与 csrftoken 不一致。")
    return problem(ours.status_code, "too_large" if ours.status_code == 413 else "bad_request", str(ours))


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    """Our fault. The number finds it in the log; nothing of what was sent stands there."""
    incident = uuid.uuid4().hex[:12]
    log.error("incident %s at %s %s", incident, request.method, request.path, exc_info=error)
    return problem(500, "broken", f"系统出错，已记录，编号{incident}。请稍后重试，或把编号告诉管理员。")


def answer_problems(api: NinjaAPI) -> None:
    """One handler for each kind of failure."""
    simple: dict[type[Exception], tuple[int, str, str]] = {
        AuthenticationError: (401, "sign_in", "请先登录。"),
        NotAllowed: (403, "not_allowed", "您没有办理这项操作的权限。"),
        Http404: (404, "not_found", "没有找到，或不在您的查看范围。"),
        IntegrityError: (409, "conflict", "这项操作刚刚已经完成或与其他操作冲突，请刷新后查看。"),
        ProtectedError: (409, "in_use", "仍被其他记录使用，不能删除。"),
        DataError: (400, "bad_data", "内容含有无法保存的值。"),
        OverflowError: (400, "bad_data", "数值过大。"),
        RequestDataTooBig: (413, "too_large", "内容过大。"),
        SuspiciousOperation: (400, "bad_request", "请求不正确。"),
        MultiPartParserError: (400, "bad_request", "表单内容不完整。"),
        UnreadablePostError: (400, "bad_request", "请求没有传完。"),
        OperationalError: (503, "busy", "系统繁忙，请稍后重试。"),
    }
    for kind, told in simple.items():
        api.add_exception_handler(kind, partial(_told, told))
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Exception, _broken)
