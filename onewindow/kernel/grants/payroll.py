"""
A month's payment of one benefit in one district: draft → approval by another person over a digest → bank → answers →
reconciliation → close. Every act can be repeated without harm.
"""

import hashlib
import json
from collections import Counter
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.cases.engine import open_step
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.steps import EXTRA_STEPS
from onewindow.kernel.grants.amounts import sum_in
from onewindow.kernel.grants.ledger import book
from onewindow.kernel.grants.models import Grant, PaymentItem, PaymentRun
from onewindow.kernel.outbox.sending import put_out
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import post, system
from onewindow.kernel.staff.posts import Post

State = PaymentItem.State
SETTLED = (State.PAID, State.RETURNED)


def due_grants(benefit: str, place_code: str, month: str) -> Any:
    """Grants in force in that month that have not been paid, or whose payment came back."""
    in_force = Grant.unscoped.filter(benefit=benefit, place__code__startswith=place_code[:6], from_month__lte=month)
    in_force = in_force.filter(Q(until_month="") | Q(until_month__gte=month))
    settled = PaymentItem.objects.filter(month=month).exclude(state__in=[State.RETURNED, State.CANCELLED])
    due = in_force.exclude(pk__in=settled.values("grant_id")).exclude(holder__died_on__isnull=False)
    return due.annotate(due_fen=sum_in(month))


may_draft = post(Post.DISTRICT_FINANCE)


@action("payroll.draft", "编制发放名册", may=may_draft, logs=("benefit", "month"))
def draft_run(actor: Actor, place: Place, *, benefit: str, month: str) -> PaymentRun:
    """A main run, or a supplementary one with what has come back or been added since."""
    grants = list(due_grants(benefit, place.pk, month).select_for_update().order_by("id"))
    waiting = {grant.pk for grant in grants if _account_is_being_corrected(grant)}
    grants = [grant for grant in grants if grant.pk not in waiting]
    if not grants:
        raise Refused("本月没有需要发放的款项。")
    runs = PaymentRun.unscoped.filter(month=month, benefit=benefit, place_id=place.pk)
    serial = (runs.aggregate(last=Max("serial"))["last"] or 0) + 1
    run = PaymentRun.unscoped.create(
        month=month, benefit=benefit, place=place, serial=serial, count=len(grants),
        total_fen=sum(grant.due_fen for grant in grants), drafted_by=actor.person,
    )  # fmt: skip
    tried = dict(
        PaymentItem.objects.filter(month=month, grant__in=grants).values_list("grant_id").annotate(Max("attempt"))
    )
    PaymentItem.objects.bulk_create(
        PaymentItem(
            run=run, grant=grant, month=month, attempt=tried.get(grant.pk, 0) + 1, amount_fen=grant.due_fen,
            key=f"{grant.public_id}:{month}:{tried.get(grant.pk, 0) + 1}", account=grant.pay_to,
            account_name=grant.pay_to_name,
        )
        for grant in grants
    )  # fmt: skip
    run.digest = digest_of(run)
    run.save(update_fields=["digest"])
    return run


def _account_is_being_corrected(grant: Grant) -> bool:
    return grant.case.runs.filter(step_code="fix_account", ended_at=None).exists()


def digest_of(run: PaymentRun) -> str:
    """What is approved and what is sent: every line with person, account and sum, in a fixed order."""
    lines = [
        [item.key, item.account_name, item.account, item.amount_fen] for item in run.items.order_by("id").iterator()
    ]
    text = json.dumps([run.file_id, lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
    run.state, run.approved_by, run.approved_at = PaymentRun.State.APPROVED, actor.person, timezone.now()
    run.save()
    book(f"approve:{run.file_id}", f"owed:{run.file_id}", f"fund:{run.benefit}", run.total_fen, "发放名册复核")
    put_out("payment", f"payment:{run.file_id}", {"run": run.pk})
    return run


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


@action("payroll.sent", "发送银行", may=system)
def mark_sent(actor: Actor, run: PaymentRun) -> PaymentRun:
    """Recorded before the file leaves: a crash in between means asking the bank, never guessing."""
    if run.state == PaymentRun.State.APPROVED:
        if digest_of(run) != run.digest:
            raise Refused("名册在复核后被改动，停止发送。")
        run.state, run.sent_at = PaymentRun.State.SENT, timezone.now()
        run.save()
        run.items.filter(state=State.FROZEN).update(state=State.SENT)
    return run


@action("payroll.answer", "收到银行回盘", may=system)
def take_answer(actor: Actor, run: PaymentRun, *, lines: list[dict[str, Any]]) -> PaymentRun:
    """
    `lines`: [{"key", "amount_fen", "state": "paid"|"returned", "reason"}] as signed by the bank. What differs from the
    run in key, sum or completeness is kept as a difference and stops the close.
    """
    if run.state not in (PaymentRun.State.SENT, PaymentRun.State.ANSWERED):
        raise Refused("该名册尚未发送或已关账。")
    items = {item.key: item for item in run.items.select_related("grant__case__applicant", "grant__case__agent")}
    run.differences = _differences(items, lines)
    for line in lines:
        item = items.get(line["key"])
        if item is not None and item.state == State.SENT and line["amount_fen"] == item.amount_fen:
            _settle(run, item, line)
    run.state, run.answered_at = PaymentRun.State.ANSWERED, timezone.now()
    run.save()
    return run


def _differences(items: dict[str, PaymentItem], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answered = Counter(line["key"] for line in lines)
    found = [{"key": key, "what": "银行没有答复"} for key in items if key not in answered]
    found += [{"key": key, "what": "银行重复答复"} for key, times in answered.items() if times > 1]
    for line in lines:
        item = items.get(line["key"])
        if item is None:
            found.append({"key": line["key"], "what": "名册中没有这一笔"})
        elif item.amount_fen != line["amount_fen"]:
            found.append({"key": item.key, "what": f"金额不符：应为{item.amount_fen}分，银行为{line['amount_fen']}分"})
        elif item.state in SETTLED and item.state != line["state"]:
            found.append({"key": item.key, "what": f"银行先后答复不一：先为{item.get_state_display()}"})
    return found


def _settle(run: PaymentRun, item: PaymentItem, line: dict[str, Any]) -> None:
    item.settled_at = timezone.now()
    case, amount = item.grant.case, f"{item.amount_fen / 100:,.2f}元"
    if line["state"] == "paid":
        item.state = State.PAID
        book(f"paid:{item.key}", f"paid:{run.benefit}", f"owed:{run.file_id}", item.amount_fen, "银行已到账", item)
        add_event(case, "paid", f"{item.month}救助金{amount}已到账。", SYSTEM_BANK)
        tell(case, f"{item.month}{case.matter.name}{amount}已发放到您的账户。")
    else:
        item.state, item.bank_reason = State.RETURNED, str(line.get("reason", ""))[:200]
        book(f"back:{item.key}", f"fund:{run.benefit}", f"owed:{run.file_id}", item.amount_fen, "退票退回", item)
        add_event(case, "returned", f"{item.month}救助金{amount}被银行退回：{item.bank_reason}", SYSTEM_BANK)
        tell(case, f"{item.month}救助金未能到账（{item.bank_reason}），街道窗口将与您核实收款账户。")
        if not case.runs.filter(step_code="fix_account", ended_at=None).exists():
            open_step(case, EXTRA_STEPS["fix_account"])
    item.save()


SYSTEM_BANK = Actor(system="代发银行")


@action("payroll.close", "对账关账", may=may_approve)
def close_run(actor: Actor, run: PaymentRun) -> PaymentRun:
    """Only when every line is settled and the ledger owes nothing for it, to the fen."""
    if run.state != PaymentRun.State.ANSWERED:
        raise Refused("银行尚未答复，不能关账。")
    unsettled = run.items.filter(state=State.SENT).count()
    if run.differences or unsettled:
        raise Refused(f"还有{len(run.differences) or unsettled}笔差异未处理，不能关账。")
    run.state, run.closed_at, run.closed_by = PaymentRun.State.CLOSED, timezone.now(), actor.person
    run.save()
    return run
