"""When an adoption is not registered (民法典第一千零九十八条、第一千一百条、第一千一百零二条、第一千一百零四条)."""

from datetime import date
from typing import Any

from onewindow.fields.adoption.models import Adoption
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case, Decision
from onewindow.kernel.people.identity import IdNumber

LEAST_AGE, LEAST_GAP, CHILD_DECIDES_AT, OF_AGE = 30, 40, 8, 18
MORE_CHILDREN_ALLOWED = ("orphan", "disabled", "institution")
SEXES = {"male": 1, "female": 2}


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def objections(case: Case) -> list[str]:
    told, adopter = case.facts["household"], case.applicant
    born = date.fromisoformat(told["child_born_on"])
    age = years(born, today())
    checks = {
        "收养人须年满30周岁。": adopter.birth is None or years(adopter.birth, today()) < LEAST_AGE,
        "收养人只能无子女或者只有一名子女（孤儿、残疾儿童、福利机构的孩子除外）。": told["children"] > 1
        and told["source"] not in MORE_CHILDREN_ALLOWED,
        "有配偶的须夫妻共同收养。": told["is_married"] and not told["spouse_agrees"],
        "无配偶者收养异性子女，年龄须相差40周岁以上。": _needs_gap(case, born),
        "孩子满8周岁，须本人同意。": age >= CHILD_DECIDES_AT and not told["child_agrees"],
        "被收养人须未满18周岁。": age >= OF_AGE,
        "患有医学上不应当收养子女的疾病，不能收养。": told["has_unfit_illness"],
        "有不利于被收养人健康成长的违法犯罪记录，不能收养。": told["has_record"],
    }
    return [words for words, is_so in checks.items() if is_so]


def _needs_gap(case: Case, born: date) -> bool:
    told, adopter = case.facts["household"], case.applicant
    sex = adopter.sex or IdNumber.parse(adopter.id_number).sex
    if told["is_married"] or told["source"] == "relative" or sex == SEXES[told["child_sex"]]:
        return False
    return adopter.birth is None or years(adopter.birth, born) < LEAST_GAP


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    Adoption.unscoped.create(adopter=case.applicant, decision=decision, registered_on=decision.decided_on)
    return {
        "title": "收养登记证",
        "says": "收养申请符合《中华人民共和国民法典》规定，准予登记，收养关系自登记之日起成立。",
        "rows": [
            ["收养人", case.applicant.name],
            ["被收养人", told["child_name"]],
            ["出生日期", told["child_born_on"]],
        ],
    }
