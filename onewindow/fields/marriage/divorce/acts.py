"""When a divorce is not accepted (婚姻登记条例), and the end it writes into the register."""

from typing import Any

from onewindow.fields.marriage.register import end_marriage, marriage_of, married, parties
from onewindow.kernel.cases.models import Case, Decision


def objections(case: Case) -> list[str]:
    people = parties(case)
    if len(people) != 2:
        return ["请填写对方的姓名和身份证号，离婚须双方共同申请。"]
    household, declared = case.facts.get("household", {}), list(case.facts.get("people", {}).values())
    found = []
    if household.get("married_in_mainland") is False:
        found.append("结婚登记不是在中国内地办理的，请通过诉讼解决。")
    if household.get("has_minor_children") and not household.get("children_agreed", "").strip():
        found.append("有未成年子女的，请写明抚养怎么约定。")
    if any(told.get("is_voluntary") is False for told in declared):
        found.append("双方须自愿离婚；一方不同意的，可以向人民法院起诉。")
    if any(told.get("is_capable") is False for told in declared):
        found.append("一方不具有完全民事行为能力的，须向人民法院起诉。")
    if marriage_of(people) is None and married(people) != {person.pk for person in people}:
        found.append("婚姻登记数据中没有查到双方存续的婚姻，请带结婚证到窗口核对。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    end_marriage(case, decision)
    return {
        "title": "离婚证",
        "says": "离婚申请符合《中华人民共和国民法典》规定，予以登记，发给此证。",
        "rows": [["持证人", person.name] for person in parties(case)] + [["登记日期", decision.decided_on.isoformat()]],
    }
