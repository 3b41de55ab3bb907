"""Who sees a paper or a letter: whose it is, and whoever a higher floor says (cases add the office that works on it)."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

Scope = Callable[[Any], Q]
PAPER_SCOPES: list[Scope] = []
LETTER_SCOPES: list[Scope] = []


def papers_seen_by(actor: Any) -> Q:
    return _any_of(PAPER_SCOPES, "owner_id", actor)


def letters_seen_by(actor: Any) -> Q:
    return _any_of(LETTER_SCOPES, "recipient_id", actor)


def _any_of(scopes: list[Scope], own: str, actor: Any) -> Q:
    seen = Q(**{own: actor.person_id}) if actor.person_id else Q(pk__in=[])
    for scope in scopes:
        seen |= scope(actor)
    return seen
