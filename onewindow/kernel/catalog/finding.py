"""Finds the matters: every `fields/<field>/<matter>/matter.py`. Adding a matter edits nothing else."""

from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from onewindow.kernel.catalog.words import Matter

FIELDS = Path(__file__).resolve().parents[2] / "fields"


@cache
def matters() -> dict[str, Matter]:
    """All matters by code, in the order of their folders."""
    found: dict[str, Matter] = {}
    for path in sorted(FIELDS.glob("*/*/matter.py")):
        module = f"onewindow.fields.{path.parent.parent.name}.{path.parent.name}"
        matter = replace(import_module(f"{module}.matter").matter, module=module)
        if matter.code in found:
            raise ValueError(f"two matters call themselves {matter.code}")
        found[matter.code] = matter
    return found


def matter_named(code: str) -> Matter:
    try:
        return matters()[code]
    except KeyError:
        raise KeyError(f"no matter {code!r}; known: {', '.join(matters())}") from None


@cache
def part_of(matter: Matter, part: str) -> ModuleType | None:
    """An optional file of the matter's folder (facts, actions, pages); None where it is absent."""
    name = f"{matter.module}.{part}"
    return import_module(name) if find_spec(name) else None
