"""减证便民: which certificates and approvals fell away, for which matters, and what stands in their place."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import yaml

from onewindow.kernel.catalog.words import Matter

LIST = Path(__file__).with_name("fewer_papers.yaml")
HOW = {
    "data_sharing": "数据共享查询",
    "commitment": "书面承诺代替",
    "licence": "电子证照代替",
    "own_record": "系统内部记录代替",
    "online_notice": "网上公告代替",
}
EVERY, PAYING = "all", "payments"


@dataclass(frozen=True, kw_only=True)
class Fallen:
    """One certificate or approval that nobody is asked for any more."""

    name: str
    matters: tuple[str, ...]
    number: int = 0
    how: str = ""
    instead: str = ""
    source: str = ""
    national: bool = False
    """Committees must not issue it, anywhere in the country (2020)."""
    law_still_names_it: bool = False
    is_example: bool = False

    @property
    def way(self) -> str:
        return HOW.get(self.how, "取消")

    def concerns(self, matter: Matter) -> bool:
        return any(
            named == EVERY
            or (named == PAYING and matter.grant is not None)
            or (bool(matter.catalogue_id) and fnmatchcase(matter.catalogue_id, named))
            for named in self.matters
        )


@dataclass(frozen=True)
class FewerPapers:
    approvals: tuple[Fallen, ...]
    certificates: tuple[Fallen, ...]


@cache
def fewer_papers() -> FewerPapers:
    told = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    read = {kind: tuple(Fallen(**{**each, "matters": tuple(each["matters"])}) for each in told[kind]) for kind in told}
    return FewerPapers(**read)


def fallen_for(matter: Matter) -> list[Fallen]:
    found = fewer_papers()
    return [each for each in (*found.approvals, *found.certificates) if each.concerns(matter)]
