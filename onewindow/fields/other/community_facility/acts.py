from typing import Any

from onewindow.kernel.cases.models import Case, Decision

SQUARE_METRES_A_HUNDRED = 30


def required(households: int) -> int:
    """Begun hundreds of households."""
    return -(-households // 100) * SQUARE_METRES_A_HUNDRED


def objections(case: Case) -> list[str]:
    told = case.facts["household"]
    least = required(told["households"])
    return [] if told["area"] >= least else [f"按每百户30平方米，应有{least}平方米，现有{told['area']}平方米，未达标。"]


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    rows = [
        ["社区", str(told["community"])],
        ["面积（平方米）", str(told["area"])],
        ["应有面积（平方米）", str(required(told["households"]))],
    ]
    return {"title": "社区综合服务设施达标登记表", "rows": rows}
