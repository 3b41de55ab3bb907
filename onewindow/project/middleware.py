"""Who is asking, and what no answer may leave without."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onewindow.api.problems import problem
from onewindow.fields.policy.law import look
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.staff.actor import NOBODY, actor_of
from onewindow.project.errors import is_program

Answer = Callable[[HttpRequest], HttpResponse]
CLASH = "这项操作刚刚已经完成或与其他操作冲突，请刷新页面查看。"


def who_is_asking(get_response: Answer) -> Answer:
    """Sets `request.actor`, read anew at each request: a right that was taken away is gone at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY  # type: ignore[attr-defined]
        try:
            look()
            _recognise(request)
        except OperationalError:
            return busy(request)
        response = get_response(request)
        if request.user.is_authenticated or request.path.startswith("/check"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def _recognise(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        return
    if _is_idle(request):
        logout(request)
    else:
        request.actor = actor_of(request.user)  # type: ignore[attr-defined]


def _is_idle(request: HttpRequest) -> bool:
    now = int(timezone.now().timestamp())
    last = request.session.get("last_seen", now)
    if now - last > settings.IDLE_SECONDS:
        return True
    if now - last > 30 or "last_seen" not in request.session:
        request.session["last_seen"] = now
    return False


def clean_request(get_response: Answer) -> Answer:
    """Refuses NUL and undecodable bytes in path and query before they reach a database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            unclean = "\x00" in request.path or any("\x00" in v for vs in request.GET.lists() for v in (vs[0], *vs[1]))
        except (RequestDataTooBig, SuspiciousOperation):
            unclean = True
        if unclean:
            return _answer(request, 400, "内容含有无法保存的字符。")
        return get_response(request)

    return middleware


def _answer(request: HttpRequest, status: int, message: str, **context: Any) -> HttpResponse:
    """A page for people, the one shape of problems for programs."""
    if is_program(request):
        return problem(status, "refused", message)
    return render(request, f"{status}.html", context, status=status)


def busy(request: HttpRequest) -> HttpResponse:
    response = _answer(request, 503, "系统繁忙，请稍后重试。")
    response.headers["Retry-After"] = "5"
    return response


class AnswerRefusals:
    """One place that turns what can go wrong into an answer: never a 5xx for bad input, 503 when the database is away."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return _answer(request, 403, "您没有办理这项操作的权限。")
        if isinstance(error, Refused):
            return _answer(request, 409, error.message, reason=error.message)
        if isinstance(error, IntegrityError):
            return _answer(request, 409, CLASH, reason=CLASH)
        if isinstance(error, DataError | OverflowError):
            return _answer(request, 400, "内容含有无法保存的值。")
        if isinstance(error, OperationalError):
            return busy(request)
        return None
