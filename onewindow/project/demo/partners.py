"""The demo city's bank and real-estate register, on this machine."""

import json
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from onewindow.exchange.demo import lay_partners


def directory() -> Path:
    return Path(settings.DATA_DIR) / "partners"


def lay(people: Iterable[dict[str, Any]]) -> list[list[str]]:
    return lay_partners(directory(), people, bank_port=free_port(), house_port=free_port())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def partner_commands() -> list[list[str]]:
    """How to start them, with the records that the demo wrote."""
    records = directory() / "records.json"
    people = json.loads(records.read_text(encoding="utf-8"))["people"] if records.exists() else []
    return lay(people)
