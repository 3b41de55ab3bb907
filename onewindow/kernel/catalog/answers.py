"""What somebody told in three questions, and the first honest answer of a matter (its `questions.py`)."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Situation:
    people: int
    income_fen: int
    savings_fen: int = 0
    has_car: bool = False
    has_second_home: bool = False
    has_emergency: bool = False


@dataclass(frozen=True)
class FirstAnswer:
    verdict: Literal["likely", "unlikely", "unknown"]
    text: str
    amount_fen: int | None = None
    every: Literal["month", "once", ""] = ""
