"""
What the bank says of a file, of an order, or by a statement of a month. It is held against our payments first, whole; what
agrees is booked by settling.py, what does not stands in suspense until the bank has put it right.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.grants.amounts import in_pieces
from onewindow.kernel.grants.models import PaymentItem, PaymentRun, Suspense
from onewindow.kernel.grants.settling import SYSTEM_BANK, settle
from onewindow.kernel.grants.suspending import free, suspend
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import system

__all__ = ["SYSTEM_BANK", "Told", "take_answer"]
State = PaymentItem.State
Kind = Suspense.Kind
SETTLED = (State.PAID, State.RETURNED)
WAITING = (State.FROZEN, State.SENT)
MISSING, CHANGED = "银行没有答复", "银行先后答复不一"
Told = dict[str, Any]
"""{"key", "amount_fen", "state": "paid"|"returned", "reason"}"""
Ours = dict[str, tuple[int, str]]


@action("payroll.answer", "收到银行回盘", may=system)
def take_answer(
    actor: Actor, run: PaymentRun, *, lines: list[Told], wrong_totals: str = "", is_whole: bool = True
) -> PaymentRun:
    """
    As signed by the bank. A file's answer is taken whole or not at all; of an order, or by a statement, each line for itself.
    Said again, nothing happens twice.
    """
    if run.state not in (PaymentRun.State.SENT, PaymentRun.State.ANSWERED):
        raise Refused("该名册尚未发送或已关账。")
    ours = _ours(run, None if is_whole else lines)
    found = list(_differences(run, ours, lines, is_whole=is_whole))
    if wrong_totals:
        found.insert(0, {"key": "", "what": f"回盘总数与明细不符：{wrong_totals}"})
    if not (found and is_whole):
        odd = {each["key"] for each in found}
        new = [each for each in lines if each["key"] not in odd and ours[each["key"]][1] == State.SENT]
        settle(run, new, is_whole=is_whole)
    if found:
        suspend(run, _kind(found, wrong_totals), lines, found, _digest(lines, wrong_totals))
    _take_stock(run, found)
    return run


def _take_stock(run: PaymentRun, found: list[Told]) -> None:
    if not run.items.filter(state__in=WAITING).exists():
        run.state, run.answered_at = PaymentRun.State.ANSWERED, run.answered_at or timezone.now()
        if not found:
            free(run, "银行已答复一致")
    if found or run.state == PaymentRun.State.ANSWERED:
        run.differences = found
    run.save(update_fields=["differences", "state", "answered_at"])


def _ours(run: PaymentRun, lines: list[Told] | None) -> Ours:
    if lines is None:
        whole = run.items.values_list("key", "amount_fen", "state").iterator(chunk_size=10_000)
        return {key: (fen, state) for key, fen, state in whole}
    keys, found = sorted({each["key"] for each in lines}), Ours()
    for piece in in_pieces(keys):
        rows = run.items.filter(key__in=piece).values_list("key", "amount_fen", "state")
        found |= {key: (fen, state) for key, fen, state in rows}
    return found


def _differences(run: PaymentRun, ours: Ours, lines: list[Told], *, is_whole: bool) -> Iterator[Told]:
    times = Counter(line["key"] for line in lines)
    yield from ({"key": key, "what": "银行重复答复"} for key, n in times.items() if n > 1)
    for line in lines:
        key = line["key"]
        if key not in ours:
            yield {"key": key, "what": "名册中没有这一笔"}
            continue
        fen, state = ours[key]
        if fen != line["amount_fen"]:
            yield {"key": key, "what": f"金额不符：应为{fen}分，银行为{line['amount_fen']}分"}
        elif state in SETTLED and state != line["state"]:
            yield {"key": key, "what": f"{CHANGED}：先为{State(state).label}"}
    if is_whole:
        # What was settled by an earlier, whole answer needs no second one.
        yield from (
            {"key": key, "what": MISSING} for key, (_, state) in ours.items() if key not in times and state in WAITING
        )


def _kind(found: list[Told], wrong_totals: str) -> Kind:
    words = {each["what"].partition("：")[0] for each in found}
    if wrong_totals:
        return Kind.WRONG_TOTAL
    if words == {MISSING}:
        return Kind.PARTIAL
    return Kind.CONTRADICTION if words == {CHANGED} else Kind.MISMATCH


def _digest(lines: list[Told], wrong_totals: str) -> str:
    said = sorted([each["key"], each["amount_fen"], each["state"]] for each in lines)
    return hashlib.sha256(json.dumps([wrong_totals, said]).encode()).hexdigest()
