"""A manager that refuses to read until it is told who reads."""

from importlib import import_module
from typing import Any

from django.db import models

from onewindow.kernel.audit.chain import append_line


class UnscopedRead(Exception):
    """Say who reads: `.seen_by(actor)`, `.of(person)` or `.whole_city(actor, reason)`."""


class Scoped(models.Manager[Any]):
    """`seen_by` is given as "module:function" because who may see what is decided on a higher floor of the kernel."""

    def __init__(self, seen_by: str, of: str = "") -> None:
        super().__init__()
        self._seen_by, self._of = seen_by, of

    def get_queryset(self) -> models.QuerySet[Any]:
        raise UnscopedRead(UnscopedRead.__doc__)

    def _everything(self) -> models.QuerySet[Any]:
        return models.QuerySet(self.model, using=self._db)

    def seen_by(self, actor: Any) -> models.QuerySet[Any]:
        module, _, function = self._seen_by.partition(":")
        scope: models.Q = getattr(import_module(module), function)(actor)
        return self._everything().filter(scope)

    def of(self, person: Any) -> models.QuerySet[Any]:
        """What concerns this person as its own subject."""
        return self._everything().filter(**{self._of or "pk": person.pk})

    def whole_city(self, actor: Any, reason: str) -> models.QuerySet[Any]:
        """For work that has no district (payroll, statistics, background jobs). The reason is logged."""
        name = self.model._meta.label_lower
        append_line(
            shard="12", action="whole_city", target=name, actor=actor, subject=None, reason=reason[:400], detail={}
        )
        return self._everything()
