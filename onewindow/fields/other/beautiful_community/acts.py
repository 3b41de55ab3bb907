from typing import Any

from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    return []


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    rows = [["社区", str(told["community"])], ["得分", str(told["score"])], ["满意度（%）", str(told["satisfaction"])]]
    return {"title": "美丽社区命名决定", "rows": rows}
