"""社会组织注销登记： only after its debts are settled."""

from typing import Any

from onewindow.fields.organisations.registering import cancel, organisation_of
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    organisation, told = organisation_of(case), case.facts["household"]
    if organisation is None:
        return ["登记簿中没有查到由您担任法定代表人的这个组织，请核对代码。"]
    found: list[str] = []
    if told.get("debts_settled") is False:
        found.append("清算期间不能注销，请先清理完债权债务。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    made = cancel(case, decision)
    return {"title": "社会组织注销登记通知书", "rows": [["名称", made.name], ["统一社会信用代码", made.uscc]]}
