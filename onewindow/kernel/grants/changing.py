"""A grant's life between decision and end: another sum, suspended, resumed, ended. What was paid otherwise is made up for in lines."""

import re

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.models import Decision
from onewindow.kernel.grants.funds import Kind as FundKind
from onewindow.kernel.grants.funds import move
from onewindow.kernel.grants.ledger import book
from onewindow.kernel.grants.models import Adjustment, Grant, GrantAmount, GrantTurn, PaymentItem
from onewindow.kernel.grants.months import month_after, month_before, months_after, yuan
from onewindow.kernel.grants.standing import got_for, is_on_its_way, outstanding, owed_in
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import either, post, system
from onewindow.kernel.staff.posts import Post

Kind = GrantTurn.Kind
may_change = either(system, post(Post.STREET_CHIEF, Post.DISTRICT_CHIEF))
may_take_money = post(Post.DISTRICT_FINANCE)
MOST_EXIT_MONTHS = 12
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def _month(text: str, field: str) -> str:
    if not MONTH.fullmatch(text):
        raise Refused("月份请按“2026-12”的样式填写。", field)
    return text


def _why(reason: str) -> str:
    if len(reason.strip()) < 2:
        raise Refused("请写明原因，将告知领取人。", "reason")
    return reason.strip()[:100]


def _must_rest(grant: Grant, from_month: str) -> None:
    if is_on_its_way(grant, from_month):
        raise Refused("这项待遇有一笔款正在发放，请在银行答复后再改。")


def _say(grant: Grant, code: str, text: str, actor: Actor) -> None:
    add_event(grant.case, code, text, actor)
    tell(grant.case, text)


@action("grant.change_amount", "调整待遇金额", may=may_change, logs=("from_month", "amount_fen", "law_version"))
def change_amount(
    actor: Actor, grant: Grant, *, from_month: str, amount_fen: int, reason: str, law_version: str,
    decision: Decision | None = None,
) -> GrantAmount:  # fmt: skip
    """Another sum from a month on. For months that were already paid, the difference is owed, one way or the other."""
    from_month, reason = _month(from_month, "from_month"), _why(reason)
    if amount_fen <= 0:
        raise Refused("金额必须大于零；不再享受的，请停止发放。", "amount_fen")
    if from_month < grant.from_month or (grant.until_month and from_month > grant.until_month):
        raise Refused(f"{from_month}不在这项待遇的发放期内。", "from_month")
    if grant.amounts.filter(from_month__gte=from_month).exists():
        raise Refused(f"{from_month}或之后的月份已调整过，请从更晚的月份调整。", "from_month")
    _must_rest(grant, from_month)
    made: GrantAmount = grant.amounts.create(
        from_month=from_month, amount_fen=amount_fen, cause=reason, law_version=law_version, decision=decision
    )
    make_up(grant, f"{reason}，自{from_month}起调整", law_version, actor)
    _say(grant, "amount_changed", f"{reason}：自{from_month}起每月{yuan(amount_fen)}元。", actor)
    return made


@action("grant.pause", "暂停发放", may=may_change, logs=("from_month",))
def pause(actor: Actor, grant: Grant, *, from_month: str, reason: str) -> Grant:
    return _turn(actor, grant, Kind.PAUSE, from_month, reason, f"自{from_month}起暂停发放")


@action("grant.resume", "恢复发放", may=may_change, logs=("from_month",))
def resume(actor: Actor, grant: Grant, *, from_month: str, reason: str) -> Grant:
    """From an earlier month on, where the suspension was not right: those months are then due, and drafted as such."""
    return _turn(actor, grant, Kind.RESUME, from_month, reason, f"自{from_month}起恢复发放")


def _turn(actor: Actor, grant: Grant, kind: Kind, from_month: str, reason: str, words: str) -> Grant:
    from_month, reason = _month(from_month, "from_month"), _why(reason)
    last = grant.turns.filter(kind__in=[Kind.PAUSE, Kind.RESUME]).order_by("-id").first()
    is_paused = last is not None and last.kind == Kind.PAUSE
    if grant.until_month or from_month < grant.from_month:
        raise Refused("这项待遇已停止，或尚未开始发放。", "from_month")
    if is_paused == (kind == Kind.PAUSE):
        raise Refused("这项待遇已在暂停中。" if is_paused else "这项待遇没有暂停，不需要恢复。")
    _must_rest(grant, from_month)
    grant.turns.create(kind=kind, from_month=from_month, reason=reason, by=actor.label)
    make_up(grant, f"{reason}，{words}", grant.law_version, actor)
    _say(grant, kind, f"{reason}：{words}。", actor)
    return grant


@action("grant.end", "停止发放", may=may_change, logs=("last_month",))
def end_grant(actor: Actor, grant: Grant, *, last_month: str, reason: str, decision: Decision | None = None) -> Grant:
    """Paid for `last_month` and no further. What is on its way is made up for when it has arrived."""
    last_month, reason = _month(last_month, "last_month"), _why(reason)
    if grant.until_month and grant.until_month <= last_month:
        raise Refused(f"这项待遇已于{grant.until_month}停止。", "last_month")
    grant.until_month = max(last_month, month_before(grant.from_month))
    grant.save(update_fields=["until_month"])
    grant.turns.create(
        kind=Kind.END, from_month=month_after(grant.until_month), reason=reason, decision=decision, by=actor.label
    )
    make_up(grant, f"{reason}，发放至{last_month}", grant.law_version, actor)
    _say(grant, "ended_grant", f"{reason}：发放至{last_month}，之后停止发放。", actor)
    return grant


@action("grant.exit_gradually", "渐退期后停止发放", may=may_change, logs=("from_month", "months", "amount_fen"))
def exit_gradually(
    actor: Actor, grant: Grant, *, from_month: str, months: int, amount_fen: int, reason: str, law_version: str
) -> Grant:
    """
    Whoever found work keeps dibao for some months more (渐退): so much a month, then the end. Both stand
    from now on, so that nobody has to think of the end.
    """
    from_month = _month(from_month, "from_month")
    if not 1 <= months <= MOST_EXIT_MONTHS:
        raise Refused(f"渐退期为1至{MOST_EXIT_MONTHS}个月。", "months")
    if grant.until_month or grant.every != Grant.Every.MONTH:
        raise Refused("这项待遇已停止，或不是按月发放。")
    if amount_fen > owed_in(grant, from_month):
        raise Refused("渐退期的金额不能高于原来的金额。", "amount_fen")
    if amount_fen != owed_in(grant, from_month):
        change_amount(
            actor,
            grant,
            from_month=from_month,
            amount_fen=amount_fen,
            reason=f"渐退：{reason}",
            law_version=law_version,
        )
    ended: Grant = end_grant(
        actor, grant, last_month=months_after(from_month, months - 1), reason=f"渐退期满：{reason}"
    )
    return ended


def make_up(grant: Grant, cause: str, law_version: str, actor: Actor) -> list[Adjustment]:
    """For each month that was paid: what should have arrived less what did. Asked again, nothing is found twice."""
    made = []
    for month, got in sorted(got_for(grant).items()):
        owed = owed_in(grant, month)
        if owed == got:
            continue
        key = f"{grant.public_id.hex}:{month}:{grant.adjustments.count() + 1}"
        made.append(
            grant.adjustments.create(
                key=key, month=month, amount_fen=owed - got, cause=cause[:120], law_version=law_version, by=actor.label
            )
        )
    if owed_back := -sum(each.amount_fen for each in made if each.amount_fen < 0):
        words = "将从以后的发放中逐月抵扣" if not grant.until_month else "请按通知退回，街道窗口将与您联系"
        tell(grant.case, f"经核对，有{yuan(owed_back)}元多发（{cause[:80]}），{words}。对此不服的可以申诉。")
    return made


@action("grant.take_back", "收回多发款项", may=may_take_money, logs=("adjustment", "amount_fen"))
def take_back(actor: Actor, grant: Grant, *, adjustment: int, amount_fen: int, reason: str) -> Adjustment:
    """Money that the holder paid back: it stands in the fund again, and less is left to recover."""
    owed = _owed(grant, adjustment, amount_fen)
    key = f"{owed.key}:{owed.settled_by.count() + 1}"
    back: Adjustment = grant.adjustments.create(
        key=key, month=owed.month, amount_fen=amount_fen, cause=_why(reason), settles=owed, is_cash=True, by=actor.label
    )
    book(f"repaid:{key}", f"fund:{grant.benefit}", f"repaid:{grant.benefit}", amount_fen, "领取人退回多发款项")
    last = grant.payments.filter(month=owed.month, state=PaymentItem.State.PAID).select_related("run__fund").first()
    if last and last.run.fund:
        move(last.run.fund, FundKind.BACK, amount_fen, f"repaid:{key}", "领取人退回多发款项", actor)
    _say(grant, "repaid", f"已收到退回的{yuan(amount_fen)}元。", actor)
    return back


@action("grant.waive", "核销多发款项", may=post(Post.DISTRICT_CHIEF), logs=("adjustment", "amount_fen"))
def waive(actor: Actor, grant: Grant, *, adjustment: int, amount_fen: int, reason: str) -> Adjustment:
    """Not recovered: the office's own fault, or hardship."""
    owed = _owed(grant, adjustment, amount_fen)
    key = f"{owed.key}:{owed.settled_by.count() + 1}"
    done: Adjustment = grant.adjustments.create(
        key=key, month=owed.month, amount_fen=amount_fen, cause=_why(reason), settles=owed, by=actor.label
    )
    _say(grant, "waived", f"{reason.strip()[:60]}：{yuan(amount_fen)}元不再追回。", actor)
    return done


def _owed(grant: Grant, adjustment: int, amount_fen: int) -> Adjustment:
    found = outstanding().filter(grant=grant, pk=adjustment, left_fen__lt=0).first()
    if found is None:
        raise Refused("没有这笔待追回的款项，或已追回。", "adjustment")
    left = -found.left_fen
    if not 0 < amount_fen <= left:
        raise Refused(f"金额应在0.01元至{yuan(left)}元之间。", "amount_fen")
    return found
