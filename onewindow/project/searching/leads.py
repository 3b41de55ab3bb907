"""From what the law gives to leads: who has it already, what is known and from where, and how sure that makes it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from onewindow.fields.finding.models import Lead
from onewindow.kernel.cases.facts import REGISTER_NAMES
from onewindow.kernel.cases.models import Case
from onewindow.kernel.grants.amounts import in_force
from onewindow.kernel.people.kinship import relation_name
from onewindow.kernel.people.models import Member, Person, RegisterEntry
from onewindow.project.searching.benefits import Benefit, benefits
from onewindow.project.searching.folder import Family, Someone
from onewindow.project.searching.registers import families, last_day
from onewindow.rules.figures import shown
from onewindow.rules.system import law_version, system

SURE, HINT = 90, 40
ASKED_AGAIN_AFTER = timedelta(days=365)
"""Somebody who said no is not asked every month."""
ADULT, PENSION_AGE = 18, 60
SEVERE = (1, 2)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The law would give this: to a household, through its first member, or to one person."""

    variable: str
    household: int
    person: int
    fen: int


def write_leads(candidates: list[Candidate], month: str, cause: str) -> Counter[str]:
    """In one statement for many. What is there already, by any earlier search, stays as it is."""
    counts: Counter[str] = Counter(looked_at=len(candidates))
    wanted = _without_held(candidates, month, counts)
    known = Registered.of({each.household for each in wanted}, last_day(month))
    leads = [lead for each in wanted if (lead := _lead(each, known, month, cause))]
    counts["not_enough_known"] += len(wanted) - len(leads)
    counts["leads"] += len(leads)
    Lead.unscoped.bulk_create(leads, batch_size=500, ignore_conflicts=True)
    return counts


def _without_held(candidates: list[Candidate], month: str, counts: Counter[str]) -> list[Candidate]:
    """Those who have it, have applied, have an open lead, or were asked not long ago."""
    homes, people = {each.household for each in candidates}, {each.person for each in candidates}
    mine = Q(household_id__in=homes) | Q(holder_id__in=people)
    held = set(_keys(in_force(month).filter(mine).values_list("benefit", "household_id", "holder_id")))
    mine = Q(household_id__in=homes) | Q(applicant_id__in=people)
    open_cases = Case.unscoped.filter(mine, state__in=Case.OPEN)
    applied = set(_keys(open_cases.values_list("matter_code", "household_id", "applicant_id")))
    recent = Q(state__in=Lead.OPEN) | Q(ended_at__gt=timezone.now() - ASKED_AGAIN_AFTER) | Q(month=month)
    leads = Lead.unscoped.filter(recent, kind=Lead.Kind.FIND, person_id__in=people)
    asked = set(leads.values_list("benefit", "person_id"))
    left = []
    for each in candidates:
        keys = set(_keys([(benefits()[each.variable].code, each.household, each.person)]))
        if benefits()[each.variable].is_of_persons:
            keys = {key for key in keys if key[1] == "person"}
        is_known = (each.variable, each.person) in asked
        if keys & held or keys & applied or is_known:
            counts["have_it" if keys & held else "applied" if keys & applied else "known"] += 1
        else:
            left.append(each)
    return left


def _keys(rows: Iterable[tuple[str, int | None, int]]) -> Iterable[tuple[str, str, int]]:
    for benefit, household, person in rows:
        if household is not None:
            yield benefit, "household", household
        yield benefit, "person", person


@dataclass
class Registered:
    """What registers say of some households, with source and date."""

    families: dict[int, Family]
    entries: dict[tuple[int, str], tuple[str, date]]
    people: dict[int, Person]
    relations: dict[int, str]

    @classmethod
    def of(cls, homes: set[int], on: date) -> "Registered":
        found = {family.key: family for family in families(on, only=sorted(homes))}
        keys = [one.key for family in found.values() for one in family.people]
        rows = RegisterEntry.objects.filter(person_id__in=keys).values_list("person_id", "item", "source", "as_of")
        people = Person.unscoped.filter(pk__in=keys).only("name", "place_id", "birth")
        relations = Member.objects.filter(person_id__in=keys, until_on=None).values_list("person_id", "relation")
        return cls(
            found, {(pk, item): (source, as_of) for pk, item, source, as_of in rows},
            {each.pk: each for each in people}, dict(relations),
        )  # fmt: skip


def _lead(each: Candidate, known: Registered, month: str, cause: str) -> Lead | None:
    benefit, family = benefits()[each.variable], known.families.get(each.household)
    person = known.people.get(each.person)
    if family is None or person is None or person.place_id is None:
        return None
    if benefit.rests_on_means and not _means_are_told(family, last_day(month)):
        return None
    certainty = HINT if benefit.rests_on_means else SURE
    matter = benefit.matter
    return Lead(
        kind=Lead.Kind.FIND, benefit=each.variable, matter_code=matter.code if matter else "", person=person,
        household_id=each.household, place_id=person.place_id, month=month, cause=cause, expected_fen=each.fen,
        reason=_reason(benefit, each.fen, month), facts=_facts(each, benefit, family, known, month),
        situation=family.situation(month), certainty=certainty, rank=each.fen * certainty // 100,
        law_version=law_version(),
    )  # fmt: skip


def _means_are_told(family: Family, on: date) -> bool:
    """Only where every adult's register itself says why there is no wage; that nobody knows of one is no sign of need."""
    adults = [one for one in family.people if _age(one, on) >= ADULT]
    return bool(adults) and all(_has_no_wage(one, on) for one in adults)


def _has_no_wage(one: Someone, on: date) -> bool:
    told = one.inputs
    severe = told.get("disability_level", 0) in SEVERE
    away = told.get("is_student") or told.get("is_conscript") or told.get("is_imprisoned")
    retired = _age(one, on) >= PENSION_AGE and told.get("base_pension", 0) > 0
    return bool(severe or away or retired)


def _age(one: Someone, on: date) -> int:
    birth = one.inputs.get("birth")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)) if birth else ADULT


def _reason(benefit: Benefit, fen: int, month: str) -> str:
    yuan, article = shown(fen, "fen"), benefit.article(month)
    by = f"依据{article}，" if article else ""
    if benefit.rests_on_means:
        return f"登记信息显示成年家庭成员均无工资来源，{by}可能符合{benefit.name}（最多每月{yuan}）。收入和财产尚未核对，须经本人同意后测算。"
    return f"{by}按已登记的信息每月应享受{benefit.name}{yuan}，目前没有领取。"


def _facts(each: Candidate, benefit: Benefit, family: Family, known: Registered, month: str) -> list[dict[str, str]]:
    """Only what this benefit asks, and of others in the household only where the sum is the household's."""
    people = [one for one in family.people if one.key == each.person or not benefit.is_of_persons]
    return [fact for one in people for fact in _facts_of(one, benefit, known, month)]


def _facts_of(one: Someone, benefit: Benefit, known: Registered, month: str) -> Iterable[dict[str, str]]:
    who = relation_name(known.relations.get(one.key, ""))
    for name, value in one.inputs.items():
        variable = system().variables[name]
        if name not in benefit.inputs or value == variable.default_value:
            continue
        source, as_of = known.entries.get((one.key, name), ("PSB_HUKOU", None))
        age = f"（{month}满{_age(one, last_day(month))}岁）" if name == "birth" else ""
        yield {
            "who": who, "what": str(variable.label).partition("（")[0], "value": _words(value, variable) + age,
            "source": REGISTER_NAMES.get(source, source), "as_of": as_of.isoformat() if as_of else "",
        }  # fmt: skip


def _words(value: Any, variable: Any) -> str:
    return value.isoformat() if isinstance(value, date) else shown(value, variable.unit, variable.wording.says)
