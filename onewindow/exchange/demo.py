"""The two partners of the demo city: their keys, their rows, and the commands that start them."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from onewindow.exchange.models import Partner
from onewindow.exchange.partners import add_key, own_key, register_partner
from onewindow.exchange.protocol.keys import key_at
from onewindow.kernel.staff.actor import SYSTEM

BANK = {"code": "bank", "name": "海河示例银行", "source": "BANK", "is_paying": True}
HOUSE = {"code": "real_estate", "name": "市不动产登记中心（示例）", "source": "HOUSE", "answer_working_days": 3}


def lay_partners(
    directory: Path, people: Iterable[dict[str, Any]], *, bank_port: int, house_port: int
) -> list[list[str]]:
    """
    Registers both with keys made under `directory`, writes what they know of `people` (simulators/records.py says in which
    shape), and returns the commands that start them. Running it again changes nothing but what they know.
    """
    records = directory / "records.json"
    records.parent.mkdir(parents=True, exist_ok=True)
    records.write_text(json.dumps({"people": list(people)}, ensure_ascii=False), encoding="utf-8")
    return [_lay(directory, records, BANK, bank_port), _lay(directory, records, HOUSE, house_port)]


def _lay(directory: Path, records: Path, values: dict[str, Any], port: int) -> list[str]:
    code, keys = values["code"], directory / values["code"]
    partner: Partner = register_partner(SYSTEM, None, base_url=f"http://127.0.0.1:{port}", **values)
    add_key(SYSTEM, partner, key_id=f"{code}-1", public_pem=key_at(keys, f"{code}-1").public_pem)
    (keys / "product").mkdir(exist_ok=True)
    (keys / "product" / f"{own_key().key_id}.pub").write_bytes(own_key().public_pem)
    return [
        sys.executable, "-m", "onewindow.exchange.simulators", code, "--port", str(port), "--data", str(records),
        "--product-url", settings.EXCHANGE_URL, "--keys", str(keys),
    ]  # fmt: skip
