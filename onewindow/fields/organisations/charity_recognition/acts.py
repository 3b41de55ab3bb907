"""慈善组织认定： for organisations that are registered already."""

from typing import Any

from onewindow.fields.organisations.registering import organisation_of, recognise
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    organisation, told = organisation_of(case), case.facts["household"]
    if organisation is None:
        return ["登记簿中没有查到由您担任法定代表人的这个组织，请核对代码。"]
    found: list[str] = []
    if organisation.is_charity:
        found.append("已经是慈善组织。")
    if not told.get("is_nonprofit") or not told.get("voted"):
        found.append("须以慈善为宗旨，并经表决通过。")
    if told.get("has_bad_record"):
        found.append("有不得认定的情形。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    made = recognise(case)
    rows = [["名称", made.name], ["统一社会信用代码", made.uscc], ["属性", "慈善组织"]]
    return {"title": "慈善组织认定决定书", "rows": rows}
