"""
A district's month: closed over a report, when nothing differs any more. What is drafted for the month afterwards opens it again:
money that is owed is never shut out by a date.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.drafting import due_grants
from onewindow.kernel.grants.ledger import balance
from onewindow.kernel.grants.models import Grant, MonthClose, PaymentItem, PaymentRun, Suspense
from onewindow.kernel.grants.months import yuan
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import post
from onewindow.kernel.staff.posts import Post

may_close = post(Post.DISTRICT_FINANCE_CHECKER)
State, RunState = PaymentItem.State, PaymentRun.State


@dataclass(frozen=True)
class MonthReport:
    rows: list[dict[str, Any]]
    differences: list[str]
    digest: str

    @property
    def sums(self) -> dict[str, int]:
        return {name: sum(row[name] for row in self.rows) for name in ("count", "paid_fen", "returned_fen")}


def runs_of(place: Place, month: str) -> QuerySet[PaymentRun]:
    found = PaymentRun.unscoped.filter(place=place, month=month).exclude(state=RunState.CANCELLED)
    return found.order_by("benefit", "serial")


def report_of(place: Place, month: str) -> MonthReport:
    runs = list(runs_of(place, month))
    rows = _rows(place, month)
    found = _differences(place, month, runs)
    told = json.dumps([place.pk, month, rows, found], ensure_ascii=False, sort_keys=True)
    return MonthReport(rows, found, hashlib.sha256(told.encode()).hexdigest())


def _rows(place: Place, month: str) -> list[dict[str, Any]]:
    """One for each benefit: runs, payments, what arrived and what came back."""
    items = PaymentItem.objects.filter(run__in=runs_of(place, month)).order_by("run__benefit").values("run__benefit")
    paid, back = Q(state=State.PAID), Q(state=State.RETURNED)
    sums = items.annotate(
        runs=Count("run", distinct=True), count=Count("pk"), paid=Count("pk", filter=paid), returned=Count("pk", filter=back),
        paid_fen=Sum("amount_fen", filter=paid, default=0), returned_fen=Sum("amount_fen", filter=back, default=0),
    )  # fmt: skip
    return [{"benefit": each["run__benefit"], "name": matters()[each["run__benefit"]].name,
             **{name: each[name] for name in ("runs", "count", "paid", "returned", "paid_fen", "returned_fen")}}
            for each in sums]  # fmt: skip


def _differences(place: Place, month: str, runs: list[PaymentRun]) -> list[str]:
    found = [f"{run.file_id}：{run.get_state_display()}，尚未关账" for run in runs if run.state != RunState.CLOSED]
    held = Suspense.objects.filter(run__in=runs, freed_at=None).select_related("run")
    found += [f"{each.run.file_id}：{each.text}" for each in held]
    owed = [(run, balance(f"owed:{run.file_id}")) for run in runs if run.state == RunState.CLOSED]
    found += [f"{run.file_id}：账上差{yuan(fen)}元" for run, fen in owed if fen]
    return found + _left_out(place, month)


def _left_out(place: Place, month: str) -> list[str]:
    """Who should have been paid and was not; and whose payment came back and waits for another account."""
    due = Counter(due_grants(place.pk, month).values_list("benefit", flat=True))
    back = PaymentItem.objects.filter(run__place=place, month=month, state=State.RETURNED)
    waiting = Grant.unscoped.filter(
        pk__in=back.values("grant"), case__runs__step_code="fix_account", case__runs__ended_at=None
    )
    wrong = Counter(dict(waiting.order_by().values_list("benefit").annotate(n=Count("pk", distinct=True))))
    found = []
    for code, name in ((each.code, each.name) for each in matters().values() if each.grant):
        if due[code]:
            found.append(f"{name}：还有{due[code]}笔应发未发，请编制补充批次")
        if wrong[code]:
            found.append(f"{name}：{wrong[code]}笔退票的账户尚未更正")
    return found


def close_of(place: Place, month: str) -> MonthClose | None:
    """The newest close, where no run came after it."""
    last = MonthClose.objects.filter(place=place, month=month).select_related("closed_by").order_by("-serial").first()
    if last is None or runs_of(place, month).filter(drafted_at__gt=last.closed_at).exists():
        return None
    return last


@action("payroll.close_month", "月末关账", may=may_close, logs=("month", "digest"))
def close_month(actor: Actor, place: Place, *, month: str, digest: str) -> MonthClose:
    """Over the report that was on the screen."""
    report = report_of(place, month)
    if not report.rows:
        raise Refused("这个月没有发放过款项。")
    if report.differences:
        raise Refused(f"还有{len(report.differences)}处差异，不能关账：{report.differences[0]}。")
    if digest != report.digest:
        raise Refused("关账报告已有变化，请重新打开核对。")
    if close_of(place, month) is not None:
        raise Refused("这个月已关账。")
    serial = MonthClose.objects.filter(place=place, month=month).count() + 1
    kept = {"rows": report.rows, **report.sums}
    return MonthClose.objects.create(
        place=place, month=month, serial=serial, report=kept, digest=digest, closed_by=actor.person
    )
