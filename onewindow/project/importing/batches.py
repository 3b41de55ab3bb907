"""What a batch of rows does to the city: found in a few queries, then added, changed or left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from django.db import models

from onewindow.kernel.audit.chain import append_line
from onewindow.kernel.people.models import Person
from onewindow.kernel.people.sealed import blind_index
from onewindow.project.importing.tables import TableRow

Outcome = Literal["added", "changed", "unchanged", "wrong"]


@dataclass
class Reading:
    """One row on its way."""

    row: TableRow
    values: dict[str, Any]
    wrong: list[str] = field(default_factory=list)
    outcome: Outcome = "unchanged"

    @property
    def index(self) -> str:
        return blind_index(self.values["id_number"].text, "id")


class Taking(Protocol):
    def check(self, reading: Reading) -> list[str]:
        """What is wrong with the row beyond its single cells; asks no database."""

    def take(self, readings: Sequence[Reading], actor: Any) -> None:
        """Inside a transaction. Sets each reading's outcome, or what is wrong with it."""


def people_of(readings: Iterable[Reading]) -> dict[str, Person]:
    found = Person.unscoped.filter(id_index__in={each.index for each in readings})
    return {str(person.id_index): person for person in found}


def different(record: models.Model, values: dict[str, Any]) -> list[str]:
    """Sets what differs and names it. An empty cell is not among the values: it takes nothing away."""
    names = [name for name, value in values.items() if getattr(record, name) != value]
    for name in names:
        setattr(record, name, values[name])
    return names


def log_changes(actor: Any, changes: Sequence[tuple[Person, Sequence[str]]]) -> None:
    """
    The person can read that the register changed what we hold; which values, nobody reads in a log. Called last, and
    shard by shard: the head of a chain stays locked, and two imports must take them in one order.
    """
    for person, names in sorted(changes, key=lambda change: change[0].audit_shard):
        append_line(
            shard=person.audit_shard, action="import.change", target=f"people.person:{person.pk}", actor=actor,
            subject=person.pk, reason="导入登记数据", detail={"fields": sorted(names)},
        )  # fmt: skip
