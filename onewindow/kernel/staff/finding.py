"""Finding a person, opening their file, and what the person can read of who did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from onewindow.kernel.audit.acting import ACTIONS, Refused, log_look
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.people.identity import IdNumber, InvalidIdNumber, normal_name
from onewindow.kernel.people.models import Person
from onewindow.kernel.people.sealed import blind_index
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.budget import ALARM, spend_look

MOST = 20


def find_people(actor: Actor, text: str, reason: str) -> list[Person]:
    """By ID number, phone or whole name; never by a part of one. At most 20, and each search is a line in the log."""
    text = text.strip()
    if not reason.strip():
        raise Refused("请填写查询事由。", "reason")
    seen = Person.objects.seen_by(actor).select_related("place")
    plain = text.replace(" ", "").replace("-", "")
    if plain[:1].isdigit() and len(plain) in (15, 18):
        found = seen.filter(id_index=blind_index(_id_number(plain), "id"))
    elif plain.isdigit():
        found = seen.filter(phone_index=blind_index(plain, "phone"))
    elif len(name := normal_name(text)) >= 2:
        found = seen.filter(name=name)
    else:
        raise Refused("请输入完整的身份证号、手机号或姓名。", "text")
    people = list(found.order_by("id")[:MOST])
    is_one = len(people) == 1
    if is_one:
        spend_look(actor, people[0])
    for person in people:
        log_look(actor, person, reason=reason, action="find" if is_one else "find.among")
    return people


def _id_number(text: str) -> str:
    try:
        return IdNumber.parse(text).text
    except InvalidIdNumber as wrong:
        raise Refused(str(wrong), "text") from None


def person_file(actor: Actor, public_id: UUID, reason: str) -> Person:
    """One person's file. Out of sight is as absent as unknown; the look is logged and counted."""
    person = Person.objects.seen_by(actor).select_related("place").filter(public_id=public_id).first()
    if person is None:
        raise Http404
    spend_look(actor, person)
    log_look(actor, person, reason=reason)
    return person


@dataclass(frozen=True)
class Look:
    at: datetime
    who: str
    what: str
    why: str


WORDS = {
    "look": "查看资料",
    "find": "查找到您",
    "letter.issue": "出具文书",
    "import.change": "按导入的登记数据更新",
    "find.among": "按姓名查找，您是其中之一",
    ALARM: "查看次数超过上限，已拦下",
}


def looks_at(lines: Iterable[AuditLine]) -> list[Look]:
    """Lines of the log about one person, in that person's words."""
    return [
        Look(
            datetime.fromisoformat(line.at),
            line.actor,
            ACTIONS[line.action].label if line.action in ACTIONS else WORDS.get(line.action, line.action),
            line.reason,
        )
        for line in lines
    ]
