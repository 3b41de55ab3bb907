from typing import Any

from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    return []


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    rows = [["志愿者", case.applicant.name], ["志愿服务时长（小时）", str(told["hours"])]]
    return {"title": "志愿者注册和服务记录证明", "rows": rows}
