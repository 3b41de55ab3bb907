"""Who may call an operation. Each carries the name of its permission into the OpenAPI description."""

from typing import Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie

from onewindow.kernel.staff.actor import Actor


class SignedIn(APIKeyCookie):
    """The session's cookie, with Django's CSRF token on every write."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.account_id is not None else None


signed_in = SignedIn()


def permission(name: str, *, sees: str, scope: str) -> dict[str, Any]:
    return {"x-permission": name, "x-object-type": sees, "x-scope": scope}
