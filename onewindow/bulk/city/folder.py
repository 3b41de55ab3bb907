"""The layout of a population folder, beside the two Arrow files of each part."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def save_layout(
    into: Path, month: str, parts: Sequence[Mapping[str, Any]], carried: Mapping[str, Sequence[str]], note: str
) -> None:
    """Last of all: a folder without it is not finished."""
    layout = {
        "format": 1,
        "month": month,
        "households": sum(part["households"] for part in parts),
        "persons": sum(part["persons"] for part in parts),
        "carried": carried,
        "note": note,
        "parts": parts,
    }
    (into / "layout.json").write_text(json.dumps(layout, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
