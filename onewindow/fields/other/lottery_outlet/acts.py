from typing import Any

from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    return (
        [] if case.facts["household"].get("promises") else ["须承诺不向未成年人售票、不赊销、不在网上销售、不转代销。"]
    )


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    rows = [["店址", str(told["site"])]]
    return {"title": "福利彩票代销批准书", "rows": rows}
