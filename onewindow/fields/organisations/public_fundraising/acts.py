"""公开募捐资格： a charity for a year, its council not a family."""

from typing import Any

from onewindow.fields.organisations.registering import add_year, let_raise_funds, organisation_of
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    organisation, told = organisation_of(case), case.facts["household"]
    if organisation is None:
        return ["登记簿中没有查到由您担任法定代表人的这个组织，请核对代码。"]
    found: list[str] = []
    if not organisation.is_charity:
        found.append("须先认定为慈善组织。")
    if add_year(organisation.registered_on) > today():
        found.append("登记满一年后才能申请。")
    if told["related"] * 3 > told["council"]:
        found.append("有近亲属关系的理事不得超过三分之一。")
    if told.get("was_punished"):
        found.append("最近一年受过行政处罚的，暂不能申请。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    made = let_raise_funds(case)
    rows = [["名称", made.name], ["统一社会信用代码", made.uscc]]
    return {"title": "公开募捐资格证书", "rows": rows}
