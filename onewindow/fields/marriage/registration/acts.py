"""When two may not marry (民法典第一千零四十七条、第一千零四十八条), and the row that their marriage becomes."""

from typing import Any

from onewindow.fields.marriage.register import are_close_kin, married, marry, parties
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case, Decision
from onewindow.kernel.people.identity import IdNumber
from onewindow.kernel.people.models import Person

LEAST_AGE = {Person.Sex.MALE: 22, Person.Sex.FEMALE: 20}


def objections(case: Case) -> list[str]:
    people = parties(case)
    if len(people) != 2:
        return ["请填写对方的姓名和身份证号，结婚须双方共同申请。"]
    found = [words for person in people for words in _too_young(person)]
    if {sex_of(person) for person in people} != set(LEAST_AGE):
        found.append("结婚登记由男女双方共同申请，请核对双方的身份证号。")
    taken = married(people)
    found += [f"{person.name}在婚姻登记中有配偶，不能再登记。" for person in people if person.pk in taken]
    declared = case.facts.get("people", {}).values()
    if any(told.get("is_kin") for told in declared) or are_close_kin(*people):
        found.append("双方是直系血亲或者三代以内旁系血亲，法律禁止结婚。")
    if any(told.get("is_voluntary") is False for told in declared):
        found.append("结婚须双方完全自愿，有一方声明不自愿，不能登记。")
    return found


def sex_of(person: Person) -> int:
    return person.sex or IdNumber.parse(person.id_number).sex


def _too_young(person: Person) -> list[str]:
    least = LEAST_AGE.get(Person.Sex(sex_of(person)), 22)
    if person.died_on:
        return [f"{person.name}已登记死亡，请核对身份证号。"]
    return [] if person.birth and age(person) >= least else [f"{person.name}未满{least}周岁，不到法定婚龄。"]


def age(person: Person) -> int:
    now, born = today(), person.birth
    return -1 if born is None else now.year - born.year - ((now.month, now.day) < (born.month, born.day))


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    marriage = marry(case, decision)
    return {
        "title": "结婚证",
        "says": "结婚申请符合《中华人民共和国民法典》规定，予以登记，发给此证。",
        "rows": [["持证人", person.name] for person in parties(case)]
        + [["登记日期", marriage.registered_on.isoformat()]],
    }
