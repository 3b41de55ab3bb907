from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.tests.conftest import adapters
from onewindow.kernel.grants import awarding
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.people.models import Person, RegisterEntry
from onewindow.project.searching import benefits
from tests.factories import COMMUNITY, City, open_run

__all__ = ["adapters", "town"]
DECIDED = date(2025, 7, 20)
OLD_STANDARD, STANDARD = 101_000, 104_500
"""Before and from 2025-09 on: 津民规〔2025〕6号."""


class Town(City):
    """A city with people of whom registers know enough, or too little."""

    def known(self, name: str = "", birth: date = date(1990, 5, 1), place: str = COMMUNITY, **told: Any) -> Person:
        person = self.person(name, place, birth=birth)
        for item, value in told.items():
            RegisterEntry.objects.create(person=person, source="DPF", item=item, value=value, as_of=date(2025, 6, 1))
        return person

    def alone(self, name: str = "", **told: Any) -> Person:
        person = self.known(name, **told)
        self.household(person, place=str(told.get("place", COMMUNITY)))
        return person

    def granted(self, fen: int = OLD_STANDARD, person: Person | None = None, decided_on: date = DECIDED) -> Grant:
        """What a decision by the law of that day leaves behind; by facts of nothing but zeros."""
        holder = person or self.alone()
        case = self.submitted(self.account(holder))
        decision = case.decisions.create(
            run=open_run(case), is_approval=True, decided_by=holder, decided_on=decided_on, amount_fen=fen
        )
        awarding.award(case, decision)
        Case.unscoped.filter(pk=case.pk).update(state=Case.State.APPROVED)
        return Grant.unscoped.get(case=case)


def look_for(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Only these, whatever else the law of this version gives."""
    monkeypatch.setattr(benefits, "names_looked_for", lambda: list(names))
    forget()


def forget() -> None:
    benefits.benefits.cache_clear()
    benefits.benefit_of.cache_clear()


@pytest.fixture
def town(db: None, adapters: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    look_for(monkeypatch, "dibao_amount")
    town = Town()
    town.lay()
    yield town
    forget()
