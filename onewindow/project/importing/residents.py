"""Residents of the city's register, by ID number."""

from collections.abc import Sequence
from typing import Any

from onewindow.kernel.people.models import Person
from onewindow.project.importing.batches import Reading, different, log_changes, people_of
from onewindow.project.importing.seen import Seen


class Residents:
    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def check(self, reading: Reading) -> list[str]:
        values, number = reading.values, reading.values["id_number"]
        wrong = []
        if values.get("sex", number.sex) != number.sex:
            wrong.append("性别：与身份证号不一致，请核对")
        if "died_on" in values and values["died_on"] < number.birth:
            wrong.append("死亡日期：早于出生日期，请核对")
        before = self._seen.otherwise_at(reading.index, sorted(values.items()), reading.row.number)
        if before and not wrong:
            wrong.append(f"与第{before}行是同一个身份证号而内容不同，请只保留正确的一行")
        return wrong

    def take(self, readings: Sequence[Reading], actor: Any) -> None:
        known = people_of(readings)
        new: list[Person] = []
        changed: dict[int, list[str]] = {}
        for each in readings:
            values = _columns_of(each)
            person = known.get(each.index)
            if person is None:
                person = known[each.index] = Person(**values)
                person.reindex()
                new.append(person)
                each.outcome = "added"
            elif names := different(person, values):
                changed[person.pk] = names
                each.outcome = "changed"
        Person.unscoped.bulk_create(new)
        by_pk = {person.pk: person for person in known.values()}
        for pk, names in changed.items():
            by_pk[pk].save(update_fields=[*names, "phone_index"])
        log_changes(actor, [(by_pk[pk], names) for pk, names in changed.items()])


def _columns_of(reading: Reading) -> dict[str, Any]:
    values = dict(reading.values)
    number = values.pop("id_number")
    values["place_id"] = values.pop("place")
    return {**values, "id_number": number.text, "birth": number.birth, "sex": number.sex}
