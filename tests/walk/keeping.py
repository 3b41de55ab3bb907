"""Every row of every table before and after, so that a write which nobody thought of is seen."""

from typing import Any

from django.apps import apps
from django.db import models

from tests.walk.town import Town

NOT_OURS = {"sessions.session", "audit.auditline", "audit.chainhead", "exchange.rejectedmessage", "axes.accesslog"}
"""Who signed in, who looked, what was refused: written by looking itself."""
Rows = dict[type[models.Model], dict[Any, dict[str, Any]]]


def tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.label_lower not in NOT_OURS]


def kept() -> Rows:
    return {model: {row["pk"]: row for row in _stored(model)} for model in tables()}


def _stored(model: type[models.Model]) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return [{**row, "pk": row[model._meta.pk.attname]} for row in models.QuerySet(model).values(*names)]


def changes(before: Rows, town: Town) -> list[str]:
    """Rows of the district that are not as they were, and new ones that point at its people or cases."""
    found, now = [], kept()
    theirs = {
        "people.person": {person.pk for person in town.people},
        "cases.case": {case.pk for case in town.cases},
    }
    for model, rows in before.items():
        label = model._meta.label
        found += [f"{label} {pk} changed" for pk, row in rows.items() if now[model].get(pk) != row]
        for pk in now[model].keys() - rows.keys():
            pointing = [
                f for f in model._meta.concrete_fields if f.related_model and _is_theirs(f, now[model][pk], theirs)
            ]
            found += [f"{label} {pk} points at their {field.name}" for field in pointing]
    return found


def _is_theirs(field: Any, row: dict[str, Any], theirs: dict[str, set[Any]]) -> bool:
    return row[field.attname] in theirs.get(field.related_model._meta.label_lower, set())
