"""Before a run is approved: who is new, gone, paid another sum and why; and what looks wrong. Each question is one statement."""

from typing import Any

from django.db.models import Avg, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.grants.amounts import BATCH, in_force
from onewindow.kernel.grants.frozen import CHUNK
from onewindow.kernel.grants.inserting import insert_from
from onewindow.kernel.grants.models import (
    Grant,
    GrantAmount,
    GrantTurn,
    PaymentItem,
    PaymentLine,
    PaymentRun,
    RunFinding,
)
from onewindow.kernel.grants.months import month_before
from onewindow.kernel.grants.standing import LOST, paused_in

Kind = RunFinding.Kind
UNEXPLAINED = "没有找到原因，请核实"
FEW = 10
"""With fewer payments than these an average says nothing."""


def find(run: PaymentRun) -> None:
    """Called with the draft, in its transaction."""
    _compare_with_last_month(run)
    _look_for_odd_sums(run)
    _say_who_is_left_out(run)
    moved = (
        _items(run).exclude(grant__holder__place=None).exclude(grant__holder__place__code__startswith=run.place_id[:6])
    )
    _keep(run, Kind.MOVED, moved, "grant", Value("户籍已登记在其他区，请核实是否应由本区发放"))
    _same_accounts(run)


def _items(run: PaymentRun) -> QuerySet[PaymentItem]:
    return PaymentItem.objects.filter(run=run)


def _keep(run: PaymentRun, kind: Kind, rows: QuerySet[Any], grant: str, text: Any, **sums: Any) -> int:
    sums = {"before_fen": Value(0), "now_fen": Value(0), **sums}
    told = {"run": Value(run.pk), "grant": grant, "kind": Value(kind.value), **sums, "text": text}
    return insert_from(RunFinding, rows, told)


def _arrived(month: str) -> QuerySet[PaymentItem]:
    return PaymentItem.objects.filter(month=month).exclude(state__in=LOST)


def _compare_with_last_month(run: PaymentRun) -> None:
    last = month_before(run.month)
    earlier = PaymentRun.unscoped.filter(benefit=run.benefit, place_id=run.place_id, month=last)
    if not earlier.exclude(state=PaymentRun.State.CANCELLED).exists():
        return  # everybody would be new
    was = _arrived(last).filter(grant=OuterRef("grant")).values("amount_fen")[:1]
    items = _items(run).annotate(was=Subquery(was))
    _keep(run, Kind.NEW, items.filter(was=None), "grant", _why_new(last), now_fen=F("amount_fen"))
    changed = items.exclude(was=None).exclude(was=F("amount_fen"))
    _keep(run, Kind.CHANGED, changed, "grant", _why_changed(last), before_fen=F("was"), now_fen=F("amount_fen"))
    if run.serial == 1:
        # By month, not by run: SQLite would walk the whole run for each grant.
        now = _arrived(run.month).filter(grant=OuterRef("grant"))
        gone = _arrived(last).filter(run__benefit=run.benefit, run__place_id=run.place_id).filter(~Exists(now))
        _keep(run, Kind.GONE, gone, "grant", _why_gone(), before_fen=F("amount_fen"))


def _why_new(last: str) -> Any:
    resumed = GrantTurn.objects.filter(grant=OuterRef("grant"), kind=GrantTurn.Kind.RESUME, from_month__gt=last)
    return Case(
        When(Exists(resumed), then=Value("恢复发放")),
        When(grant__from_month__gt=last, then=Value("新确认的待遇")),
        default=Value("上月没有发放"),
        output_field=CharField(),
    )


def _why_changed(last: str) -> Any:
    """By the lines of both months: another sum by decision or law, back-pay or recovery in one of them."""
    changed = GrantAmount.objects.filter(
        grant=OuterRef("grant"), from_month__gt=last, from_month__lte=OuterRef("month")
    )
    now = PaymentLine.objects.filter(item=OuterRef("pk")).exclude(kind=PaymentLine.Kind.REGULAR)
    before = PaymentLine.objects.filter(item__grant=OuterRef("grant"), item__month=last).exclude(
        kind=PaymentLine.Kind.REGULAR
    )
    return Coalesce(
        Subquery(changed.order_by("-from_month").values("cause")[:1]),
        Subquery(now.order_by("id").values("cause")[:1]),
        Case(
            When(Exists(before.exclude(item__state__in=LOST)), then=Value("上月含补发或抵扣")), output_field=CharField()
        ),
        Value(UNEXPLAINED),
    )


def _why_gone() -> Any:
    turns = GrantTurn.objects.filter(grant=OuterRef("grant")).exclude(kind=GrantTurn.Kind.REVIEW)
    return Case(
        When(grant__holder__died_on__isnull=False, then=Value("领取人已去世")),
        default=Coalesce(
            Subquery(turns.order_by("-id").values("reason")[:1]),
            Case(When(~Q(grant__until_month=""), then=Value("待遇已到期")), output_field=CharField()),
            Value(UNEXPLAINED),
        ),
        output_field=CharField(),
    )


def _look_for_odd_sums(run: PaymentRun) -> None:
    if run.count < FEW:
        return
    usual = _items(run).aggregate(fen=Avg("amount_fen"))["fen"]
    odd = _items(run).filter(amount_fen__gt=int(usual) * 3)
    _keep(run, Kind.OUTLIER, odd, "grant", Value("超过本批平均金额的三倍"), now_fen=F("amount_fen"))


def _say_who_is_left_out(run: PaymentRun) -> None:
    here = in_force(run.month).filter(benefit=run.benefit, place__code__startswith=run.place_id[:6])
    dead = here.filter(holder__died_on__isnull=False)
    _keep(run, Kind.DEAD, dead, "pk", Value("登记显示已去世，请办理停发"))
    paused = here.annotate(hold=paused_in(run.month)).filter(hold=GrantTurn.Kind.PAUSE)
    why = GrantTurn.objects.filter(grant=OuterRef("pk"), kind=GrantTurn.Kind.PAUSE).order_by("-id").values("reason")[:1]
    _keep(run, Kind.PAUSED, paused, "pk", Coalesce(Subquery(why), Value("")))
    correcting = StepRun.unscoped.filter(case=OuterRef("case"), step_code="fix_account", ended_at=None)
    waiting: QuerySet[Grant] = here.filter(Exists(correcting))
    _keep(run, Kind.CORRECTING, waiting, "pk", Value("退票后账户尚未更正"))


def _same_accounts(run: PaymentRun) -> None:
    """Sealed values can't be compared by the database. Kept are hashes of Python's, for this run only."""
    first: dict[int, tuple[int, int, str]] = {}
    found: dict[int, RunFinding] = {}
    rows = _items(run).order_by("id").values_list("grant_id", "amount_fen", "account", "account_name")
    for grant, fen, account, name in rows.iterator(chunk_size=CHUNK):
        other = first.setdefault(hash(account), (grant, fen, name))
        if other[0] == grant:
            continue
        for pk, sum_fen, whose in ((other[0], other[1], name), (grant, fen, other[2])):
            found[pk] = RunFinding(
                run=run, grant_id=pk, kind=Kind.SAME_ACCOUNT, now_fen=sum_fen, text=f"与{whose}的一笔发往同一账户"
            )
    RunFinding.objects.bulk_create(found.values(), batch_size=BATCH)
