"""What the matters of this field ask the register, and write into it."""

from collections.abc import Iterable
from datetime import date

from onewindow.fields.marriage.models import Marriage, Spouse
from onewindow.kernel.cases.models import Case, Decision
from onewindow.kernel.people.models import Kinship, Person, RegisterEntry

MARRIED_ELSEWHERE = ("MCA_MARRIAGE", "is_married")
CLOSE_KIN = ("2", "3", "4", "5", "6", "7")
"""GB/T 4761: children, grandchildren, parents, grandparents, siblings."""


def parties(case: Case) -> list[Person]:
    return [member.person for member in case.listed_members]


def married(people: Iterable[Person]) -> set[int]:
    """Of them, whoever is married: by this city's register, and by the national base as last read."""
    keys = [person.pk for person in people]
    rows = Spouse.unscoped.filter(person_id__in=keys)
    here = dict(rows.order_by("id").values_list("person_id", "is_married"))
    source, item = MARRIED_ELSEWHERE
    base = RegisterEntry.objects.filter(person_id__in=keys, source=source, item=item, value=True)
    elsewhere = set(base.values_list("person_id", flat=True))
    return {key for key in keys if here.get(key, key in elsewhere)}


def marriage_of(people: Iterable[Person]) -> Marriage | None:
    """The marriage between exactly these."""
    found = Marriage.unscoped.filter(ended_on=None)
    for person in people:
        found = found.filter(spouses__person=person)
    return found.first()


def are_close_kin(one: Person, other: Person) -> bool:
    """As far as the city knows; the parties declare the rest."""
    rows = Kinship.objects.filter(person_id__in=(one.pk, other.pk), relative_id__in=(one.pk, other.pk))
    return any(kind[:1] in CLOSE_KIN for kind in rows.values_list("kind", flat=True))


def marry(case: Case, decision: Decision) -> Marriage:
    """Locked in the order of their keys; the table itself refuses whoever is married already."""
    people = sorted(parties(case), key=lambda person: person.pk)
    marriage = Marriage.unscoped.create(registered_on=decision.decided_on, decision=decision)
    for person in people:
        Spouse.unscoped.create(marriage=marriage, person=person)
    return marriage


def end_marriage(case: Case, decision: Decision) -> None:
    marriage = marriage_of(parties(case))
    if marriage is not None:
        marriage.ended_on, marriage.ended_by = decision.decided_on, decision
        marriage.save(update_fields=["ended_on", "ended_by"])
        marriage.spouses.update(is_married=False)
    else:
        record_divorce_of_elsewhere(case, decision)


def record_divorce_of_elsewhere(case: Case, decision: Decision) -> None:
    """Married in another city: the marriage enters our register with its end, so that both are free again."""
    married_on = date.fromisoformat(case.facts["household"]["married_on"])
    marriage = Marriage.unscoped.create(
        registered_on=married_on, decision=decision, ended_on=decision.decided_on, ended_by=decision
    )
    for person in parties(case):
        Spouse.unscoped.create(marriage=marriage, person=person, is_married=False)


def newest(person: Person, *, divorced: bool) -> Marriage | None:
    rows = Marriage.unscoped.filter(spouses__person=person, ended_on__isnull=not divorced)
    return rows.select_related("decision__letter", "ended_by__letter").order_by("-registered_on", "-id").first()
