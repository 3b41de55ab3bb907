"""What a grant pays in a month, and changing many grants at once where the law changed and the facts did not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from onewindow.kernel.audit.acting import action
from onewindow.kernel.cases.models import CaseEvent, Message
from onewindow.kernel.grants.models import Grant, GrantAmount, PaymentItem
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import system

BATCH = 1_000
"""Rows of one statement: SQLite and PostgreSQL both bound the parameters that one may have."""
Key = TypeVar("Key")


def in_pieces(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))


def sum_in(month: str) -> Coalesce:
    """For `annotate`: the sum of the newest change up to that month, or as decided."""
    changed = GrantAmount.objects.filter(grant=OuterRef("pk"), from_month__lte=month).order_by("-from_month")
    return Coalesce(Subquery(changed.values("amount_fen")[:1]), F("amount_fen"))


def in_force(month: str) -> QuerySet[Grant]:
    """Monthly grants that are paid for that month, each with its sum as `due_fen`."""
    found = Grant.unscoped.filter(every=Grant.Every.MONTH, from_month__lte=month)
    return found.filter(Q(until_month="") | Q(until_month__gte=month)).annotate(due_fen=sum_in(month))


@action("grant.change_amounts", "按规定重新计算待遇金额", may=system, logs=("month", "cause", "count", "digest"))
def change_amounts(
    actor: Actor,
    place: Place,
    *,
    sums: Mapping[int, int],
    month: str,
    cause: str,
    law_version: str,
    count: int,
    digest: str,
) -> set[int]:
    """
    Grant → its new sum from `month` on, in one statement for many. Gives those that were left as they are: ended, changed
    already, or drafted or paid for the month or a later one (changing.py makes up for what was paid, one by one).
    """
    grants = _open_to_change(sums, month)
    now = timezone.now()
    made = [
        GrantAmount(grant_id=pk, from_month=month, amount_fen=sums[pk], cause=cause, law_version=law_version)
        for pk, _, _ in grants
    ]
    GrantAmount.objects.bulk_create(made, batch_size=BATCH)
    texts = {pk: f"{cause}：自{month}起每月{sums[pk] / 100:,.2f}元。" for pk, _, _ in grants}
    CaseEvent.objects.bulk_create(
        (
            CaseEvent(case_id=case, at=now, code="recomputed", text=texts[pk], actor=actor.label)
            for pk, case, _ in grants
        ),
        batch_size=BATCH,
    )
    told = Message.objects.bulk_create(
        (Message(case_id=case, person_id=holder, text=texts[pk]) for pk, case, holder in grants), batch_size=BATCH
    )
    OutMessage.objects.bulk_create(
        (
            OutMessage(channel="sms", lane="sms", key=f"sms:{each.pk}", payload={"message": each.pk}, not_before=now)
            for each in told
        ),
        batch_size=BATCH,
    )
    return set(sums) - {pk for pk, _, _ in grants}


def _open_to_change(sums: Mapping[int, int], month: str) -> list[tuple[int, int, int]]:
    """Grant, its case and its holder; locked, so that no payment is drafted meanwhile."""
    found: list[tuple[int, int, int]] = []
    keys = sorted(sums)
    for piece in in_pieces(keys):
        some: Any = Grant.unscoped.filter(pk__in=piece)
        some = some.filter(Q(until_month="") | Q(until_month__gte=month))
        gone = [PaymentItem.State.RETURNED, PaymentItem.State.CANCELLED]
        paid = PaymentItem.objects.filter(grant=OuterRef("pk"), month__gte=month).exclude(state__in=gone)
        done = GrantAmount.objects.filter(grant=OuterRef("pk"), from_month__gte=month)
        some = some.filter(~Exists(paid), ~Exists(done))
        found += some.select_for_update(of=("self",)).order_by("pk").values_list("pk", "case_id", "holder_id")
    return found
