from typing import Any

from onewindow.fields.other.models import PlaceName
from onewindow.kernel.cases.models import Case, Decision

FOREIGN = ("威尼斯", "曼哈顿", "巴黎", "罗马", "加州", "维多利亚")
"""Examples of what article 9 forbids; the officer looks at the rest."""


def objections(case: Case) -> list[str]:
    name = case.facts["household"]["name"]
    found = [f"地名不得使用“{word}”等外国地名、企业或者商标名称。" for word in FOREIGN if word in name]
    if PlaceName.unscoped.filter(name=name).exists():
        found.append("同一城市已有这个地名，请另拟名称。")
    return found


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    told = case.facts["household"]
    PlaceName.unscoped.create(name=told["name"], kind=told["kind"], decision=decision)
    rows = [["标准地名", str(told["name"])], ["拼写", str(told["pinyin"])]]
    return {"title": "地名命名批复", "rows": rows}
