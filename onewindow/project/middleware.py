"""Who is asking, and what no answer may leave without."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.staff.actor import NOBODY, actor_of

Answer = Callable[[HttpRequest], HttpResponse]


def who_is_asking(get_response: Answer) -> Answer:
    """Sets `request.actor`, read anew at each request: a right that was taken away is gone at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            if _is_idle(request):
                logout(request)
            else:
                request.actor = actor_of(request.user)  # type: ignore[attr-defined]
        response = get_response(request)
        if request.user.is_authenticated or request.path.startswith("/check"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


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
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


class AnswerRefusals:
    """One place that turns what can go wrong into an answer: never a 5xx for bad input, 503 when the database is away."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return render(request, "403.html", status=403)
        if isinstance(error, Refused):
            return render(request, "409.html", {"reason": error.message}, status=409)
        if isinstance(error, IntegrityError):
            return render(
                request, "409.html", {"reason": "这项操作刚刚已经完成或与其他操作冲突，请刷新页面查看。"}, status=409
            )
        if isinstance(error, DataError):
            return render(request, "400.html", status=400)
        if isinstance(error, OperationalError):
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = "5"
            return response
        return None
