"""Whether a new grant may stand beside those that are held: the law says so, from above; here it is only asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.events import add_event
from onewindow.kernel.cases.models import Case
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.staff.actor import SYSTEM


@dataclass(frozen=True)
class Pair:
    """What the law says of two benefits."""

    forbids: bool
    tops_up: bool
    of_household: bool
    says: str
    article: str


@dataclass
class PairPort:
    """Plugged by project/wiring.py. Asked with the outputs of the law that the two matters pay."""

    between: Callable[[str, str], Pair | None] = lambda new, held: None


pair_port = PairPort()


def look_beside(case: Case) -> None:
    """Refused where the law forbids both, with what to do; where the sum is topped up, the history says by which article."""
    for held, pair in _pairs(case):
        name, other = case.matter.name, matters()[held.benefit].name
        if pair.forbids:
            raise Refused(
                f"已在享受{other}（自{held.from_month}起），不能同时发放{name}：{pair.says}（{pair.article}）。"
                f"请先办理{other}的停发，或由申请人选择其中一项。"
            )
        if pair.tops_up:
            add_event(case, "topped_up", f"与{other}同时享受，按规定补差发放：{pair.says}（{pair.article}）。", SYSTEM)


def _pairs(case: Case) -> Iterator[tuple[Grant, Pair]]:
    new = case.matter.grant
    assert new is not None
    mine = Q(holder=case.applicant)
    if case.household_id:
        mine |= Q(household=case.household_id)
    held = Grant.unscoped.filter(mine, every=Grant.Every.MONTH, until_month="").exclude(benefit=case.matter_code)
    for grant in held.order_by("id"):
        declared = matters()[grant.benefit].grant
        pair = pair_port.between(new.amount, declared.amount) if declared else None
        if pair is not None and (pair.of_household or grant.holder_id == case.applicant_id):
            yield grant, pair
