"""Many sums at once where only the law changed: checked by one person, approved by another over a digest, written in batches."""

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from onewindow.fields.finding.models import Recomputation
from onewindow.fields.finding.scope import LIST_POSTS
from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.grants.amounts import BATCH, change_amounts
from onewindow.kernel.grants.changing import change_amount
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import put_out, sends
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.permission import post
from onewindow.kernel.staff.posts import Post

State = Recomputation.State


def digest_of(told: Recomputation) -> str:
    """What is checked, what is approved and what is written: every grant with both sums, in a fixed order."""
    found = hashlib.sha256(f"{told.benefit} {told.month} {told.place_id}\n".encode())
    for line in told.lines.order_by("id").values_list("grant_id", "before_fen", "after_fen").iterator():
        found.update("{} {} {}\n".format(*line).encode())
    return found.hexdigest()


def add_up(told: Recomputation) -> Recomputation:
    """Count, sums and digest of the lines as they stand."""
    sums = told.lines.aggregate(n=Count("pk"), before=Sum("before_fen"), after=Sum("after_fen"))
    told.count, told.before_fen, told.after_fen = sums["n"], sums["before"] or 0, sums["after"] or 0
    told.digest = digest_of(told)
    told.save(update_fields=["count", "before_fen", "after_fen", "digest"])
    return told


def _must_be(told: Recomputation, state: str, digest: str) -> None:
    if told.state != state:
        raise Refused("名单的状态已变化，请刷新页面。")
    if digest != told.digest or digest_of(told) != told.digest:
        raise Refused("名单内容与页面显示的不一致，请重新打开核对。")


@action("recompute.check", "核对重算名单", may=post(Post.DISTRICT_OFFICER), logs=("digest",))
def check_list(actor: Actor, told: Recomputation, *, digest: str) -> Recomputation:
    _must_be(told, State.DRAFT, digest)
    told.state, told.checked_by, told.checked_at = State.CHECKED, actor.person, timezone.now()
    told.save(update_fields=["state", "checked_by", "checked_at"])
    return told


@action("recompute.approve", "批准重算名单", may=post(Post.DISTRICT_CHIEF), logs=("digest",))
def approve_list(actor: Actor, told: Recomputation, *, digest: str) -> Recomputation:
    """By another person than the checker, over the digest that was on the screen. The background worker writes it."""
    _must_be(told, State.CHECKED, digest)
    if actor.person_id == told.checked_by_id:
        raise Refused("核对人不能批准自己核对的名单，请由另一人批准。")
    told.state, told.approved_by, told.approved_at = State.APPROVED, actor.person, timezone.now()
    told.save(update_fields=["state", "approved_by", "approved_at"])
    put_out("recompute", f"recompute:{told.public_id}", {"list": told.pk})
    return told


@action("recompute.cancel", "作废重算名单", may=post(*LIST_POSTS))
def cancel_list(actor: Actor, told: Recomputation, *, reason: str) -> Recomputation:
    if told.state not in (State.DRAFT, State.CHECKED):
        raise Refused("已批准的名单不能作废。")
    if not reason.strip():
        raise Refused("请填写作废原因。", "reason")
    told.state = State.CANCELLED
    told.save(update_fields=["state"])
    return told


def write_batch(pk: int, size: int = BATCH) -> bool:
    """One batch in one transaction with its place in the list; False when nothing is left. Killed in between, it never was."""
    with transaction.atomic():
        told = Recomputation.unscoped.select_for_update(of=("self",)).select_related("place").get(pk=pk)
        if told.state != State.APPROVED:
            return False
        lines = list(told.lines.filter(pk__gt=told.last_line).order_by("pk")[:size])
        if lines:
            sums = {line.grant_id: line.after_fen for line in lines}
            passed_over = change_amounts(
                SYSTEM, told.place, sums=sums, month=told.month, cause=told.cause, law_version=told.law_version,
                count=len(sums), digest=told.digest,
            )  # fmt: skip
            left = [pk for pk in sorted(passed_over) if not _with_back_pay(told, pk, sums[pk])]
            told.written, told.left = told.written + len(sums) - len(left), told.left + len(left)
            told.last_line = lines[-1].pk
        else:
            told.state, told.applied_at = State.APPLIED, timezone.now()
        told.save(update_fields=["written", "left", "last_line", "state", "applied_at"])
        return bool(lines)


def _with_back_pay(told: Recomputation, pk: int, fen: int) -> bool:
    """A month that was paid by the old sum: changed by itself, so that the difference is made up for with the next payment."""
    grant = Grant.unscoped.get(pk=pk)
    try:
        with transaction.atomic():
            change_amount(
                SYSTEM, grant, from_month=told.month, amount_fen=fen, reason=told.cause, law_version=told.law_version
            )
    except Refused:  # ended, changed from a later month on, or its payment is at the bank: an officer looks
        return False
    return True


def write_list(pk: int, progress: Callable[[int, int], None] | None = None, size: int = BATCH) -> Recomputation:
    """All that is left of an approved list."""
    while write_batch(pk, size):
        if progress is not None:
            told = Recomputation.unscoped.get(pk=pk)
            progress(told.written + told.left, told.count)
    return Recomputation.unscoped.get(pk=pk)


@sends("recompute")
def _write(message: OutMessage) -> None:
    write_list(message.payload["list"])
