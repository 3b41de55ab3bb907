"""
Money set aside: opened, budgeted, committed, spent. A sum is committed by one conditional UPDATE, so that the last yuan is
taken once however many clerks reach for it; behind it stands a constraint of the database.
"""

from typing import Any

from django.conf import settings
from django.db.models import F, Sum

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.models import Fund, FundEntry
from onewindow.kernel.grants.months import yuan
from onewindow.kernel.places.codes import is_within
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM, Actor
from onewindow.kernel.staff.permission import either, post, system
from onewindow.kernel.staff.posts import Post

Kind = FundEntry.Kind
SIGNS: dict[str, dict[str, int]] = {
    Kind.BUDGET: {"budget_fen": 1},
    Kind.CUT: {"budget_fen": -1},
    Kind.COMMIT: {"committed_fen": 1},
    Kind.RELEASE: {"committed_fen": -1},
    Kind.SPEND: {"committed_fen": -1, "spent_fen": 1},
    Kind.BACK: {"spent_fen": -1},
}
"""What each kind of entry does to the fund's three sums."""
may_set_up = either(system, post(Post.DISTRICT_FINANCE))
MOST_FEN = 10**13


@action("fund.open", "设立资金", may=may_set_up, logs=("code", "year"))
def open_fund(
    actor: Actor, place: Place, *, code: str, name: str, kind: str, year: int, is_example: bool = False
) -> Fund:
    if kind not in Fund.Kind.values or not name.strip():
        raise Refused("请填写资金名称并选择类别。", "name")
    if code not in codes():
        raise Refused("没有事项从这项资金支出。", "code")
    fund, made = Fund.unscoped.get_or_create(
        code=code, place=place, year=year, defaults={"name": name.strip()[:60], "kind": kind, "is_example": is_example}
    )
    if not made:
        raise Refused(f"{year}年的这项资金已设立。", "year")
    return fund


def codes() -> set[str]:
    return {code_of(matter.code) for matter in matters().values() if matter.grant}


def code_of(benefit: str) -> str:
    declared = matters()[benefit].grant
    return (declared.fund if declared else "") or benefit


@action("fund.budget", "调整资金预算", may=may_set_up, logs=("amount_fen", "document"))
def add_budget(actor: Actor, fund: Fund, *, amount_fen: int, document: str) -> Fund:
    """More (or, negative, less) by a document; never less than is committed and spent."""
    if not 0 < abs(amount_fen) <= MOST_FEN:
        raise Refused("请填写金额。", "amount_fen")
    if len(document.strip()) < 2:
        raise Refused("请填写预算文件名称或文号。", "document")
    kind = Kind.BUDGET if amount_fen > 0 else Kind.CUT
    move(fund, kind, abs(amount_fen), f"budget:{fund.pk}:{fund.entries.count() + 1}", document.strip(), actor)
    return Fund.unscoped.get(pk=fund.pk)


def funds_for(benefit: str, place_code: str, year: int) -> list[Fund]:
    """The nearest first: a street's reserve, its district's fund, the city's."""
    found = Fund.unscoped.filter(code=code_of(benefit), year=year)
    near = [fund for fund in found if is_within(place_code, fund.place_id)]
    return sorted(near, key=lambda fund: len(fund.place_id.rstrip("0")), reverse=True)


def fund_for(benefit: str, place_code: str, year: int) -> Fund | None:
    """The nearest; None where no budget is kept."""
    return next(iter(funds_for(benefit, place_code, year)), None)


def commit_from(
    benefit: str, place_code: str, year: int, fen: int, key: str, text: str, actor: Actor = SYSTEM
) -> Fund | None:
    """
    From the nearest fund that reaches. Without any fund nothing is spent, unless the city has said that it may be
    (docs/decisions/0017).
    """
    near, first = funds_for(benefit, place_code, year), None
    for fund in near:
        try:
            move(fund, Kind.COMMIT, fen, key, text, actor)
            return FundEntry.objects.select_related("fund").get(key=key).fund
        except Refused as refusal:
            first = first or refusal
    if first is not None:
        raise first
    if settings.FUND_REQUIRED:
        name = matters()[benefit].name
        raise Refused(f"{name}没有设立{year}年的资金，不能支出。请区财务先在“资金”页面设立资金并下达预算。")
    return None


def move(fund: Fund, kind: str, amount_fen: int, key: str, text: str, actor: Actor = SYSTEM) -> bool:
    """Once for each key. Refused where the budget does not reach."""
    if FundEntry.objects.filter(key=key).exists():
        return False
    changes: dict[str, Any] = {name: F(name) + sign * amount_fen for name, sign in SIGNS[kind].items()}
    rows = Fund.unscoped.filter(pk=fund.pk)
    if kind in (Kind.COMMIT, Kind.CUT):
        rows = rows.filter(budget_fen__gte=F("committed_fen") + F("spent_fen") + amount_fen)
    if not rows.update(**changes):
        left = Fund.unscoped.get(pk=fund.pk).left_fen
        raise Refused(f"{fund.name}余额{yuan(left)}元，不足{yuan(amount_fen)}元。请先落实资金。")
    FundEntry.objects.create(fund=fund, key=key, kind=kind, amount_fen=amount_fen, text=text[:200], by=actor.label)
    return True


def sums_of_entries(fund: Fund) -> dict[str, int]:
    """The three sums, added up anew."""
    by_kind = dict(fund.entries.order_by().values_list("kind").annotate(fen=Sum("amount_fen")))
    sums = {"budget_fen": 0, "committed_fen": 0, "spent_fen": 0}
    for kind, fen in by_kind.items():
        for name, sign in SIGNS[kind].items():
            sums[name] += sign * fen
    return sums
