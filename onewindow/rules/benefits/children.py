"""Children whom nobody brings up: orphans, and those whose parents live but cannot (民发〔2019〕62号)."""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

ORPHANS = "《国务院办公厅关于加强孤儿保障工作的意见》一"
UNATTENDED = "《关于进一步加强事实无人抚养儿童保障工作的意见》一、三（一）"
DEAD, MISSING, LOST_CONTACT, NOT_FOUND = 1, 2, 8, 9
CIRCUMSTANCES = (
    "", "死亡", "被宣告失踪", "重残", "重病", "服刑在押", "强制隔离戒毒", "被其他措施限制人身自由", "失联", "查找不到",
)  # fmt: skip


class is_orphan(Flag):
    """Both parents dead or not to be found. Grown orphans go on while they are at school."""

    entity = Person
    label = "孤儿"
    article = ORPHANS
    source = "L11"

    def formula(person: Population, period: Month) -> Array:
        father, mother = person("father_circumstance", period), person("mother_circumstance", period)
        has_none = ((father == DEAD) | (father == NOT_FOUND)) & ((mother == DEAD) | (mother == NOT_FOUND))
        goes_on = person("receives_orphan_allowance", period) & person("is_student", period)
        return has_none & (person("is_minor", period) | goes_on)

    def explain(told: Told) -> str | None:
        if not told.value:
            return None
        age = "" if told("is_minor") else "；已成年、仍在校就读，继续享受"
        return f"父亲{circumstance(told, 'father')}，母亲{circumstance(told, 'mother')}：是孤儿{age}"


def circumstance(told: Told, parent: str) -> str:
    return CIRCUMSTANCES[told(f"{parent}_circumstance")] or "没有规定的情形"


def cannot_bring_up(person: Population, period: Month, parameters: Parameters, parent: str) -> Array:
    """Prison, isolation, other deprivation of liberty and loss of contact only when they last."""
    found = person(f"{parent}_circumstance", period)
    lasts = person(f"{parent}_circumstance_months", period) >= parameters(period).child_welfare.least_months
    has_to_last = (found > 4) & (found <= LOST_CONTACT)
    return (found > 0) & (found <= LOST_CONTACT) & (~has_to_last | lasts)


class is_unattended_child(Flag):
    """Two parents declared missing, or one dead and one missing, stand in no article; nobody brings that child up either."""

    entity = Person
    label = "事实无人抚养儿童"
    article = UNATTENDED
    source = "L10"

    def formula_2020(person: Population, period: Month, parameters: Parameters) -> Array:
        father = cannot_bring_up(person, period, parameters, "father")
        mother = cannot_bring_up(person, period, parameters, "mother")
        return person("is_minor", period) & father & mother & ~person("is_orphan", period)

    def explain(told: Told) -> str | None:
        if not told("is_minor") or told("is_orphan"):
            return None
        if not told("father_circumstance") or not told("mother_circumstance"):
            return None
        words = f"父亲{circumstance(told, 'father')}，母亲{circumstance(told, 'mother')}"
        if told.month < "2020":
            return None
        least = told.parameter("child_welfare.least_months")
        return f"{words}：符合" if told.value else f"{words}：不符合（服刑、强制隔离、失联等应满{least}个月）"


class orphan_allowance(Fen):
    """Tianjin's sums were not found. Who chooses tekun instead gets that (民发〔2021〕43号 a9)."""

    entity = Person
    label = "孤儿基本生活费"
    article = ORPHANS
    source = "L11"
    confidence = "E"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        rates = parameters(period).child_welfare
        in_institution = person("lives_in_institution", period)
        amount = np.where(in_institution, rates.orphan_institution, rates.orphan_community)
        is_paid = person("is_orphan", period) & person("has_city_hukou", period) & ~person("is_tekun", period)
        return np.where(is_paid, amount, 0)

    def explain(told: Told) -> str | None:
        if told.value:
            where = "由机构养育" if told("lives_in_institution") else "社会散居"
            return f"{where}的孤儿，每月{told.yuan()}（示例）"
        return "已选择特困人员救助供养，不重复发放" if told("is_orphan") and told("is_tekun") else None


class is_kept_by_orphan_allowance(Flag):
    """Who of a family on dibao is one of it, but has an own allowance: no share is paid (an example)."""

    entity = Person
    label = "由孤儿基本生活费保障"
    article = ORPHANS
    source = "E"
    confidence = "E"

    def formula_2020(person: Population, period: Month) -> Array:
        is_kept_apart = person("chooses_tekun", period) | person("receives_tekun", period)
        is_due = person("is_orphan", period) & person("has_city_hukou", period) & ~is_kept_apart
        return is_due | person("receives_orphan_allowance", period)


class assistance_beside_child_allowance(Fen):
    """What this child has of dibao, tekun and the living subsidy for the disabled: the allowance tops it up."""

    entity = Person
    label = "已享受的低保、特困、残疾人生活补贴"
    article = UNATTENDED
    source = "L10"

    def formula(person: Population, period: Month) -> Array:
        size = person.household("counted_household_size", period) - person.household(
            "members_without_dibao_share", period
        )
        share = person.household("dibao_amount", period) // np.maximum(size, 1)
        return (
            np.where(person("counted_in_household", period), share, 0)
            + person("single_person_dibao_amount", period)
            + person("tekun_amount", period)
            + person("disability_living_subsidy", period)
        )


class unattended_child_allowance(Fen):
    entity = Person
    label = "事实无人抚养儿童基本生活补贴"
    article = UNATTENDED
    source = "L10"
    confidence = "E"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        due = parameters(period).child_welfare.orphan_community - person("assistance_beside_child_allowance", period)
        is_paid = person("is_unattended_child", period) & person("has_city_hukou", period)
        return np.where(is_paid, np.maximum(due, 0), 0)

    def explain(told: Told) -> str | None:
        if not told("is_unattended_child"):
            return None
        full, had = (
            told.yuan(told.parameter("child_welfare.orphan_community")),
            told("assistance_beside_child_allowance"),
        )
        if not told.value:
            return f"已享受的救助{told.yuan(had)}不低于{full}（示例），不再补差"
        return f"{full}（示例） − 已享受的救助{told.yuan(had)} = 补差{told.yuan()}" if had else f"每月{full}（示例）"
