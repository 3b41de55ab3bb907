"""Where nothing answers: pages for people, the one shape of problems for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from onewindow.api.problems import problem


def is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return problem(404, "not_found", "没有这个地址。")
    return defaults.page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return problem(400, "bad_request", "请求不正确。")
    return defaults.bad_request(request, exception)


def broken(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    if is_program(request):
        return problem(500, "broken", "系统出错，已记录。请稍后重试。")
    return defaults.server_error(request)
