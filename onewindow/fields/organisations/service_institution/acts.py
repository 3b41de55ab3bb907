"""What the law asks of a social service institution before it is registered, and the register's row with its unified code."""

from typing import Any

from onewindow.fields.organisations.models import Organisation
from onewindow.fields.organisations.naming import problems
from onewindow.fields.organisations.registering import establish
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    told = case.facts["household"]
    found = problems(told["name"], case.applicant)
    if told.get("has_charter") is False:
        found.append("请先按示范文本起草章程并表决通过。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    made = establish(case, decision, Organisation.Kind.SERVICE)
    return {
        "title": "民办非企业单位登记证书",
        "says": "经审查，准予成立登记，发给此证。",
        "rows": [
            ["名称", made.name],
            ["统一社会信用代码", made.uscc],
            ["法定代表人", made.legal_rep.name],
            ["住所", made.address],
        ],
    }
