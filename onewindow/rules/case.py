"""The assessment of one case: from its facts to OpenFisca's situation, and back to what the engine asks."""

from collections.abc import Collection
from datetime import date
from typing import Any

from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.ports import Assessed
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.amounts import BATCH, in_force
from onewindow.rules.assess import Assessment, CannotAssess, assess
from onewindow.rules.system import system

HOUSEHOLD, SUBJECT, TEKUN, TEKUN_AMOUNT = "household", "subject", "receives_tekun", "tekun_amount"


def assess_case(case: Case, on: date) -> Assessed:
    matter, month = case.matter, f"{on:%Y-%m}"
    wanted = _outputs(case)
    try:
        answer = assess(situation(case, month), month, wanted)
    except CannotAssess as problem:
        return Assessed(month, "", None, None, None, None, {"steps": []}, problem=str(problem))
    grant, who = matter.grant, case.applicant.public_id.hex
    eligible, within = (_of(answer, who, name) for name in (matter.eligible, matter.within_limit))
    amount = _of(answer, who, grant.amount) if grant else None
    if eligible is None and grant and not grant.cap:
        eligible = bool(amount)
    return Assessed(
        month=month,
        law_version=answer.law_version,
        is_eligible=None if eligible is None else bool(eligible),
        amount_fen=amount,
        within_limit=None if within is None else bool(within),
        cap_fen=_of(answer, who, grant.cap) if grant else None,
        result=answer.to_json(),
    )


def _of(answer: Assessment, who: str, name: str) -> Any:
    """The family's answer; of what the law gives to persons, the applicant's."""
    if not name:
        return None
    value = answer.outputs[name]
    return value[who] if isinstance(value, dict) else value


def _outputs(case: Case) -> list[str]:
    matter = case.matter
    grant = (matter.grant.amount, matter.grant.cap) if matter.grant else ()
    return list(dict.fromkeys(filter(None, (matter.eligible, matter.within_limit, *grant, *matter.explains))))


def situation(case: Case, month: str) -> dict[str, Any]:
    """OpenFisca's situation of the case; only facts that are inputs of the rules go in."""
    known = system().variables
    persons: dict[str, Any] = {}
    roles: dict[str, list[str]] = {}
    facts = case.facts.get("people", {})
    kept = kept_as_tekun([member.person_id for member in case.listed_members], month)
    for member in case.listed_members:
        key = member.person.public_id.hex
        values = {name: value for name, value in facts.get(key, {}).items() if name in known}
        if member.person_id in kept:
            values[TEKUN] = True
        if member.person.birth:
            values["birth"] = member.person.birth.isoformat()
        persons[key] = {name: dated(known[name], value, month) for name, value in values.items()}
        roles.setdefault(role_of(member.relation, member.is_applicant), []).append(key)
    told = {name: value for name, value in case.facts.get("household", {}).items() if name in known}
    household = {name: value for name, value in told.items() if known[name].entity.key != "person"}
    if of_subject := {name: value for name, value in told.items() if name not in household}:
        persons[SUBJECT] = {name: dated(known[name], value, month) for name, value in of_subject.items()}
        roles.setdefault("others", []).append(SUBJECT)
    if case.household and "place_is_urban" in known:
        household["place_is_urban"] = case.household.is_urban
    shown = {name: dated(known[name], value, month) for name, value in household.items()}
    return {"persons": persons, "households": {HOUSEHOLD: {**roles, **shown}}}


def kept_as_tekun(people: Collection[int], month: str) -> dict[int, date]:
    """Who of them has a tekun grant, since which decision: the family's dibao is reckoned without them."""
    codes = [matter.code for matter in matters().values() if matter.grant and matter.grant.amount == TEKUN_AMOUNT]
    grants = in_force(month).filter(benefit__in=codes or [TEKUN_AMOUNT])
    found: dict[int, date] = {}
    keys = sorted(people)
    for at in range(0, len(keys), BATCH):
        rows = grants.filter(holder_id__in=keys[at : at + BATCH])
        found |= dict(rows.values_list("holder_id", "decision__decided_on"))
    return found


def dated(variable: Any, value: Any, month: str) -> Any:
    """A fact is of the month assessed, unless it came by month, or is only of months that are past."""
    if isinstance(value, dict) or variable.wording.only_before:
        return value
    return {"ETERNITY" if str(variable.definition_period) == "eternity" else month: value}


def role_of(relation: str, is_applicant: bool) -> str:
    """GB/T 4761 relation to the head → role in the rules' household."""
    if is_applicant:
        return "applicant"
    return {"1": "spouse", "2": "children", "3": "children", "5": "parents"}.get(relation[:1], "others")
