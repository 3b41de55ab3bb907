"""What the law asks of an association before it is registered, and the register's row with its unified code."""

from typing import Any

from onewindow.fields.organisations.models import Organisation
from onewindow.fields.organisations.naming import problems
from onewindow.fields.organisations.registering import establish
from onewindow.kernel.cases.models import Case, Decision

PERSONS, UNITS = 50, 30
FUNDS_FEN = 3_000_000


def objections(case: Case) -> list[str]:
    told = case.facts["household"]
    found = problems(told["name"], case.applicant)
    if told["funds"] < FUNDS_FEN:
        found.append("本市社会团体的活动资金不少于3万元。")
    persons, units = told["person_members"], told["unit_members"]
    if not (persons >= PERSONS or units >= UNITS or (persons and units and persons + units >= PERSONS)):
        found.append("会员须有50个以上个人或者30个以上单位；混合组成的总数不少于50个。")
    if told.get("has_charter") is False:
        found.append("请先按示范文本起草章程并表决通过。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    made = establish(case, decision, Organisation.Kind.ASSOCIATION)
    return {
        "title": "社会团体法人登记证书",
        "says": "经审查，准予成立登记，发给此证。",
        "rows": [
            ["名称", made.name],
            ["统一社会信用代码", made.uscc],
            ["法定代表人", made.legal_rep.name],
            ["住所", made.address],
        ],
    }
