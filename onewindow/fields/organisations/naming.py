"""What a name may not be (社会组织名称管理办法), and names that are kept."""

from typing import Any

from onewindow.fields.organisations.models import KeptName, Organisation
from onewindow.kernel.calendar.working_days import add_calendar_days, today
from onewindow.kernel.cases.models import Decision
from onewindow.kernel.people.models import Person

FORBIDDEN = ("中国", "全国", "中华", "国际", "世界")
FORMS = ("协会", "学会", "商会", "促进会", "中心", "院", "所", "社", "基金会")
KEPT_DAYS = 183
"""Example: six months."""


def full_name(told: dict[str, Any]) -> str:
    return "".join(told[part].strip() for part in ("division", "word", "field", "form"))


def problems(name: str, founder: Person) -> list[str]:
    found = [f"本市的社会组织名称不能含有“{word}”。" for word in FORBIDDEN if word in name]
    if not name.startswith("天津市"):
        found.append("名称应以行政区划“天津市”或者“天津市某区”开头。")
    if not name.endswith(FORMS):
        found.append("名称应以组织形式结尾，例如协会、学会、商会、中心、院、基金会。")
    if Organisation.unscoped.filter(name=name, cancelled_on=None).exists():
        found.append("已有登记在册的组织使用这个名称，请换一个。")
    if KeptName.unscoped.filter(name=name, until_on__gte=today()).exclude(founder=founder).exists():
        found.append("这个名称正为其他发起人保留，请换一个。")
    return found


def reserve(name: str, founder: Person, decision: Decision) -> KeptName:
    until = add_calendar_days(today(), KEPT_DAYS)
    return KeptName.unscoped.create(name=name, founder=founder, until_on=until, decision=decision)
