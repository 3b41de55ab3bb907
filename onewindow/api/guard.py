"""What can't be said to us: what no database holds is refused before anything reads it."""

import json
import re
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

DEPTH, BODY_BYTES, LARGEST = 32, 2_000_000, 2**63 - 1
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, and halves of characters."""


class ChineseJson(BaseRenderer):
    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, ensure_ascii=False, default=str)


class CarefulParser(Parser):
    """JSON without depth, NUL, lone surrogates or numbers that no database holds; the same for forms and queries."""

    def parse_body(self, request: HttpRequest) -> Any:
        if len(request.body) > BODY_BYTES:
            raise HttpError(413, "内容过大。")
        try:
            found = json.loads(request.body.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise HttpError(400, "内容不是有效的 JSON。") from None
        if not isinstance(found, dict):
            raise HttpError(400, "内容应为一个对象。")
        must_be_clean(found)
        return found

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        found = super().parse_querydict(data, list_fields, request)
        must_be_clean(found)
        return found


def _refuse(name: str) -> None:
    raise ValueError(name)


def must_be_clean(value: Any, depth: int = 0) -> None:
    if depth > DEPTH:
        raise HttpError(400, "内容嵌套过深。")
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise HttpError(400, "内容含有无法保存的字符。")
    if isinstance(value, int | float) and abs(value) > LARGEST:
        raise HttpError(400, "数值过大。")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for each in value:
            must_be_clean(each, depth + 1)
