"""
A month's list of one benefit in one district. Whoever is paid just their month's sum goes into it by one INSERT … SELECT;
those to whom something is owed, or who owe something, are reckoned one by one, in batches.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, Replace

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.grants.amounts import BATCH, in_pieces, sum_in
from onewindow.kernel.grants.findings import find
from onewindow.kernel.grants.frozen import digest_of
from onewindow.kernel.grants.inserting import insert_from
from onewindow.kernel.grants.models import (
    Adjustment,
    Grant,
    GrantAmount,
    PaymentItem,
    PaymentLine,
    PaymentRun,
)
from onewindow.kernel.grants.standing import LOST, NOT_PAUSED, outstanding, paused_in
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import post
from onewindow.kernel.staff.posts import Post

RECOVERED_PERCENT = 30
"""Of a month's sum, at most, until a debt is paid: people live on the rest. No law sets it; the city can."""
may_draft = post(Post.DISTRICT_FINANCE)
Kind = PaymentLine.Kind


def payable(place_code: str, month: str) -> QuerySet[Grant]:
    """Of living holders with an account nobody doubts, not paid or being paid for the month."""
    found = Grant.unscoped.filter(place__code__startswith=place_code[:6], holder__died_on=None)
    settled = PaymentItem.objects.filter(grant=OuterRef("pk"), month=month).exclude(state__in=LOST)
    correcting = StepRun.unscoped.filter(case=OuterRef("case"), step_code="fix_account", ended_at=None)
    return found.filter(~Exists(settled), ~Exists(correcting)).annotate(due_fen=sum_in(month))


def is_due(month: str) -> Q:
    in_force = Q(from_month__lte=month) & (Q(until_month="") | Q(until_month__gte=month))
    return in_force & NOT_PAUSED


def due_grants(place_code: str, month: str) -> Any:
    """Grants in force in that month that have not been paid, or whose payment came back."""
    return payable(place_code, month).annotate(hold=paused_in(month)).filter(is_due(month))


@action("payroll.draft", "编制发放名册", may=may_draft, logs=("benefit", "month"))
def draft_run(actor: Actor, place: Place, *, benefit: str, month: str) -> PaymentRun:
    """A main run, or a supplementary one with what has come back or been added since."""
    due = due_grants(place.pk, month).filter(benefit=benefit)
    _lock(due)
    runs = PaymentRun.unscoped.filter(month=month, benefit=benefit, place_id=place.pk)
    run: PaymentRun = PaymentRun.unscoped.create(
        month=month, benefit=benefit, place=place, serial=(runs.aggregate(last=Max("serial"))["last"] or 0) + 1,
        count=0, total_fen=0, drafted_by=actor.person,
    )  # fmt: skip
    owed = Exists(outstanding().filter(grant=OuterRef("pk")))
    insert_from(PaymentItem, due.filter(~owed), _columns(run))
    insert_from(PaymentLine, PaymentItem.objects.filter(run=run), _line_columns(month))
    _draft_the_adjusted(run)
    sums = run.items.aggregate(n=Count("pk"), fen=Sum("amount_fen"))
    if not sums["n"]:
        raise Refused("本月没有需要发放的款项。")
    run.count, run.total_fen = sums["n"], sums["fen"]
    find(run)
    run.digest = digest_of(run)
    run.save(update_fields=["count", "total_fen", "digest"])
    return run


def _lock(due: QuerySet[Grant]) -> None:
    """Against a change of the sum between reading and freezing it. SQLite has one writer anyway."""
    if connection.features.has_select_for_update:
        keys = due.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
        for _ in keys.iterator(chunk_size=10_000):
            pass


def _attempt(month: str) -> Any:
    tried = PaymentItem.objects.filter(grant=OuterRef("pk"), month=month).order_by().values("grant")
    return Coalesce(Subquery(tried.annotate(last=Max("attempt")).values("last")), 0) + Value(1)


def _columns(run: PaymentRun) -> dict[str, Any]:
    number = Replace(Cast("public_id", CharField()), Value("-"), Value(""))
    key = Concat(number, Value(f":{run.month}:"), Cast(_attempt(run.month), CharField()), output_field=CharField())
    return {
        "run": Value(run.pk), "grant": "pk", "month": Value(run.month), "attempt": _attempt(run.month), "key": key,
        "amount_fen": "due_fen", "account": "pay_to", "account_name": "pay_to_name", "state": Value("frozen"),
        "bank_reason": Value(""), "settled_at": Value(None, output_field=DateTimeField()),
    }  # fmt: skip


def _line_columns(month: str) -> dict[str, Any]:
    changed = GrantAmount.objects.filter(grant=OuterRef("grant"), from_month__lte=month).order_by("-from_month")
    return {
        "item": "pk", "kind": Value(Kind.REGULAR.value), "month": "month", "amount_fen": "amount_fen",
        "cause": Coalesce(Subquery(changed.values("cause")[:1]), Value("")),
        "law_version": Coalesce(Subquery(changed.values("law_version")[:1]), F("grant__law_version")),
    }  # fmt: skip


def _draft_the_adjusted(run: PaymentRun) -> None:
    owed = outstanding().filter(grant__benefit=run.benefit, grant__place__code__startswith=run.place_id[:6])
    rows = list(owed.order_by("grant_id", "month", "id"))
    by_grant = {pk: list(found) for pk, found in groupby(rows, key=lambda each: each.grant_id)}
    for piece in in_pieces(sorted(by_grant)):
        _draft_batch(run, piece, by_grant)


def _draft_batch(run: PaymentRun, keys: Sequence[int], owed: dict[int, list[Adjustment]]) -> None:
    found = payable(run.place_id, run.month).filter(benefit=run.benefit, pk__in=keys, from_month__lte=run.month)
    found = found.annotate(hold=paused_in(run.month), attempt=_attempt(run.month)).order_by("pk")
    due = set(found.filter(is_due(run.month)).values_list("pk", flat=True))
    made = []
    for grant in found:
        lines = payment_lines(grant, run.month, grant.due_fen if grant.pk in due else 0, owed[grant.pk])  # type: ignore[attr-defined]
        if (total := sum(line.amount_fen for line in lines)) > 0:
            made.append((_item(run, grant, total), lines))
    PaymentItem.objects.bulk_create([item for item, _ in made], batch_size=BATCH)
    for item, lines in made:
        for line in lines:
            line.item = item
    PaymentLine.objects.bulk_create([line for _, lines in made for line in lines], batch_size=BATCH)


def _item(run: PaymentRun, grant: Any, total: int) -> PaymentItem:
    return PaymentItem(
        run=run, grant=grant, month=run.month, attempt=grant.attempt, amount_fen=total, account=grant.pay_to,
        key=f"{grant.public_id.hex}:{run.month}:{grant.attempt}", account_name=grant.pay_to_name,
    )  # fmt: skip


def payment_lines(grant: Grant, month: str, due_fen: int, owed: list[Adjustment]) -> list[PaymentLine]:
    """The month's own sum, all back-pay, and of debts as much as may be kept back of the month's own sum."""
    lines = []
    if due_fen:
        lines.append(PaymentLine(kind=Kind.REGULAR, month=month, amount_fen=due_fen, law_version=grant.law_version))
    keep = due_fen * RECOVERED_PERCENT // 100
    for each in owed:
        left = each.left_fen  # type: ignore[attr-defined]
        fen = left if left > 0 else -min(keep, -left)
        keep += min(fen, 0)
        if fen:
            lines.append(
                PaymentLine(
                    kind=Kind.BACK_PAY if fen > 0 else Kind.RECOVERY, month=each.month, amount_fen=fen,
                    cause=each.cause, law_version=each.law_version, adjustment=each,
                )
            )  # fmt: skip
    return lines
