"""The demo city's bank and real-estate register, on this machine."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from onewindow.exchange.demo import lay_partners

BANK_PORT, HOUSE_PORT = (int(os.environ.get(name, port)) for name, port in (("BANK_PORT", 8101), ("HOUSE_PORT", 8102)))


def directory() -> Path:
    return Path(settings.DATA_DIR) / "partners"


def lay(people: Iterable[dict[str, Any]]) -> list[list[str]]:
    return lay_partners(directory(), people, bank_port=BANK_PORT, house_port=HOUSE_PORT)


def partner_commands() -> list[list[str]]:
    """How to start them, with the records that the demo wrote."""
    records = directory() / "records.json"
    people = json.loads(records.read_text(encoding="utf-8"))["people"] if records.exists() else []
    return lay(people)
