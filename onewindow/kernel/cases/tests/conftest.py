from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onewindow.kernel.cases.ports import Assessed, ports
from tests.factories import City


class Adapters:
    """The kernel knows no rules and no exchange; here they say what a test wants them to say."""

    amount_fen = 100_000
    is_eligible = True
    within_limit = True
    problem = ""
    answers_come = False

    def assess(self, case: Any, on: date) -> Assessed:
        return Assessed(
            f"{on:%Y-%m}", "law-1", self.is_eligible, self.amount_fen, self.within_limit, self.amount_fen,
            {"steps": []}, self.problem,
        )  # fmt: skip


@pytest.fixture
def adapters() -> Iterator[Adapters]:
    made, before = Adapters(), replace(ports)
    ports.assess = made.assess
    ports.ask_sources = lambda actor, case: made.answers_come
    ports.sources_settled = lambda case: True
    ports.report = lambda case: None
    ports.own_findings = lambda case, person: []
    ports.on_approved = ports.on_overturned = lambda case, decision: None
    ports.on_work_done = lambda run: None
    yield made
    for name, value in vars(before).items():
        setattr(ports, name, value)


@pytest.fixture
def city(db: None, adapters: Adapters) -> City:
    return City().lay()
