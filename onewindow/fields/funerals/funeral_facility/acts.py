"""Places where none may be built (殡葬管理条例第十条)."""

from typing import Any

from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    is_permitted = case.facts.get("household", {}).get("ground") in (None, "permitted")
    return [] if is_permitted else ["耕地、林地、公园、风景区、水库河流附近和铁路公路两侧禁止建造，请另选地址。"]


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    rows = [["设施名称", told["facility"]], ["地址", told["address"]], ["占地（平方米）", str(told["area"])]]
    return {"title": "殡葬设施建设批准书", "rows": rows}
