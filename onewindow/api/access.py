"""Who may call an operation. Each carries the name of its permission into the OpenAPI description."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja.security import APIKeyCookie

from onewindow.kernel.audit.acting import NotAllowed
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor

ANYBODY = "public"
"""The permission of an operation that needs no signing in."""


class SignedIn(APIKeyCookie):
    """The session's cookie, with Django's CSRF token on every write."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor = actor_of(request)
        return actor if actor.account_id is not None else None


signed_in = SignedIn()


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def staff_of(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed("staff")
    return actor


def person_of(request: HttpRequest) -> Person:
    """Who reads their own record; an account may belong to nobody in the register."""
    person = actor_of(request).person
    if person is None:
        raise NotAllowed("self")
    return person


def permission(name: str, *, sees: str, scope: str) -> dict[str, Any]:
    return {"x-permission": name, "x-object-type": sees, "x-scope": scope}


def described_to_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description holds nobody's record, but in a city it is for those who work there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO and not actor_of(request).is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.permission = "staff: any post; anybody in the demo city"  # type: ignore[attr-defined]
    return guarded
