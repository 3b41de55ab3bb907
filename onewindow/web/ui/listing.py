"""Which page of a list, and in which order, an address asks for."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from onewindow.kernel.paging import SALT, Page, page_of

__all__ = ["PAGE_KEYS", "SALT", "SORT_KEY", "Page", "chosen_sort", "page_by_key"]

AFTER, BEFORE, SORT_KEY = "after", "before", "sort"
PAGE_KEYS = (AFTER, BEFORE)
M = TypeVar("M", bound=Model)


def chosen_sort(request: HttpRequest, sorts: dict[str, str], default: str) -> str:
    """The field to order by, from `?sort=due` or `?sort=-due`; unknown words are the default's."""
    wanted = request.GET.get(SORT_KEY, default)
    key = wanted if wanted.lstrip("-") in sorts else default
    return ("-" if key.startswith("-") else "") + sorts[key.lstrip("-")]


def page_by_key(queryset: QuerySet[M], request: HttpRequest, order: str = "-pk", size: int = 50) -> Page[M]:
    asked = request.GET
    return page_of(queryset, after=asked.get(AFTER, ""), before=asked.get(BEFORE, ""), order=order, size=size)
