"""Who counts as living together. Articles 7 of 民发〔2021〕57号 and, until June 2021, 5 of 民发〔2012〕220号."""

import numpy as np

from onewindow.rules.entities import Household, Person
from onewindow.rules.words import Array, Count, Flag, Month, Parameters, Population, Told

ARTICLE = {
    "0001-01-01": "《城市居民最低生活保障条例》、国发〔2007〕19号",
    "2012-12-12": "《最低生活保障审核审批办法（试行）》第五条",
    "2021-07-01": "《最低生活保障审核确认办法》第七条",
}
UNKNOWN = -1


class age(Count):
    """In full years on the first day of the month; -1 where the birthday is not known."""

    entity = Person
    label = "年龄"
    unit = "岁"

    def formula(person: Population, period: Month) -> Array:
        birth = person("birth", period)
        birth_month = birth.astype("datetime64[M]").astype(int)  # months since January 1970
        birth_day = (birth - birth.astype("datetime64[M]")).astype(int)
        this_month = (period.start.year - 1970) * 12 + period.start.month - 1
        months = this_month - birth_month - (birth_day > 0)
        return np.where(birth_month < -1200, UNKNOWN, np.maximum(months, 0) // 12)


class is_minor(Flag):
    entity = Person
    label = "未成年"

    def formula(person: Population, period: Month) -> Array:
        years = person("age", period)
        return (years >= 0) & (years < 18)


class excluded_from_household(Flag):
    entity = Person
    label = "不计入的情形"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        composition = parameters(period).composition
        return (
            person("is_imprisoned", period)
            | (person("religious_years_away", period) >= composition.religious_years)
            | (person("is_conscript", period) & composition.conscripts_excluded)
        )

    def formula_2021_07(person: Population, period: Month, parameters: Parameters) -> Array:
        composition = parameters(period).composition
        return (
            person("is_imprisoned", period)
            | person("in_compulsory_detox", period)
            | person("is_declared_missing", period)
            | (person("religious_years_away", period) >= composition.religious_years)
            | (person("is_conscript", period) & composition.conscripts_excluded)
        )


class belongs_to_family(Flag):
    """Spouse, children who are minor or depend, and whoever lives here and owes support or is owed it."""

    entity = Person
    label = "属于共同生活的家庭成员"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return person.has_role(Household.PARENT) | belongs(person, period)  # the old text names parents first

    def formula_2021_07(person: Population, period: Month) -> Array:
        return belongs(person, period)


def belongs(person: Population, period: Month) -> Array:
    depends = person("is_minor", period) | person("cannot_live_independently", period) | person("is_student", period)
    return (
        person.has_role(Household.APPLICANT)
        | person.has_role(Household.SPOUSE)
        | (person.has_role(Household.CHILD) & depends)
        | (person("lives_with_household", period) & person("has_support_duty", period))
    )


class is_household_member(Flag):
    """Before it is asked who of them is kept as tekun, which itself looks at the family's means."""

    entity = Person
    label = "共同生活的家庭成员"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return person("belongs_to_family", period) & ~person("excluded_from_household", period)


class counted_in_household(Flag):
    """
    Nobody has dibao and tekun: who is recognised as tekun is kept apart, and the family is reckoned without them. Who might
    be, but has not been recognised, stays: whether anybody must support them is found out at the visit.
    """

    entity = Person
    label = "是否计入家庭人口"
    article = ARTICLE
    source = "L2"

    def formula(person: Population, period: Month) -> Array:
        return person("is_household_member", period) & ~person("receives_tekun", period)

    def explain(told: Told) -> str:
        if told.value:
            return f"计入：{reason_to_count(told)}"
        return f"不计入，收入也不计算：{reason_not_to_count(told)}"


def reason_to_count(told: Told) -> str:
    role = {"applicant": "申请人", "spouse": "配偶"}.get(told.role, "")
    if role:
        return role
    if told.role == "child":
        if told("is_minor"):
            return "未成年子女"
        if told("is_student"):
            return "在校就读全日制本科及以下的子女"
        if told("cannot_live_independently"):
            return "已成年但不能独立生活的子女"
    if told.role == "parent" and told.month < "2021-07":
        return "父母"
    return "有法定赡养、扶养、抚养义务并长期共同居住"


def reason_not_to_count(told: Told) -> str:
    by_flag = {
        "is_imprisoned": "正在监狱服刑",
        "in_compulsory_detox": "正在强制隔离戒毒",
        "is_declared_missing": "已被宣告失踪",
        "is_conscript": "现役义务兵（天津市规定）",
    }
    if told("is_household_member"):
        return "已认定为特困人员，单独救助供养"
    if told("excluded_from_household"):
        return next(
            (words for name, words in by_flag.items() if told(name)),
            f"宗教教职人员连续{told.parameter('composition.religious_years')}年以上脱离家庭独立生活",
        )
    return "不长期共同居住" if not told("lives_with_household") else "没有法定赡养、扶养、抚养义务关系"


class counted_household_size(Count):
    entity = Household
    label = "家庭人口"
    unit = "人"
    article = ARTICLE
    source = "L2"

    def formula(household: Population, period: Month) -> Array:
        return household.sum(household.members("counted_in_household", period))

    def explain(told: Told) -> str:
        left = len(told.across("counted_in_household")) - told.value
        return f"计入{told.value}人" + (f"，不计入{left}人" if left else "")
