"""
What the bank says of a file, or a statement says of a month: each payment arrived or came back. In batches: the number of
statements grows with the batches, not with what one payment needs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.cases.engine import open_step
from onewindow.kernel.cases.models import CaseEvent, Message, StepRun
from onewindow.kernel.cases.steps import EXTRA_STEPS
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.amounts import BATCH
from onewindow.kernel.grants.funds import Kind, move
from onewindow.kernel.grants.models import Fund, PaymentItem, PaymentRun, Transfer
from onewindow.kernel.grants.months import yuan
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import system

State = PaymentItem.State
SETTLED = (State.PAID, State.RETURNED)
SYSTEM_BANK = Actor(system="代发银行")
Told = dict[str, Any]
"""{"key", "amount_fen", "state": "paid"|"returned", "reason"}"""


@action("payroll.answer", "收到银行回盘", may=system)
def take_answer(actor: Actor, run: PaymentRun, *, lines: list[Told]) -> PaymentRun:
    """
    As signed by the bank. What differs from the run in key, sum or completeness is kept as a difference and stops the close.
    """
    if run.state not in (PaymentRun.State.SENT, PaymentRun.State.ANSWERED):
        raise Refused("该名册尚未发送或已关账。")
    told = {line["key"]: line for line in reversed(lines)}  # of two lines for one payment the first counts
    found = _odd_keys(run, lines)
    for items in batches(run):
        found += [each for item in items for each in _difference(item, told.get(item.key))]
        settle(run, [(item, told[item.key]) for item in items if _fits(item, told.get(item.key))])
    run.differences = found
    run.state, run.answered_at = PaymentRun.State.ANSWERED, timezone.now()
    run.save(update_fields=["differences", "state", "answered_at"])
    return run


def batches(run: PaymentRun) -> Iterator[list[PaymentItem]]:
    """The run's payments, a thousand at a time, with what it takes to tell people."""
    last = 0
    while True:
        rows = run.items.filter(pk__gt=last).order_by("pk").defer("account")
        items = list(
            rows.select_related("grant__case").defer(
                "account", "grant__pay_to", "grant__case__pay_to", "grant__case__facts"
            )[:BATCH]
        )
        if not items:
            return
        yield items
        last = items[-1].pk


def _odd_keys(run: PaymentRun, lines: list[Told]) -> list[Told]:
    answered = Counter(line["key"] for line in lines)
    ours = set(run.items.values_list("key", flat=True))
    foreign = [{"key": key, "what": "名册中没有这一笔"} for key in answered if key not in ours]
    return foreign + [{"key": key, "what": "银行重复答复"} for key, times in answered.items() if times > 1]


def _difference(item: PaymentItem, line: Told | None) -> Iterator[Told]:
    if line is None:
        yield {"key": item.key, "what": "银行没有答复"}
    elif item.amount_fen != line["amount_fen"]:
        yield {"key": item.key, "what": f"金额不符：应为{item.amount_fen}分，银行为{line['amount_fen']}分"}
    elif item.state in SETTLED and item.state != line["state"]:
        yield {"key": item.key, "what": f"银行先后答复不一：先为{item.get_state_display()}"}


def _fits(item: PaymentItem, line: Told | None) -> bool:
    return line is not None and item.state == State.SENT and line["amount_fen"] == item.amount_fen


def settle(run: PaymentRun, answered: Sequence[tuple[PaymentItem, Told]]) -> None:
    """One batch: states, ledger, funds, the history of each case, and news to its people."""
    paid = [item for item, line in answered if line["state"] == "paid"]
    back = [(item, str(line.get("reason") or "")[:200]) for item, line in answered if line["state"] != "paid"]
    now = timezone.now()
    PaymentItem.objects.filter(pk__in=[item.pk for item in paid]).update(state=State.PAID, settled_at=now)
    for item, reason in back:
        PaymentItem.objects.filter(pk=item.pk).update(state=State.RETURNED, bank_reason=reason, settled_at=now)
    _book(run, paid, [item for item, _ in back])
    _move_funds(run, paid, [item for item, _ in back])
    _tell(run, [*((item, None) for item in paid), *back])
    _open_work([item for item, _ in back])


def _book(run: PaymentRun, paid: list[PaymentItem], back: list[PaymentItem]) -> None:
    """Keys are unique: had one been booked before, the whole answer would be undone."""
    sides = [(item, f"paid:{item.key}", f"paid:{run.benefit}", "银行已到账") for item in paid]
    sides += [(item, f"back:{item.key}", f"fund:{run.benefit}", "退票退回") for item in back]
    Transfer.objects.bulk_create(
        (
            Transfer(
                key=key, debit=debit, credit=f"owed:{run.file_id}", amount_fen=item.amount_fen, text=text, item=item
            )
            for item, key, debit, text in sides
        ),
        batch_size=BATCH,
    )


def _move_funds(run: PaymentRun, paid: list[PaymentItem], back: list[PaymentItem]) -> None:
    """Spent is what arrived. What came back is free again, but for relief paid once: that is still promised."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for kind, items in ((str(Kind.SPEND), paid), (str(Kind.RELEASE), back)):
        for item in items:
            fund = item.grant.fund_id or run.fund_id
            if fund and not (kind == Kind.RELEASE and item.grant.fund_id):
                sums[fund, kind] += item.amount_fen
    first = (paid or back)[0].key if paid or back else ""
    for (pk, move_kind), fen in sorted(sums.items()):
        move(
            Fund.unscoped.get(pk=pk), move_kind, fen, f"{move_kind}:{pk}:{first}", f"{run.file_id}银行答复", SYSTEM_BANK
        )


def _words(run: PaymentRun, item: PaymentItem, reason: str | None) -> tuple[str, str, str]:
    """Code and text for the history, text for the person."""
    amount, name = f"{yuan(item.amount_fen)}元", matters()[run.benefit].name
    if reason is None:
        return "paid", f"{item.month}救助金{amount}已到账。", f"{item.month}{name}{amount}已发放到您的账户。"
    told = f"{item.month}救助金未能到账（{reason}），街道窗口将与您核实收款账户。"
    return "returned", f"{item.month}救助金{amount}被银行退回：{reason}", told


def _tell(run: PaymentRun, items: list[tuple[PaymentItem, str | None]]) -> None:
    now, events, news = timezone.now(), [], []
    for item, reason in items:
        code, history, text = _words(run, item, reason)
        case = item.grant.case
        events.append(CaseEvent(case=case, at=now, code=code, text=history[:600], actor=SYSTEM_BANK.label))
        people = filter(None, (case.applicant_id, case.agent_id))
        news += [Message(case=case, person_id=person, text=text[:400]) for person in people]
    CaseEvent.objects.bulk_create(events, batch_size=BATCH)
    told = Message.objects.bulk_create(news, batch_size=BATCH)
    OutMessage.objects.bulk_create(
        (
            OutMessage(channel="sms", key=f"sms:{each.pk}", payload={"message": each.pk}, not_before=now)
            for each in told
        ),
        batch_size=BATCH,
    )


def _open_work(items: list[PaymentItem]) -> None:
    """A returned payment is work with a clock, once for a case however many come back."""
    cases = {item.grant.case_id: item.grant.case for item in items}
    waiting = StepRun.unscoped.filter(Q(case__in=cases), step_code="fix_account", ended_at=None)
    for pk in set(cases) - set(waiting.values_list("case_id", flat=True)):
        cases[pk].refresh_from_db()
        open_step(cases[pk], EXTRA_STEPS["fix_account"])
