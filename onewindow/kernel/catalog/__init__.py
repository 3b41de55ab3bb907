"""The catalogue: the words in which a matter is declared, and the matters that are found."""

from onewindow.kernel.catalog.finding import matter_named, matters, part_of
from onewindow.kernel.catalog.words import (
    NEXT,
    STAY,
    Grant,
    Law,
    Material,
    Matter,
    Outcome,
    Removed,
    Step,
)

__all__ = [
    "NEXT",
    "STAY",
    "Grant",
    "Law",
    "Material",
    "Matter",
    "Outcome",
    "Removed",
    "Step",
    "matter_named",
    "matters",
    "part_of",
]
