"""社会组织变更登记： what is new, and nothing that is not."""

from typing import Any

from onewindow.fields.organisations.naming import problems
from onewindow.fields.organisations.registering import change, organisation_of
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    organisation, told = organisation_of(case), case.facts["household"]
    if organisation is None:
        return ["登记簿中没有查到由您担任法定代表人的这个组织，请核对代码。"]
    found: list[str] = []
    if told["item"] == "name":
        found += problems(told["new"], case.applicant)
    if getattr(organisation, told["item"]) == told["new"].strip():
        found.append("变更后的内容与登记的相同。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    made = change(case)
    told = case.facts["household"]
    rows = [["名称", made.name], ["统一社会信用代码", made.uscc], ["变更为", told["new"]]]
    return {"title": "社会组织变更登记通知书", "rows": rows}
