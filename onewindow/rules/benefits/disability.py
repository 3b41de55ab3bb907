"""残疾人两项补贴: for the life of disabled members of poor households, and for the care of the severely disabled."""

import numpy as np

from onewindow.rules.entities import Person
from onewindow.rules.words import Array, Fen, Month, Parameters, Population, Told

ARTICLE = "国发〔2015〕52号、津民发〔2023〕23号"
SEVERE = 2
BARRED = {
    "不是天津市户籍": lambda told: not told("has_city_hukou"),
    "残疾人证已过期或者注销，换证后再申请": lambda told: told("disability_certificate_expired"),
    "属于特困人员，由救助供养解决，不重复享受": lambda told: told("is_tekun") or told("receives_tekun"),
    "正在服刑": lambda told: told("is_imprisoned"),
    "已领取工伤保险生活护理费": lambda told: told("receives_work_injury_nursing_pay"),
}


def may_receive(person: Population, period: Month) -> Array:
    return (
        person("has_city_hukou", period)
        & (person("disability_level", period) > 0)
        & ~person("disability_certificate_expired", period)
        & ~person("is_tekun", period)
        & ~person("receives_tekun", period)
        & ~person("is_imprisoned", period)
        & ~person("receives_work_injury_nursing_pay", period)
    )


def bars(told: Told) -> list[str]:
    return [words for words, is_so in BARRED.items() if is_so(told)]


def is_poor(told: Told) -> bool:
    in_family = told("counted_in_household") and (told("dibao_eligible") or told("is_marginal_household"))
    return bool(in_family or told("single_person_dibao_eligible"))


def is_child_kept(told: Told) -> bool:
    return bool(
        told("orphan_allowance") or told("receives_orphan_allowance") or told("receives_unattended_child_allowance")
    )


class disability_living_subsidy(Fen):
    entity = Person
    label = "困难残疾人生活补贴"
    article = ARTICLE
    source = "T12"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        living = parameters(period).disability.living
        in_household = person("counted_in_household", period)
        is_poor = (
            in_household
            & (person.household("dibao_eligible", period) | person.household("is_marginal_household", period))
        ) | person("single_person_dibao_eligible", period)
        is_child_kept = (
            (person("orphan_allowance", period) > 0)
            | person("receives_orphan_allowance", period)
            | person("receives_unattended_child_allowance", period)
        )
        amount = np.where(person("disability_level", period) <= SEVERE, living.severe, living.other)
        return np.where(may_receive(person, period) & is_poor & ~is_child_kept, amount, 0)

    def explain(told: Told) -> str | None:
        if told.value:
            degree = "重度" if told("disability_level") <= SEVERE else "非重度"
            return f"低保或者低保边缘家庭中的{degree}残疾人，每月{told.yuan()}"
        if not told("disability_level"):
            return None
        why = bars(told)
        if is_child_kept(told):
            why.append("已领取孤儿基本生活费或者全额领取事实无人抚养儿童基本生活补贴")
        if not is_poor(told):
            why.append("家庭不属于低保、低保边缘家庭")
        return f"不发放：{'；'.join(why)}"

    def change(told: Told) -> str | None:
        level = told("disability_level")
        if not level or told.value or is_child_kept(told):
            return None
        amount = told.yuan(told.parameter(f"disability.living.{'severe' if level <= SEVERE else 'other'}"))
        if bars(told) == ["残疾人证已过期或者注销，换证后再申请"]:
            return f"换领残疾人证后，从申请当月起可以重新享受，每月{amount}" if is_poor(told) else None
        return None if bars(told) else f"家庭被认定为低保或者低保边缘家庭后，每月可以享受{amount}"


class disability_care_subsidy(Fen):
    entity = Person
    label = "重度残疾人护理补贴"
    article = ARTICLE
    source = "T12"
    confidence = "C2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        is_severe = person("disability_level", period) <= SEVERE
        needs_care = is_severe & person("needs_long_term_care", period)
        return np.where(may_receive(person, period) & needs_care, parameters(period).disability.care, 0)

    def explain(told: Told) -> str | None:
        if told.value:
            return f"残疾等级一级、二级，需要长期照护，每月{told.yuan()}"
        if not told("disability_level"):
            return None
        why = bars(told)
        if told("disability_level") > SEVERE:
            why.append(f"残疾等级{told('disability_level')}级，只有一级、二级享受")
        elif not told("needs_long_term_care"):
            why.append("不需要6个月以上的长期照护")
        return f"不发放：{'；'.join(why)}"

    def change(told: Told) -> str | None:
        if told.value or not 0 < told("disability_level") <= SEVERE:
            return None
        amount = told.yuan(told.parameter("disability.care"))
        if not bars(told):
            return f"需要长期照护（持续6个月以上）时，从申请当月起每月可以享受{amount}"
        if bars(told) == ["残疾人证已过期或者注销，换证后再申请"] and told("needs_long_term_care"):
            return f"换领残疾人证后，从申请当月起可以重新享受，每月{amount}"
        return None
