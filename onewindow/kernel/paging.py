"""Long lists, page by key: the hundredth page costs what the first does, and no row is skipped when others come in."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

SALT = "onewindow.kernel.paging"
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    rows: list[M]
    previous: str = ""
    next: str = ""


def page_of(queryset: QuerySet[M], *, after: str = "", before: str = "", order: str = "-pk", size: int = 50) -> Page[M]:
    """One page ordered by a field that is never null (annotate with Coalesce where it may be) and then by pk."""
    field, is_descending, back = order.lstrip("-"), order.startswith("-"), bool(before)
    key = _read_key(before or after, field)
    walks_down = is_descending != back
    if key is not None:
        queryset = queryset.filter(_beyond(field, key, "lt" if walks_down else "gt"))
    sign = "-" if walks_down else ""
    found = list(queryset.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    has_more, rows = len(found) > size, found[:size]
    if back:
        rows.reverse()
    has_previous, has_next = (has_more, key is not None) if back else (key is not None, has_more)
    return Page(
        rows,
        previous=_write_key(rows[0], field) if rows and has_previous else "",
        next=_write_key(rows[-1], field) if rows and has_next else "",
    )


def _beyond(field: str, key: tuple[Any, Any], compare: str) -> Q:
    value, pk = key
    if field == "pk":
        return Q(**{f"pk__{compare}": pk})
    return Q(**{f"{field}__{compare}": value}) | Q(**{field: value, f"pk__{compare}": pk})


def _write_key(row: Model, field: str) -> str:
    value: Any = row
    for name in field.split("__"):
        value = getattr(value, name)
    plain = value.isoformat() if isinstance(value, date) else value
    return signing.dumps([field, plain, row.pk], salt=SALT)


def _read_key(token: str, field: str) -> tuple[Any, Any] | None:
    """Signed, so that nothing hostile reaches the database; a key of another order starts from the front."""
    try:
        of_field, value, pk = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (value, pk) if of_field == field else None
