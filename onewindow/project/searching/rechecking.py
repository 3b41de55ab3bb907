"""
Every grant in force against this month's law. Where only the law changed, the new sum goes into a list that a chief
approves; where the facts changed or nothing is owed any more, an officer asks the family: no sum is changed or ended by a program.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onewindow.fields.finding.actions.recomputing import add_up
from onewindow.fields.finding.models import Lead, Recomputation, RecomputationLine, Search
from onewindow.kernel.places.codes import district_of
from onewindow.project.searching.benefits import Benefit, benefit_of, benefits
from onewindow.project.searching.folder import write_folder
from onewindow.project.searching.granted import Held, columns, computable, held_grants, with_deaths
from onewindow.project.searching.law import Found
from onewindow.project.searching.registers import last_day
from onewindow.project.searching.searches import Progress, begin, computed, end, silent, write_batches
from onewindow.rules.figures import shown
from onewindow.rules.system import law_version

State = Recomputation.State
CERTAIN, TO_ASK = 90, 60


@dataclass(frozen=True, slots=True)
class Sum:
    grant: int
    fen: int


def recheck(
    actor: Any, month: str, progress: Progress = silent, only: Sequence[int] | None = None, source: str = "grants"
) -> Search:
    """All monthly grants in force, or `only` some."""
    search = begin(Search.Kind.RECHECK, month, source)

    def write(into: Path) -> Path:
        families = (held.family for held in held_grants(month, last_day(month), only) if held.family)
        return write_folder(families, columns(), month, into, "在享待遇")

    found = computed(search, write, list(benefits()), progress, None)
    rows = sums_of(found, month, only)
    write_batches(search, rows, lambda batch: compare(search, batch, month), progress)
    _close_lists(search)
    return end(search, actor)


def sums_of(found: Iterator[Found], month: str, only: Sequence[int] | None) -> Iterator[Sum]:
    """What the law gives for each grant, in the order of the grants; nothing where nobody is left."""
    computed_sums = (row for part in found for row in by_grant(part))
    following = next(computed_sums, None)
    grants = computable(month, only).order_by("pk").values_list("pk", "benefit")
    for pk, code in grants.iterator():
        if following is not None and following[0] == pk:
            yield Sum(pk, following[1][benefit_named(code).variable])
            following = next(computed_sums, None)
        else:
            yield Sum(pk, 0)


def benefit_named(code: str) -> Benefit:
    found = benefit_of(code)
    if found is None:
        raise LookupError(code)
    return found


def by_grant(part: Found) -> Iterator[tuple[int, dict[str, int]]]:
    """A sum of one person is the holder's: the first of the family."""
    names = list(benefits())
    at = {
        name: part.outputs[name][part.first] if benefits()[name].is_of_persons else part.outputs[name] for name in names
    }
    lists = [at[name].tolist() for name in names]
    for nth, key in enumerate(part.households.tolist()):
        yield key, {name: values[nth] for name, values in zip(names, lists, strict=True)}


def compare(search: Search, rows: list[Sum], month: str) -> Counter[str]:
    """One batch: what agrees is counted, what does not goes to the officer or onto the chief's list."""
    sums, on = {each.grant: each.fen for each in rows}, last_day(month)
    grants: Any = computable(month, list(sums))
    due: dict[int, int] = dict(grants.values_list("pk", "due_fen"))
    differ = {pk for pk in due if due[pk] != sums[pk]} | with_deaths(month, on, list(sums))
    counts: Counter[str] = Counter(looked_at=len(rows), agree=len(due) - len(differ))
    leads, lines = [], []
    lists: dict[tuple[str, str], Recomputation] = {}
    for held in held_grants(month, on, sorted(differ)):
        fen, grant = sums[held.grant.pk], held.grant
        if held.news or fen <= 0:
            leads.append(_lead(held, fen, month))
        else:
            key = (grant.benefit, district_of(grant.place_id))
            if key not in lists:
                lists[key] = _list(search, *key)
            lines.append(RecomputationLine(of=lists[key], grant=grant, before_fen=grant.due_fen, after_fen=fen))
    Lead.unscoped.bulk_create(leads, batch_size=500, ignore_conflicts=True)
    RecomputationLine.objects.bulk_create(lines, batch_size=1_000, ignore_conflicts=True)
    counts.update(leads=len(leads), to_recompute=len(lines))
    return counts


def _list(search: Search, benefit: str, place: str) -> Recomputation:
    told = {"month": search.month, "law_version": search.law_version}
    found, _ = Recomputation.unscoped.get_or_create(search=search, benefit=benefit, place_id=place, defaults=told)
    return found


def _close_lists(search: Search) -> None:
    """Add up; older lists of the same month that nobody approved are superseded."""
    for told in search.lists.all():
        add_up(told)
        older = Recomputation.unscoped.filter(month=told.month, benefit=told.benefit, place_id=told.place_id)
        older.filter(pk__lt=told.pk, state__in=[State.DRAFT, State.CHECKED]).update(state=State.CANCELLED)


def _lead(held: Held, fen: int, month: str) -> Lead:
    grant, benefit = held.grant, benefit_named(held.grant.benefit)
    difference = abs(fen - grant.due_fen)
    certainty = CERTAIN if held.is_death else TO_ASK
    return Lead(
        kind=Lead.Kind.RECHECK, benefit=benefit.variable, matter_code=grant.benefit, person_id=grant.holder_id,
        household_id=grant.household_id, place_id=grant.place_id, month=month,
        cause="death" if held.is_death else "facts" if held.news else "law", grant=grant, now_fen=grant.due_fen,
        expected_fen=max(fen, 0), reason=_reason(held, benefit, fen), facts=[{"who": "", **each} for each in held.news],
        situation=held.family.situation(month) if held.family else {}, certainty=certainty,
        rank=difference * certainty // 100, law_version=law_version(),
    )  # fmt: skip


def _reason(held: Held, benefit: Benefit, fen: int) -> str:
    now = shown(held.grant.due_fen, "fen")
    why = "；".join(f"{each['what']}：{each['value']}" for each in held.news) or "按当月规定计算，已不符合条件"
    result = f"应为{shown(fen, 'fen')}" if fen > 0 else "不再符合条件"
    return f"{why}。{benefit.name}现每月发放{now}，按现有信息{result}，请核实后按程序办理。"[:600]
