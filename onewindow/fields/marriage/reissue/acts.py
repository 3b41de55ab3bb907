"""From the register; what was registered before it began is looked for in the paper archive at the window."""

from typing import Any

from onewindow.fields.marriage.models import Marriage
from onewindow.fields.marriage.register import newest
from onewindow.kernel.cases.models import Case, Decision


def _found(case: Case) -> Marriage | None:
    return newest(case.applicant, divorced=case.facts.get("household", {}).get("certificate") == "divorce")


def objections(case: Case) -> list[str]:
    return [] if _found(case) else ["登记簿中没有查到您的这项登记。在外地或者较早登记的，请向原登记机关查档。"]


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    marriage = _found(case)
    if marriage is None:
        raise LookupError("looked for a moment ago")
    divorced = marriage.ended_by is not None
    original = marriage.ended_by if marriage.ended_by is not None else marriage.decision
    on = marriage.ended_on if divorced else marriage.registered_on
    names = "、".join(marriage.spouses.order_by("id").values_list("person__name", flat=True))
    return {
        "title": "离婚证（补发）" if divorced else "结婚证（补发）",
        "says": "经查婚姻登记档案，登记属实，予以补发。",
        "rows": [["当事人", names], ["原登记日期", str(on)], ["原证编号", original.letter.number if original.letter else "—"]],
    }  # fmt: skip
