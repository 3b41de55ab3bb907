"""Households of the city's register, one row for each member. Who is not in the file stays where they are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.people.models import Household, Member, Person
from onewindow.project.importing.batches import Reading, different, log_changes, people_of
from onewindow.project.importing.seen import Seen

OF_HOUSEHOLD = ("place", "address", "is_urban")
OF_MEMBER = ("relation", "from_on", "until_on")


class Households:
    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def check(self, reading: Reading) -> list[str]:
        values, row = reading.values, reading.row.number
        wrong = []
        if values["place"] is None:
            wrong.append("社区代码：户须在本市，请填12位社区（村）代码")
        if "until_on" in values and values["until_on"] < values.get("from_on", date.min):
            wrong.append("迁出日期：早于迁入日期，请核对")
        home = [values.get(name) for name in OF_HOUSEHOLD]
        if not wrong and (before := self._seen.otherwise_at(f"户{values['number']}", home, row)):
            wrong.append(f"与第{before}行是同一户而社区、地址或城乡不同，请改成一致")
        if not wrong and (before := self._seen.otherwise_at(reading.index, sorted(values.items(), key=str), row)):
            wrong.append(f"第{before}行已有此人，请只保留正确的一行")
        return wrong

    def take(self, readings: Sequence[Reading], actor: Any) -> None:
        people = people_of(readings)
        there = [each for each in readings if each.index in people]
        for each in readings:
            if each.index not in people:
                each.wrong.append("身份证号：居民中没有此人，请先导入居民")
        homes = self._homes(there)
        held = {
            member.person_id: member
            for member in Member.objects.filter(person__in=[people[each.index] for each in there], until_on=None)
        }
        for each in there:
            person = people[each.index]
            self._take_member(each, person, homes[each.values["number"]], held.get(person.pk))
        log_changes(actor, [(people[each.index], ["household"]) for each in there if each.outcome == "changed"])

    def _homes(self, readings: Sequence[Reading]) -> dict[str, Household]:
        numbers = {each.values["number"] for each in readings}
        known = {home.number: home for home in Household.objects.filter(number__in=numbers)}
        for each in readings:
            number = each.values["number"]
            values = {name: each.values[name] for name in OF_HOUSEHOLD if name in each.values}
            values["place_id"] = values.pop("place")
            if number not in known:
                known[number] = Household.objects.create(number=number, **values)
            elif names := different(known[number], values):
                known[number].save(update_fields=names)
                each.outcome = "changed"
        return known

    def _take_member(self, reading: Reading, person: Person, home: Household, held: Member | None) -> None:
        values = {name: value for name, value in reading.values.items() if name in OF_MEMBER}
        if held is not None and held.household_id == home.pk:
            if names := different(held, values):
                held.save(update_fields=names)
                reading.outcome = "changed"
        elif "until_on" in values:
            self._was_member(reading, person, home, values)
        else:
            if held is not None:
                held.until_on = values.get("from_on", today())
                held.save(update_fields=["until_on"])
            Member.objects.create(household=home, person=person, **values)
            reading.outcome = "added" if held is None else "changed"

    def _was_member(self, reading: Reading, person: Person, home: Household, values: dict[str, Any]) -> None:
        """Somebody who left, told of again or for the first time."""
        past = Member.objects.filter(household=home, person=person, until_on=values["until_on"])
        if not past.exists():
            Member.objects.create(household=home, person=person, **values)
            reading.outcome = "added"
