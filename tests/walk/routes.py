"""Every route of the resolver and every operation of the API, found by asking, so that what is added later is walked too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from onewindow.api.app import api

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)\}|\(\?P<(\w+)>[^)]*\)")
API = "/api/v1"
OF_OTHERS = {
    "/api/v1/": "answers nothing but 404",
    "/exchange/": "partner: the signature of each message is the authority",
    "/accounts/": "public: the way through the city's own sign-in service (OIDC); holds nothing of ours",
}
"""Routes whose views are not ours to mark, by how they begin."""


@dataclass(frozen=True, eq=False)
class Route:
    template: str
    permission: str
    operation: dict[str, Any] | None = None
    method: str = ""

    @property
    def parameters(self) -> list[str]:
        return [next(filter(None, found)) for found in PARAMETER.findall(self.template)]

    @property
    def methods(self) -> tuple[str, ...]:
        """A page is asked both ways; it answers 405 to what it does not do."""
        return (self.method,) if self.method else ("GET", "POST")

    @property
    def is_public(self) -> bool:
        return self.permission.startswith("public")

    def url(self, values: dict[str, Any]) -> str:
        return PARAMETER.sub(lambda found: str(values[next(filter(None, found.groups()))]), self.template)

    def __str__(self) -> str:
        return f"{self.method} {self.template}".strip()


@cache
def pages() -> tuple[Route, ...]:
    """Without the API's operations, which describe themselves."""
    found = (Route(template, _permission(template, view)) for template, view in _patterns(get_resolver(), "/"))
    return tuple(route for route in found if not _is_operation(route.template))


@cache
def operations() -> tuple[Route, ...]:
    schema = api.get_openapi_schema()
    return tuple(
        Route(path, operation.get("x-permission", ""), operation, method.upper())
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )


def resolved_operations() -> set[str]:
    """As the resolver knows them, in the API's way of writing parameters."""
    templates = (template for template, _ in _patterns(get_resolver(), "/") if _is_operation(template))
    return {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", template) for template in templates}


def everything() -> tuple[Route, ...]:
    return (*pages(), *operations())


@cache
def components() -> dict[str, Any]:
    schemas: dict[str, Any] = api.get_openapi_schema()["components"]["schemas"]
    return schemas


def _is_operation(template: str) -> bool:
    return template.startswith(f"{API}/") and template not in (f"{API}/", f"{API}/openapi.json", f"{API}/docs")


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, Any]]:
    for each in resolver.url_patterns:
        template = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLPattern):
            yield template.replace("^", ""), each.callback
        else:
            yield from _patterns(each, template)


def _permission(template: str, view: Any) -> str:
    named = getattr(view, "permission", "")
    others = (why for begin, why in OF_OTHERS.items() if template.startswith(begin))
    return named or ("" if view.__module__.startswith("onewindow.web") else next(others, ""))
