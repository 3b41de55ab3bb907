"""Every page says who may open it. A route without one of these words fails a test."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def public_page(why: str) -> Callable[[View], View]:
    """Open without signing in, for the reason given."""

    def mark(view: View) -> View:
        view.permission = f"public: {why}"  # type: ignore[attr-defined]
        return view

    return mark


def _guarded(view: View, permission: str, may: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        if actor.account_id is None:
            return redirect_to_login(request.get_full_path())
        if not may(actor):
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    guarded.permission = permission  # type: ignore[attr-defined]
    return guarded


def resident_page(view: View) -> View:
    """Anybody who has signed in as a person and not as staff."""
    return _guarded(view, "resident", lambda actor: actor.person_id is not None and not actor.is_staff)


def staff_page(*posts: str) -> Callable[[View], View]:
    """Holders of one of the posts; without posts, any member of staff."""

    def guard(view: View) -> View:
        name = f"staff: {', '.join(posts) or 'any post'}"
        return _guarded(view, name, lambda actor: actor.holds(*posts) if posts else actor.is_staff)

    return guard
