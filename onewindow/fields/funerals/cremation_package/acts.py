from typing import Any

from onewindow.kernel.cases.fields import yuan_text
from onewindow.kernel.cases.models import Case, Decision

PACKAGE_FEN = 300_000
PERCENT_PAID = {"none": 100, "dibao": 50, "tekun": 0}
"""Example: the local rule on reductions was not found."""


def objections(case: Case) -> list[str]:
    return []


def fee_fen(told: dict[str, Any]) -> int:
    return PACKAGE_FEN * PERCENT_PAID[told["relief"]] // 100


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    rows = [["逝者", told["deceased_name"]], ["去世日期", told["died_on"]]]
    if told["takes_package"]:
        rows.append(["套餐费用（元）", yuan_text(fee_fen(told))])
    is_example = bool(told["takes_package"]) and told["relief"] != "none"
    return {"title": "火化证明", "says": "下列遗体已在本市火化，特此证明。", "rows": rows, "is_example": is_example}
