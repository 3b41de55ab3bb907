"""单人保: one person alone, where the family as a whole does not qualify."""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.sums import is_below
from onewindow.rules.words import Array, Fen, Flag, Month, Parameters, Population, Told

ARTICLE = {
    "2012-12-12": "《最低生活保障审核审批办法（试行）》第十条",
    "2021-07-01": "《最低生活保障审核确认办法》第八条",
    "2022-10-20": "《最低生活保障审核确认办法》第八条、2022年10月20日通知一（一）（四）",
}
INTELLECTUAL, MENTAL = 5, 6


class own_income(Fen):
    """What one person has, never below nought; family members' income is not looked at."""

    entity = Person
    label = "本人月收入"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return np.maximum(person("personal_income", period) - person("income_deduction", period), 0)


class may_apply_alone(Flag):
    entity = Person
    label = "可以单独申请"
    article = ARTICLE
    source = "L2"

    def formula_2012_12_12(person: Population, period: Month, parameters: Parameters) -> Array:
        return person("religious_years_away", period) >= parameters(period).composition.religious_years

    def formula_2021_07(person: Population, period: Month, parameters: Parameters) -> Array:
        return applies_alone_since_2021(person, period, parameters)

    def formula_2022_10_20(person: Population, period: Month, parameters: Parameters) -> Array:
        level = person("disability_level", period)
        has_no_work = (person("wage_income", period) <= 0) & (person("business_net_income", period) <= 0)
        is_adult = ~person("is_minor", period)
        is_disabled_without_work = is_adult & has_no_work & (level > 0) & (level <= 2)
        return applies_alone_since_2021(person, period, parameters) | is_disabled_without_work

    def explain(told: Told) -> str | None:
        return f"可以参照单人户申请：{reason(told)}" if told.value else None


def applies_alone_since_2021(person: Population, period: Month, parameters: Parameters) -> Array:
    level, category = person("disability_level", period), person("disability_category", period)
    is_of_mind = (category == INTELLECTUAL) | (category == MENTAL)
    is_severe = ((level > 0) & (level <= 2)) | ((level == 3) & is_of_mind)
    in_marginal = person.household("is_marginal_household", period) & person("counted_in_household", period)
    return (
        (in_marginal & (is_severe | person("serious_disease", period)))
        | (person("religious_years_away", period) >= parameters(period).composition.religious_years)
        | person("approved_to_apply_alone", period)
    )


def reason(told: Told) -> str:
    if told("religious_years_away") >= told.parameter("composition.religious_years"):
        return "脱离家庭、在宗教场所居住三年以上的宗教教职人员"
    if told("approved_to_apply_alone"):
        return "区以上民政部门规定的特殊困难人员"
    if not told("is_marginal_household"):
        return "成年无业重度残疾人"
    return "低保边缘家庭中患重特大疾病的成员" if told("serious_disease") else "低保边缘家庭中的重度残疾成员"


class single_person_dibao_eligible(Flag):
    """Not beside dibao of the whole family. How the person's own property is to be bounded, no source says."""

    entity = Person
    label = "单人保"
    article = ARTICLE
    source = "L2"
    says = ("符合", "不符合")

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        standard = person.household("dibao_standard", period)
        is_poor = is_below(person("own_income", period), standard, parameters(period).standard.includes_equal)
        family_has_it = person.household("dibao_eligible", period) | person.household("in_gradual_exit", period)
        is_covered = family_has_it & person("counted_in_household", period)
        return person("may_apply_alone", period) & is_poor & ~is_covered & ~person("receives_tekun", period)

    def explain(told: Told) -> str | None:
        if not told("may_apply_alone"):
            return None
        if told("receives_tekun"):
            return "已按特困人员救助供养，不再享受低保"
        if told("counted_in_household") and (told("dibao_eligible") or told("in_gradual_exit")):
            return "全家享受低保，随家庭享受，不单独办理"
        verdict = "低于标准，收入符合；本人财产由街道核实" if told.value else "不低于标准，不符合"
        return f"本人月收入{told.yuan('own_income')}，标准{told.yuan('dibao_standard')}：{verdict}"


class single_person_dibao_amount(Fen):
    entity = Person
    label = "单人保每月金额"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        due = person.household("dibao_standard", period) - person("own_income", period)
        return np.where(person("single_person_dibao_eligible", period), due, 0)

    def explain(told: Told) -> str | None:
        if not told.value:
            return None
        return f"标准{told.yuan('dibao_standard')} − 本人月收入{told.yuan('own_income')} = {told.yuan()}"
