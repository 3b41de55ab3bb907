"""What the field needs from a higher floor: the whole city reckoned twice. Plugged by onewindow/project."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from onewindow.fields.policy.models import SimulationRun

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Told:
    law_version: str
    households: int
    persons: int
    result: dict[str, Any]


def _nobody(run: SimulationRun, progress: Progress) -> Told:
    raise NotImplementedError("onewindow.project.wiring plugs the simulation")


@dataclass
class Ports:
    simulate: Callable[[SimulationRun, Progress], Told] = _nobody
    populations: Callable[[], list[str]] = lambda: [SimulationRun.Population.OWN]
    """Which populations this city can be reckoned over; the first is the usual one."""
    counted: Callable[[str], frozenset[str]] = lambda month: frozenset()
    """The figures whose change the simulation can price in that month."""
    before_withdrawal: Callable[[str], None] = lambda law_version: None
    """May refuse: something rests on the law with this version."""


ports = Ports()
