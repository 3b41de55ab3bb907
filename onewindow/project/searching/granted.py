"""Grants in force as families of the rules: the facts that were decided on, with what registers have said since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from onewindow.kernel.cases.facts import REGISTER_NAMES
from onewindow.kernel.cases.models import CaseMember
from onewindow.kernel.grants.amounts import in_force
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.people.models import RegisterEntry
from onewindow.project.searching.benefits import benefits
from onewindow.project.searching.folder import Family, Someone
from onewindow.project.searching.registers import AT_ONCE
from onewindow.rules.case import TEKUN, kept_as_tekun
from onewindow.rules.system import system

READ = (
    "benefit", "holder_id", "household_id", "place_id", "case_id", "case__facts", "decision__decided_on",
    "household__is_urban",
)  # fmt: skip
MOST_MEMBERS = 100
"""A person's key in the folder is the grant's times this, and the place in the family: one person may hold several grants."""


@dataclass(slots=True)
class Held:
    """A grant with its family as of now; `news` says what is otherwise than at the decision."""

    grant: Any
    family: Family | None
    news: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_death(self) -> bool:
        return any(each["what"] == "去世" for each in self.news)


def columns() -> list[str]:
    """Every input on which one of the sums rests."""
    return sorted({name for benefit in benefits().values() for name in benefit.inputs})


def computable(month: str, only: Sequence[int] | None = None) -> QuerySet[Grant]:
    """In force in that month, of a benefit whose monthly sum the law computes."""
    found = in_force(month).filter(benefit__in=[each.code for each in benefits().values()])
    return found if only is None else found.filter(pk__in=only)


def with_deaths(month: str, on: date, only: Sequence[int]) -> set[int]:
    """Grants in whose family somebody died."""
    found = computable(month, only).filter(case__members__person__died_on__lte=on)
    return set(found.values_list("pk", flat=True))


def held_grants(month: str, on: date, only: Sequence[int] | None = None) -> Iterator[Held]:
    """Ascending by grant; those of benefits that the law computes by month."""
    found = computable(month, only).select_related("case", "decision", "household").only(*READ).order_by("pk")
    last = 0
    while batch := list(found.filter(pk__gt=last)[:AT_ONCE]):
        yield from _held(batch, month, on)
        last = batch[-1].pk


def _held(grants: list[Grant], month: str, on: date) -> Iterator[Held]:
    members: dict[int, list[Any]] = {}
    rows = CaseMember.objects.filter(case_id__in=[grant.case_id for grant in grants])
    told = rows.order_by("case_id", "-is_applicant", "relation", "id").values_list(
        "case_id", "person_id", "relation", "person__public_id", "person__birth", "person__sex", "person__died_on"
    )
    for case, *rest in told:
        members.setdefault(case, []).append(rest)
    people = {person for each in members.values() for person, *_ in each}
    entries, kept = _newer(people), kept_as_tekun(people, month)
    for grant in grants:
        yield _one(grant, members.get(grant.case_id, []), entries, kept, on)


def _one(grant: Any, members: list[Any], entries: dict[int, list[Any]], kept: dict[int, date], on: date) -> Held:
    known, facts = system().variables, grant.case.facts
    held = Held(grant, None)
    people = []
    for nth, (person, relation, public_id, birth, sex, died_on) in enumerate(members):
        if died_on and died_on <= on:
            who = "本人" if nth == 0 else "家庭成员"
            held.news.append(_news("去世", f"{who}于{died_on}去世", "PSB_HUKOU", died_on))
            continue
        inputs = _inputs(facts.get("people", {}).get(public_id.hex, {}), person=True)
        inputs |= {"sex": sex, **({"birth": birth} if birth else {})}
        for source, item, value, as_of in entries.get(person, ()):
            is_news = as_of > grant.decision.decided_on and inputs.get(item, known[item].default_value) != value
            if is_news and known[item].entity.is_person:
                held.news.append(_news(str(known[item].label), f"由{inputs.get(item, '无')}变为{value}", source, as_of))
                inputs[item] = value
        if person in kept and not inputs.get(TEKUN):
            inputs[TEKUN] = True
            held.news += _tekun_since(kept[person], grant)
        people.append(Someone(grant.pk * MOST_MEMBERS + nth, relation, inputs))
    if people:
        home = _inputs(facts.get("household", {}), person=False)
        if grant.household:
            home["place_is_urban"] = grant.household.is_urban
        held.family = Family(grant.pk, people, home)
    return held


def _tekun_since(day: date, grant: Any) -> list[dict[str, str]]:
    label = str(system().variables[TEKUN].label)
    return [_news(label, "由无变为是", "MCA_AID", day)] if day > grant.decision.decided_on else []


def _news(what: str, value: str, source: str, as_of: date) -> dict[str, str]:
    return {"what": what, "value": value, "source": REGISTER_NAMES.get(source, source), "as_of": as_of.isoformat()}


def _inputs(told: dict[str, Any], *, person: bool) -> dict[str, Any]:
    known = system().variables
    return {
        name: value
        for name, value in told.items()
        if name in known and not known[name].formulas and known[name].entity.is_person == person
        and isinstance(value, bool | int)
    }  # fmt: skip


def _newer(people: set[int]) -> dict[int, list[Any]]:
    known = {name for name, variable in system().variables.items() if not variable.formulas}
    found: dict[int, list[Any]] = {}
    keys = sorted(people)
    for at in range(0, len(keys), AT_ONCE):
        rows = RegisterEntry.objects.filter(person_id__in=keys[at : at + AT_ONCE], item__in=known)
        for person, *rest in rows.order_by("as_of").values_list("person_id", "source", "item", "value", "as_of"):
            found.setdefault(person, []).append(rest)
    return found
