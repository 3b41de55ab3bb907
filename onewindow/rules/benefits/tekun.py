"""特困人员: nobody to keep them, nothing to live on, no strength to work. All three, by person (民发〔2021〕43号)."""

import numpy as np

from onewindow.rules.entities import Household, Person
from onewindow.rules.sums import is_below
from onewindow.rules.words import Array, Count, Fen, Flag, Month, Parameters, Population, Told

VISUAL, PHYSICAL, INTELLECTUAL, MENTAL = 1, 4, 5, 6
INDEPENDENT, PARTLY, FULLY = 0, 1, 2
TASKS = (
    "unable_to_eat", "unable_to_dress", "unable_to_get_out_of_bed", "unable_to_toilet", "unable_to_walk",
    "unable_to_bathe",
)  # fmt: skip


class self_care_level(Count):
    """0 all six done alone (全自理), 1 with one to three not (半护理), 2 with four or more not (全护理)."""

    entity = Person
    label = "生活自理能力（0全自理，1半护理，2全护理）"
    article = "《特困人员认定办法》第二十一条至第二十三条"
    source = "L4"

    def formula(person: Population, period: Month) -> Array:
        unable = person(TASKS[0], period).astype(int)
        for task in TASKS[1:]:
            unable = unable + person(task, period)
        return np.where(unable == 0, INDEPENDENT, np.where(unable <= 3, PARTLY, FULLY))

    def explain(told: Told) -> str | None:
        if not told("is_tekun"):
            return None
        failing = [told.label(task) for task in TASKS if told(task)]
        words = ("全自理", "半护理", "全护理")[told.value]
        return f"六项中{len(failing)}项不能自理：{words}"


class cannot_work(Flag):
    entity = Person
    label = "无劳动能力"
    article = "《特困人员认定办法》第五条、第二十四条"
    source = "L4"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        years = person("age", period)
        tekun = parameters(period).tekun
        level, category = person("disability_level", period), person("disability_category", period)
        is_of_mind = (category == INTELLECTUAL) | (category == MENTAL)
        has_card = level > 0
        return (
            (years >= tekun.elder_age)
            | ((years >= 0) & (years < tekun.child_age))
            | (has_card & is_of_mind & (level <= 3))
            | (has_card & (category == PHYSICAL) & (level <= 2))
            | (has_card & (category == VISUAL) & (level == 1))
            | (person("is_minor", period) & person("receives_tekun", period))  # a24: once recognised, to eighteen
            | person("approved_as_unable_to_work", period)
        )


class tekun_income(Fen):
    """Pensions' base part, social insurance's other pay and old-age allowance are not counted (a6)."""

    entity = Person
    label = "认定特困的本人月收入"
    article = "《特困人员认定办法》第六条"
    source = "L4"

    def formula(person: Population, period: Month) -> Array:
        counted = person("personal_income", period) - person("counted_base_pension", period)
        return np.maximum(counted, 0)


class household_member_count(Count):
    """All who live together: what tekun looks at, and what dibao looks at only after it."""

    entity = Household
    label = "共同生活的家庭成员人数"
    unit = "人"

    def formula(household: Population, period: Month) -> Array:
        return household.sum(household.members("is_household_member", period))


class household_members_income(Fen):
    entity = Household
    label = "共同生活的家庭成员月收入"

    def formula(household: Population, period: Month) -> Array:
        person = household.members
        net = person("personal_income", period) - person("income_deduction", period)
        return np.maximum(household.sum(np.where(person("is_household_member", period), net, 0)), 0)


class tekun_property_ok(Flag):
    """The bounds of dibao, on all who live together."""

    entity = Household
    label = "特困人员的财产条件"
    article = "《特困人员认定办法》第六条、第七条"
    source = "L4"
    confidence = "K"
    says = ("符合", "不符合")

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        months = parameters(period).property.dibao_months
        cap = household("dibao_standard", period) * months * household("household_member_count", period)
        return (household("monetary_property", period) <= cap) & ~household("has_excluding_property", period)


class is_poor_with_all_members(Flag):
    """Whether all who live together would have dibao: who then is sixty can't be made to support others (a8)."""

    entity = Household
    label = "全部家庭成员一起计算符合低保条件"

    def formula(household: Population, period: Month, parameters: Parameters) -> Array:
        size = household("household_member_count", period)
        limit = household("dibao_standard", period) * size
        includes_equal = parameters(period).standard.includes_equal
        is_below_it = is_below(household("household_members_income", period), limit, includes_equal)
        return (size > 0) & is_below_it & household("tekun_property_ok", period)


class has_no_source_of_income(Flag):
    entity = Person
    label = "无生活来源"
    article = "《特困人员认定办法》第六条"
    source = "L4"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        standard = person.household("dibao_standard", period)
        is_poor = is_below(person("tekun_income", period), standard, False)
        return is_poor & person.household("tekun_property_ok", period)


class can_support_others(Flag):
    """
    A member of the household whom the law holds to support, and who can. Of those over 70 the law compares the income
    with the city's disposable income of the year before, which is not known; below the dibao standard is below that too.
    """

    entity = Person
    label = "有履行义务的能力"
    article = "《特困人员认定办法》第八条"
    source = "L4"
    confidence = "C"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        years, level = person("age", period), person("disability_level", period)
        category = person("disability_category", period)
        is_of_mind = (category == INTELLECTUAL) | (category == MENTAL)
        is_severe = (level > 0) & ((level <= 2) | ((level == 3) & is_of_mind))
        is_old_and_poor = (years >= parameters(period).tekun.elder_age) & person.household(
            "is_poor_with_all_members", period
        )
        is_seventy_and_poor = (years >= 70) & person("has_no_source_of_income", period)
        is_away = person("is_imprisoned", period) | person("is_declared_missing", period)
        is_kept = person("receives_tekun", period)
        is_grown = (years >= 18) | (years < 0)
        is_bound = person("has_support_duty", period)
        return is_grown & is_bound & ~(is_severe | is_old_and_poor | is_seventy_and_poor | is_away | is_kept)


class has_no_supporter(Flag):
    entity = Person
    label = "无法定义务人或者义务人无履行能力"
    article = "《特困人员认定办法》第四条、第八条"
    source = "L4"

    def formula(person: Population, period: Month) -> Array:
        able = person("can_support_others", period)
        others = person.household.sum(person.household.members("can_support_others", period)) - able
        return (others <= 0) & ~person("has_able_supporter_elsewhere", period)


class is_tekun(Flag):
    entity = Person
    label = "特困人员"
    article = "《社会救助暂行办法》第十四条、《特困人员认定办法》第四条"
    source = "L4"
    says = ("符合", "不符合")
    told_first = ("cannot_work", "has_no_source_of_income", "has_no_supporter")

    def formula(person: Population, period: Month) -> Array:
        years = person("age", period)
        is_of_the_three = (
            (years >= 60)
            | (person("disability_level", period) > 0)
            | ((years >= 0) & (years < 18))
            | person("continues_schooling", period)
        )
        has_child_allowance = person("is_orphan", period) | person("is_unattended_child", period)
        is_chosen_otherwise = (
            person("receives_orphan_allowance", period)
            | person("receives_unattended_child_allowance", period)
            | (has_child_allowance & ~person("chooses_tekun", period) & ~person("receives_tekun", period))
        )
        cannot = person("cannot_work", period) | person("continues_schooling", period)
        return (
            person("has_city_hukou", period)
            & is_of_the_three
            & cannot
            & person("has_no_source_of_income", period)
            & person("has_no_supporter", period)
            & ~person("is_imprisoned", period)
            & ~is_chosen_otherwise
        )

    def explain(told: Told) -> str | None:
        if told.value:
            return "无劳动能力、无生活来源、无法定义务人或者义务人无能力，三项都具备"
        if not told("cannot_work"):
            return None
        failed = {"有生活来源": "has_no_source_of_income", "有能够履行义务的人": "has_no_supporter"}
        return "、".join(words for words, name in failed.items() if not told(name)) or None


class tekun_amount(Fen):
    """Basic living by place and way of support, and care by self-care. Treatment and funeral are paid apart."""

    entity = Person
    label = "特困人员每月救助供养金"
    article = "《社会救助暂行办法》第十五条"
    source = "T1"

    def formula(person: Population, period: Month, parameters: Parameters) -> Array:
        tekun = parameters(period).tekun
        in_country = np.where(person("lives_in_institution", period), tekun.rural_institution, tekun.rural_home)
        living = np.where(person.household("place_is_urban", period), tekun.urban, in_country)
        level = person("self_care_level", period)
        care = np.where(level == FULLY, tekun.care.fully, np.where(level == PARTLY, tekun.care.partly, tekun.care.none))
        return np.where(person("is_tekun", period), living + care, 0)

    def explain(told: Told) -> str | None:
        if not told.value:
            return None
        care = told.parameter(f"tekun.care.{('none', 'partly', 'fully')[told('self_care_level')]}")
        return f"基本生活{told.yuan(told.value - care)} + 照料护理{told.yuan(care)}（示例） = {told.yuan()}"
