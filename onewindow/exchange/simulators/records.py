"""
What a partner's own records say, from a JSON file that is read anew when it changes:
{"people": [{"id_number", "name", "accounts": [{"account", "product", "balance_fen", "inflow_12_months_fen"?, "closed"?}],
"homes": [{"reference", "address", "use", "area_square_decimetres", "share", "obtained_on"?, "transferred_on"?}]}]}
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Records:
    path: Path
    _read_at: int = 0
    _people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def people(self) -> dict[str, dict[str, Any]]:
        changed_at = self.path.stat().st_mtime_ns
        if changed_at != self._read_at:
            listed = json.loads(self.path.read_text(encoding="utf-8"))["people"]
            self._people, self._read_at = {each["id_number"]: each for each in listed}, changed_at
        return self._people

    def person(self, id_number: str) -> dict[str, Any] | None:
        return self.people().get(id_number)

    def account(self, number: str) -> tuple[str, dict[str, Any]] | None:
        """Holder's name and account."""
        for person in self.people().values():
            for account in person.get("accounts", ()):
                if account["account"] == number:
                    return person["name"], account
        return None
