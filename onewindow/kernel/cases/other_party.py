"""The second of two applicants: named by the first with name and number, known to the city or not."""

from onewindow.kernel.cases.models import Case, CaseMember
from onewindow.kernel.people.identity import IdNumber, mask_id_number
from onewindow.kernel.people.models import Person
from onewindow.kernel.people.sealed import blind_index

NAME, NUMBER = "partner_name", "partner_id_number"
PARTY = "98"
"""GB/T 4761: others. They are of no household yet."""


def name_other_party(case: Case) -> dict[str, dict[str, list[str]]]:
    """Make them a member of the case; the number itself stays only with the person, sealed. Returns errors by sheet."""
    told = case.facts.get("household", {})
    number, name = told.get(NUMBER, ""), told.get(NAME, "").strip()
    if case.matter.parties < 2 or not number or not name or "*" in number:
        return {}
    person = _person(name, number)
    if person is None or person.pk == case.applicant_id:
        del told[NUMBER]
        words = "不能填写您自己。" if person else "姓名与身份证号对不上，请对照对方的身份证核对。"
        return {"household": {NUMBER: [words]}}
    told[NUMBER] = mask_id_number(number)
    case.members.filter(is_applicant=False).exclude(person=person).delete()
    CaseMember.objects.get_or_create(case=case, person=person, defaults={"relation": PARTY})
    case.__dict__.pop("listed_members", None)
    return {}


def _person(name: str, number: str) -> Person | None:
    """None where the number belongs to another name."""
    known = Person.unscoped.filter(id_index=blind_index(number, "id")).first()
    if known is None:
        parsed = IdNumber.parse(number)
        return Person.unscoped.create(name=name, id_number=number, birth=parsed.birth, sex=parsed.sex)
    return known if known.name == name else None
