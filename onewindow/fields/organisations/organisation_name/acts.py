"""The name's rules, and six months in which it is kept for whoever asked first."""

from typing import Any

from onewindow.fields.organisations.naming import full_name, problems, reserve
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    return problems(full_name(case.facts["household"]), case.applicant)


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    kept = reserve(full_name(case.facts["household"]), case.applicant, decision)
    return {
        "title": "社会组织名称核查告知书",
        "says": "经核查，下列名称符合规定，为您保留六个月（示例期限）。",
        "rows": [["名称", kept.name], ["保留到", f"{kept.until_on}"]],
        "is_example": True,
    }
