"""The 5 approvals and 52 certificates of the article, each tied to its matters."""

import re

from onewindow.kernel.catalog import matter_named, matters
from onewindow.kernel.catalog.fewer_papers import HOW, fallen_for, fewer_papers
from onewindow.kernel.catalog.life_events import BY_CODE

ENTRY = re.compile(r"all|payments|[A-Z]{2}(\d\d|\*)")


def test_the_counts_are_those_of_the_records() -> None:
    found = fewer_papers()
    assert len(found.approvals) == 5
    assert [each.number for each in found.certificates] == list(range(1, 53))
    assert all(each.how in HOW and each.instead for each in found.certificates)
    assert all(ENTRY.fullmatch(named) for each in found.certificates for named in each.matters)


def test_no_matter_asks_for_what_fell_away() -> None:
    for matter in matters().values():
        gone = {each.name for each in fallen_for(matter)}
        assert not [each.name for each in matter.papers_asked if each.name in gone], matter.code


def test_dibao_knows_its_fallen_certificates() -> None:
    names = {each.name for each in fallen_for(matter_named("dibao"))}
    assert {"单位收入证明", "异地未享受低保证明", "居民身份证复印件", "银行卡开户单"} <= names
    assert "遗体火化证明" not in names and "验资报告" not in names


def test_every_life_event_that_a_matter_names_exists() -> None:
    for matter in matters().values():
        assert set(matter.life_events) <= set(BY_CODE), matter.code
