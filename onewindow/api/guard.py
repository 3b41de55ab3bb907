"""What can't be said to us, and what we answer when something goes wrong: one shape, never a 5xx for bad input."""

import json
from typing import Any

from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from onewindow.kernel.audit.acting import NotAllowed, Refused

DEPTH, BODY_BYTES = 32, 2_000_000
LARGEST = 2**63 - 1


class ChineseJson(BaseRenderer):
    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, ensure_ascii=False, default=str)


class CarefulParser(Parser):
    """JSON without depth, NUL, lone surrogates or numbers that no database holds."""

    def parse_body(self, request: HttpRequest) -> Any:
        if len(request.body) > BODY_BYTES:
            raise HttpError(413, "内容过大。")
        try:
            text = request.body.decode()
            if deepest(text) > DEPTH:
                raise ValueError
            found = json.loads(text, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise HttpError(400, "内容不是有效的 JSON。") from None
        _must_be_clean(found)
        return found


def deepest(text: str) -> int:
    """Of brackets, as a cheap upper bound that needs no parsing."""
    depth = most = 0
    for letter in text:
        if letter in "[{":
            depth += 1
            most = max(most, depth)
        elif letter in "]}":
            depth -= 1
    return most


def _refuse(name: str) -> None:
    raise ValueError(name)


def _must_be_clean(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise HttpError(400, "内容含有无法保存的字符。")
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        if abs(value) > LARGEST:
            raise HttpError(400, "数值过大。")
    elif isinstance(value, dict):
        for key, each in value.items():
            _must_be_clean(key)
            _must_be_clean(each)
    elif isinstance(value, list):
        for each in value:
            _must_be_clean(each)


def problem(status: int, code: str, message: str, fields: dict[str, Any] | None = None) -> HttpResponse:
    body = json.dumps({"code": code, "message": message, "fields": fields or {}}, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    fields = getattr(error, "errors", None) or ({error.field: [error.message]} if error.field else {})
    return problem(422 if fields else 409, "refused", error.message, fields)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    fields = {".".join(map(str, each["loc"][1:])) or "body": [each["msg"]] for each in error.errors}
    return problem(422, "invalid", "有内容填写不正确，请按提示修改。", fields)


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
        OperationalError: (503, "busy", "系统繁忙，请稍后重试。"),
    }
    for kind, (status, code, message) in simple.items():
        api.add_exception_handler(kind, lambda request, error, s=status, c=code, m=message: problem(s, c, m))
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, lambda request, error: problem(error.status_code, "bad_request", str(error)))
