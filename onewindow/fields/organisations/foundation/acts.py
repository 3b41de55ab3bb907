"""What the law asks of a foundation before it is registered, and the register's row with its unified code."""

from typing import Any

from onewindow.fields.organisations.models import Organisation
from onewindow.fields.organisations.naming import problems
from onewindow.fields.organisations.registering import establish
from onewindow.kernel.cases.models import Case, Decision

LEAST_FEN = {"public": 400_000_000, "private": 200_000_000}


def objections(case: Case) -> list[str]:
    told = case.facts["household"]
    found = problems(told["name"], case.applicant)
    least = LEAST_FEN[told["fundraising"]]
    if told["funds"] < least:
        found.append(f"原始基金须为到账货币资金，不少于{least // 1_000_000}万元。")
    if not 5 <= told["council"] <= 25:
        found.append("理事为5人至25人。")
    if told["related"] and (told["fundraising"] == "public" or told["related"] * 3 > told["council"]):
        found.append("公募的理事之间不得有近亲属关系；非公募的不得超过理事总数的三分之一。")
    if told.get("has_charter") is False:
        found.append("请先按示范文本起草章程并表决通过。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    made = establish(case, decision, Organisation.Kind.FOUNDATION)
    return {
        "title": "基金会法人登记证书",
        "says": "经审查，准予成立登记，发给此证。",
        "rows": [
            ["名称", made.name],
            ["统一社会信用代码", made.uscc],
            ["法定代表人", made.legal_rep.name],
            ["住所", made.address],
        ],
    }
