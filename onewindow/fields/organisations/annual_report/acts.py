"""年度报告： one for each year that is over."""

from typing import Any

from onewindow.fields.organisations.registering import organisation_of, report, reported
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    organisation, told = organisation_of(case), case.facts["household"]
    if organisation is None:
        return ["登记簿中没有查到由您担任法定代表人的这个组织，请核对代码。"]
    found: list[str] = []
    if told["year"] >= today().year:
        found.append("只能报告已经结束的年度。")
    if reported(organisation, told["year"]):
        found.append("这一年度已经报告过了。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    report(case, decision)
    rows = [["年度", str(case.facts["household"]["year"])], ["结论", "合格"]]
    return {"title": "社会组织年度检查结论", "rows": rows}
