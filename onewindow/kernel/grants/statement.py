"""
A bank's statement held against our payments, to the fen. What it settles of runs that still wait is taken as the bank's
answer; what it says otherwise is a difference, and a run with one can't be closed.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.grants.amounts import in_pieces
from onewindow.kernel.grants.answering import Told, take_answer
from onewindow.kernel.grants.models import PaymentItem, PaymentRun
from onewindow.kernel.staff.actor import Actor

State, RunState = PaymentItem.State, PaymentRun.State
NEEDED = ("payment_key", "amount_fen", "state")
WORDS = {State.FROZEN: "尚未发送", State.CANCELLED: "已作废", State.PAID: "已到账", State.RETURNED: "退票"}


def read_statement(path: Path) -> list[Told]:
    """JSON lines as in the bank's book, or CSV with a head; other lines of a book (whole files) are passed over."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file) if path.suffix.lower() == ".csv" else _json_lines(file)
        return [_told(row, n) for n, row in enumerate(rows, 1) if row.get("payment_key")]


def _json_lines(file: Any) -> Iterator[dict[str, Any]]:
    for n, line in enumerate(file, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError:
                raise Refused(f"对账单第{n}行不是JSON，请让银行重新导出。") from None
            yield row if isinstance(row, dict) else {}


def _told(row: dict[str, Any], n: int) -> Told:
    fen = str(row.get("amount_fen", ""))
    if not (fen.isascii() and fen.isdecimal()) or row.get("state") not in ("paid", "returned"):
        raise Refused(f"对账单第{n}笔的金额或状态不对：应为整数分，paid或returned。")
    return {
        "key": str(row["payment_key"]), "amount_fen": int(fen), "state": row["state"], "reason": row.get("reason") or "",
    }  # fmt: skip


def reconcile(actor: Actor, lines: list[Told]) -> dict[str, Any]:
    """Takes what waited for an answer, and says what differs. The same statement again changes nothing."""
    runs: dict[int, list[Told]] = defaultdict(list)
    ours: dict[str, tuple[int, int]] = {}
    keys = list({line["key"] for line in lines})
    for piece in in_pieces(keys):
        found = PaymentItem.objects.filter(key__in=piece)
        ours.update({key: (run, fen) for key, run, fen in found.values_list("key", "run_id", "amount_fen")})
    for line in lines:
        if line["key"] in ours:
            runs[ours[line["key"]][0]].append(line)
    differences = [{"key": key, "what": "我方没有这一笔"} for key in keys if key not in ours]
    settled = 0
    for run in PaymentRun.unscoped.filter(pk__in=runs).order_by("pk"):
        before = run.items.filter(state=State.SENT).count()
        if run.state in (RunState.SENT, RunState.ANSWERED):
            run = take_answer(actor, run, lines=runs[run.pk], is_whole=False)
        differences += differences_of(run, runs[run.pk])
        settled += before - run.items.filter(state=State.SENT).count()
    return {"lines": len(lines), "runs": len(runs), "settled": settled, "differences": differences}


def differences_of(run: PaymentRun, lines: list[Told]) -> list[Told]:
    told = {line["key"]: line for line in reversed(lines)}
    found = [
        {"key": key, "what": f"对账单有{n}笔"} for key, n in Counter(each["key"] for each in lines).items() if n > 1
    ]
    for key, fen, state in run.items.order_by("pk").values_list("key", "amount_fen", "state").iterator():
        line = told.get(key)
        if line is None:
            if state not in (State.FROZEN, State.CANCELLED):
                found.append({"key": key, "what": f"{run.file_id}：对账单没有这一笔"})
        elif line["amount_fen"] != fen:
            found.append({"key": key, "what": f"{run.file_id}：我方{fen}分，银行{line['amount_fen']}分"})
        elif line["state"] != state:
            what = f"{run.file_id}：我方{WORDS.get(State(state), '等待答复')}，银行{WORDS[State(line['state'])]}"
            found.append({"key": key, "what": what})
    return found
