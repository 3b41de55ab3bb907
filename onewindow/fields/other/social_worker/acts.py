from typing import Any

from onewindow.kernel.cases.models import Case, Decision

HOURS = {"assistant": 72, "worker": 90, "senior": 90}
"""Example."""


def objections(case: Case) -> list[str]:
    told = case.facts["household"]
    least = HOURS.get(told["level"], 90)
    if told.get("is_renewal") and (told.get("hours") or 0) < least:
        return [f"再登记须三年内继续教育满{least}学时（示例）。"]
    return []


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    rows = [["登记人", case.applicant.name], ["证书编号", str(told["certificate_no"])], ["有效期", "三年"]]
    return {"title": "社会工作者登记证", "rows": rows}
