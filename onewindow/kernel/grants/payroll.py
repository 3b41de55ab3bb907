"""
A month's payment of one benefit in one district: draft → approval by another person over a digest → bank → answers →
reconciliation → close. Every act can be repeated without harm.
"""

from datetime import datetime

from django.db.models import Q, Sum
from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.answering import SYSTEM_BANK, take_answer
from onewindow.kernel.grants.drafting import draft_run, due_grants, may_draft
from onewindow.kernel.grants.frozen import digest_of
from onewindow.kernel.grants.funds import commit_from
from onewindow.kernel.grants.ledger import balance, book
from onewindow.kernel.grants.models import Grant, PaymentItem, PaymentRun
from onewindow.kernel.grants.months import yuan
from onewindow.kernel.outbox.sending import put_out
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import post, system
from onewindow.kernel.staff.posts import Post

__all__ = [
    "SYSTEM_BANK", "approve_run", "cancel_run", "close_run", "digest_of", "draft_run", "due_grants", "mark_sent", "take_answer",
]  # fmt: skip
State = PaymentItem.State
may_approve = post(Post.DISTRICT_FINANCE_CHECKER)


@action("payroll.approve", "复核发放名册", may=may_approve, logs=("digest",))
def approve_run(actor: Actor, run: PaymentRun, *, digest: str) -> PaymentRun:
    """By another person than the maker, over the digest that was on the screen. Then it goes to the bank."""
    if run.state != PaymentRun.State.DRAFT:
        raise Refused("该名册不在待复核状态，请刷新页面。")
    if actor.person_id == run.drafted_by_id:
        raise Refused("制单人不能复核自己的名册，请由另一人复核。")
    if digest != run.digest or digest_of(run) != run.digest:
        raise Refused("名册内容与复核页面显示的不一致，请重新打开核对。")
    _commit(actor, run)
    run.state, run.approved_by, run.approved_at = PaymentRun.State.APPROVED, actor.person, timezone.now()
    run.save()
    book(f"approve:{run.file_id}", f"owed:{run.file_id}", f"fund:{run.benefit}", run.total_fen, "发放名册复核")
    put_out("payment", f"payment:{run.file_id}", {"run": run.pk})
    return run


def _commit(actor: Actor, run: PaymentRun) -> None:
    """What no decision has committed yet. Refused where the budget does not reach."""
    fen = run.items.filter(grant__fund=None).aggregate(fen=Sum("amount_fen"))["fen"]
    if fen:
        key, text = f"commit:{run.file_id}", f"{run.file_id}复核"
        run.fund = commit_from(run.benefit, run.place_id, int(run.month[:4]), fen, key, text, actor)


@action("payroll.cancel", "作废发放名册", may=may_draft)
def cancel_run(actor: Actor, run: PaymentRun, *, reason: str) -> PaymentRun:
    if run.state != PaymentRun.State.DRAFT:
        raise Refused("已复核的名册不能作废。")
    if not reason.strip():
        raise Refused("请填写作废原因。", "reason")
    run.state = PaymentRun.State.CANCELLED
    run.save(update_fields=["state"])
    run.items.update(state=State.CANCELLED)
    return run


def goes_by_order(benefit: str) -> bool:
    """Relief paid once does not wait for a file: single orders, which the bank pays at once."""
    declared = matters()[benefit].grant
    return declared is not None and declared.every == Grant.Every.ONCE


@action("payroll.sent", "发送银行", may=system)
def mark_sent(actor: Actor, run: PaymentRun) -> PaymentRun:
    """Recorded before the file leaves: a crash in between means asking the bank, never guessing."""
    if run.state == PaymentRun.State.APPROVED:
        if digest_of(run) != run.digest:
            raise Refused("名册在复核后被改动，停止发送。")
        run.state, run.sent_at = PaymentRun.State.SENT, timezone.now()
        run.save()
        if not goes_by_order(run.benefit):
            run.items.filter(state=State.FROZEN).update(state=State.SENT)
    return run


def take_order(item: int, now: datetime, stale: datetime) -> str:
    """
    Of a single order, by one statement, so that one worker has it: `new` where it never left, `ask` where somebody sent it
    and the bank's word did not come, nothing where another is at it.
    """
    found = PaymentItem.objects.filter(pk=item)
    if found.filter(state=State.FROZEN).update(state=State.SENT, asked_at=now):
        return "new"
    old = Q(asked_at=None) | Q(asked_at__lte=stale)
    return "ask" if found.filter(old, state=State.SENT).update(asked_at=now) else ""


@action("payroll.close", "对账关账", may=may_approve)
def close_run(actor: Actor, run: PaymentRun) -> PaymentRun:
    """Only when every line is settled and the ledger owes nothing for it, to the fen."""
    if run.state != PaymentRun.State.ANSWERED:
        raise Refused("银行尚未答复，不能关账。")
    unsettled = run.items.filter(state__in=[State.FROZEN, State.SENT]).count()
    if run.differences or unsettled or run.suspenses.filter(freed_at=None).exists():
        raise Refused(f"还有{len(run.differences) or unsettled or 1}笔差异未处理，不能关账。")
    if owed := balance(f"owed:{run.file_id}"):
        raise Refused(f"账上尚差{yuan(owed)}元，不能关账。")
    run.state, run.closed_at, run.closed_by = PaymentRun.State.CLOSED, timezone.now(), actor.person
    run.save()
    return run
