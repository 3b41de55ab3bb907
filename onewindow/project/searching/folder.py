"""Writes families into a population folder as the bulk engine reads it: parts of whole households, one column an input."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from onewindow.bulk.columns import save
from onewindow.rules.case import role_of
from onewindow.rules.entities import Household
from onewindow.rules.system import system

PART = 50_000
NO_BIRTH = date(1, 1, 1)
ROLE_NUMBERS = {role.key: number for number, role in enumerate(Household.flattened_roles)}
ONE = {"applicant": "applicant", "spouse": "spouse", "children": "child", "parents": "parent", "others": "other"}


@dataclass(slots=True)
class Someone:
    key: int
    relation: str
    inputs: dict[str, Any]


@dataclass(slots=True)
class Family:
    """One row of the households; the first of its people is the applicant."""

    key: int
    people: list[Someone]
    inputs: dict[str, Any] = field(default_factory=dict)

    def roles(self) -> list[str]:
        """In OpenFisca's situation format; a second spouse of a register's odd household is another member."""
        found = [role_of(one.relation, nth == 0) for nth, one in enumerate(self.people)]
        spouses = [nth for nth, role in enumerate(found) if role == "spouse"]
        for nth in spouses[1:]:
            found[nth] = "others"
        return found

    def situation(self, month: str) -> dict[str, Any]:
        """The same family for the window: one assessment with its explanation."""
        persons = {str(one.key): _by_period(one.inputs, month) for one in self.people}
        roles: dict[str, list[str]] = {}
        for one, role in zip(self.people, self.roles(), strict=True):
            roles.setdefault(role, []).append(str(one.key))
        return {"persons": persons, "households": {"household": {**roles, **_by_period(self.inputs, month)}}}


def _by_period(inputs: dict[str, Any], month: str) -> dict[str, Any]:
    known = system().variables
    return {
        name: {
            "ETERNITY" if str(known[name].definition_period) == "eternity" else month: value.isoformat()
            if isinstance(value, date)
            else value
        }
        for name, value in inputs.items()
    }


def write_folder(families: Iterable[Family], columns: Sequence[str], month: str, into: Path, note: str) -> Path:
    """Families in the order of their keys; `columns` are the inputs that anybody may have."""
    into.mkdir(parents=True, exist_ok=True)
    walking = iter(families)
    parts: list[dict[str, Any]] = []
    while batch := list(islice(walking, PART)):
        name = f"part-{len(parts):05d}"
        parts.append({"name": name, "households": len(batch), "persons": _write_part(batch, columns, into / name)})
    layout = {
        "format": 1, "month": month, "households": sum(p["households"] for p in parts),
        "persons": sum(p["persons"] for p in parts), "carried": {}, "note": note, "parts": parts,
    }  # fmt: skip
    (into / "layout.json").write_text(json.dumps(layout, ensure_ascii=False), encoding="utf-8")
    return into


def _write_part(batch: list[Family], columns: Sequence[str], path: Path) -> int:
    people = [one for family in batch for one in family.people]
    roles = [ROLE_NUMBERS[ONE[role]] for family in batch for role in family.roles()]
    of_homes: dict[str, Any] = {
        "household": np.fromiter((family.key for family in batch), np.int64, len(batch)),
        "members": np.fromiter((len(family.people) for family in batch), np.uint16, len(batch)),
    }
    of_people: dict[str, Any] = {
        "person": np.fromiter((one.key for one in people), np.int64, len(people)),
        "role": np.array(roles, np.uint8),
    }
    for name in columns:
        is_person = system().variables[name].entity.is_person
        rows: list[Any] = people if is_person else batch
        (of_people if is_person else of_homes)[name] = _column(name, [row.inputs for row in rows])
    save(of_homes, path.with_name(f"{path.name}.households.arrow"))
    save(of_people, path.with_name(f"{path.name}.persons.arrow"))
    return len(people)


def _column(name: str, inputs: list[dict[str, Any]]) -> Any:
    variable = system().variables[name]
    if variable.value_type is date:
        return np.array([each.get(name) or NO_BIRTH for each in inputs], "datetime64[D]")
    kind = np.uint8 if variable.value_type is bool else np.int64
    return np.fromiter((each.get(name, variable.default_value) for each in inputs), kind, len(inputs))
