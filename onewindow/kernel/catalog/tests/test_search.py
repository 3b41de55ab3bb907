"""Residents find a matter in the words that they have for it."""

import pytest

from onewindow.kernel.catalog.search import find_matters


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("低保", "dibao"),
        ("最低生活保障", "dibao"),
        ("吃低保", "dibao"),
        ("我失业了", "dibao"),
        ("家里没有收入怎么办", "dibao"),
        ("zdshbz", "dibao"),
        ("zuidishenghuo", "dibao"),
        ("DBH", "dibao"),
        ("低 保", "dibao"),
        ("我家昨天着火了", "emergency_relief"),
        ("车祸", "emergency_relief"),
        ("救急难", "emergency_relief"),
        ("ｊｊｎ", "emergency_relief"),
    ],
)
def test_the_matter_that_is_meant_comes_first(asked: str, first: str) -> None:
    assert [each.code for each in find_matters(asked)][:1] == [first]


@pytest.mark.parametrize("asked", ["火星移民", "qqqq", "！？", "\x00", "%"])
def test_nothing_is_found_for_what_is_not_there(asked: str) -> None:
    assert find_matters(asked) == []


@pytest.mark.parametrize("nothing", ["", "  "])
def test_all_are_shown_to_whoever_asks_for_nothing(nothing: str) -> None:
    assert {"dibao", "emergency_relief"} <= {each.code for each in find_matters(nothing)}


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    assert find_matters("低保" * 50_000)[0].code == "dibao"
