"""A paper or letter is seen by whose it is. The office that works on a case reaches its papers through the case."""

from typing import Any

from django.db.models import Q


def papers_seen_by(actor: Any) -> Q:
    return Q(owner_id=actor.person_id) if actor.person_id else Q(pk__in=[])


def letters_seen_by(actor: Any) -> Q:
    return Q(recipient_id=actor.person_id) if actor.person_id else Q(pk__in=[])
