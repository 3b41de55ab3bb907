"""Which two benefits may be had at once: the matrix of the law as data, for whoever grants, pays or looks for them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Effect = Literal["X", "T", "O", "C", "U"]
"""Excluded, topped up, both, the higher of the two, or not known."""


@dataclass(frozen=True)
class Conflict:
    """A pair of which the law says something; with effect O it says that both may be had."""

    benefits: frozenset[str]
    effect: Effect
    article: str
    confidence: str
    says: str
    of: Literal["person", "household"] = "person"
    otherwise: Effect | None = None
    """What holds where the first does not: who has not chosen the whole of one is topped up."""

    @property
    def allows_both(self) -> bool:
        return self.effect not in ("X", "C")

    @property
    def is_example(self) -> bool:
        return self.confidence == "E"


@cache
def matrix() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return found


@cache
def names() -> dict[str, str]:
    """Every name of a benefit, and of the law's outputs that give it → the matrix's own."""
    own = matrix()["names"]
    return {each: name for name, others in own.items() for each in (name, *others)}


@cache
def pairs() -> dict[frozenset[str], Conflict]:
    rows = [dict(row) for row in matrix()["pairs"]]
    told = [Conflict(benefits=frozenset((row.pop("a"), row.pop("b"))), **row) for row in rows]
    return {each.benefits: each for each in told}


def conflicts(benefit_a: str, benefit_b: str) -> Conflict | None:
    """By the matrix's names or the law's outputs (`dibao_amount`). None where the law says nothing of the two."""
    known = names()
    if benefit_a not in known or benefit_b not in known:
        return None
    return pairs().get(frozenset((known[benefit_a], known[benefit_b])))
