"""Members who count, but for whom no share is paid: orphans, who have their own, and who refuses work three times."""

from onewindow.rules.entities import Household, Person
from onewindow.rules.words import Array, Count, Flag, Month, Parameters, Population, Told

ARTICLE = {
    "2014-05-01": "《社会救助暂行办法》第四十五条",
    "2021-07-01": "《社会救助暂行办法》第四十五条、《最低生活保障审核确认办法》第三十四条",
}


class refuses_work(Flag):
    """The law lets the bureau lower or stop that person's share; stopped here."""

    entity = Person
    label = "连续拒绝就业"
    article = ARTICLE
    source = "L2"

    def formula_2014_05(person: Population, period: Month, parameters: Parameters) -> Array:
        return person("refused_jobs", period) >= parameters(period).dibao.refused_jobs

    def explain(told: Told) -> str | None:
        if not told.value:
            return None
        return f"连续{told('refused_jobs')}次拒绝介绍的适合工作，停发本人的一份"

    def change(told: Told) -> str | None:
        return "接受与健康状况、劳动能力相适应的工作后，恢复本人的一份" if told.value else None


class members_without_dibao_share(Count):
    entity = Household
    label = "计入人口、不发本人份额的人数"
    unit = "人"

    def formula(household: Population, period: Month) -> Array:
        person = household.members
        has_none = person("is_kept_by_orphan_allowance", period) | person("refuses_work", period)
        return household.sum(has_none & person("counted_in_household", period))
