from typing import Any

from onewindow.fields.marriage.models import Marriage
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    return []


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    rows = Marriage.unscoped.filter(spouses__person=case.applicant).order_by("registered_on", "id")
    shown = [[f"{each.registered_on}登记结婚", f"{each.ended_on}离婚" if each.ended_on else "存续"] for each in rows]
    return {
        "title": "婚姻登记记录证明",
        "says": f"截至{decision.decided_on}，在本市婚姻登记电子登记簿中查到以下记录。本证明不证明在其他地方有无登记。",
        "rows": shown or [["记录", "没有查到本人的登记记录"]],
    }
