"""What pages read of proposals."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from onewindow.fields.policy.models import ProposalNote, StandardProposal
from onewindow.kernel.staff.actor import Actor

WITH = ("drafted_by", "first_by", "second_by", "run")


def proposals_seen(actor: Actor) -> QuerySet[StandardProposal]:
    found: QuerySet[StandardProposal] = StandardProposal.objects.seen_by(actor)
    return found.select_related(*WITH).defer("run__result", "reason")


def seen_proposal(actor: Actor, public_id: UUID) -> StandardProposal:
    seen: Any = StandardProposal.objects.seen_by(actor).select_related(*WITH)
    found: StandardProposal | None = seen.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def notes_of(proposal: StandardProposal) -> list[ProposalNote]:
    return list(proposal.notes.order_by("-id")[:50])
