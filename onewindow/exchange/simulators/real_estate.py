from dataclasses import dataclass
from typing import Any

from onewindow.exchange.protocol.messages import Home, Query
from onewindow.exchange.protocol.strict import read
from onewindow.exchange.simulators.partner import Partner


@dataclass
class RealEstate(Partner):
    source: str = "HOUSE"

    def find(self, query: Query) -> tuple[str, tuple[Any, ...]]:
        person = self.records.person(query.subject.id_number)
        if person is None or not person.get("homes"):
            return "none", ()
        if person["name"] != query.subject.name:
            return "not_matched", ()
        return "found", tuple(read(Home, {"item": "home", **home}) for home in person["homes"])

    def lie(self) -> Home:
        return Home("home", "JIN-2023-0990001", "天津市河西区友谊路示例里1号楼", "residential", 9800, "1/1")
