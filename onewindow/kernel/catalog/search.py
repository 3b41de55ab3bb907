"""Finding a matter by its name, by what people say, and by the first letters of its pinyin."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from onewindow.kernel.catalog.finding import matters
from onewindow.kernel.catalog.life_events import BY_CODE
from onewindow.kernel.catalog.words import Matter

MOST_LETTERS = 60
EXACT, NAME, SAID, LETTERS, EVENT, TOLD = 80, 60, 40, 30, 20, 10
"""
A hit in the name weighs more than one in what people say, in the pinyin, in a turn of life, in the description; and who
says just what a matter is called means that one, whatever else has the word in it.
"""


@dataclass(frozen=True)
class Words:
    name: str
    said: tuple[str, ...]
    events: tuple[str, ...]
    told: str
    letters: tuple[str, ...]


def plain(text: str) -> str:
    """Without blanks, signs, width and case: as two people who mean the same would write it."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())[:MOST_LETTERS]


@cache
def words_of(matter: Matter) -> Words:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 a third of a second, which no start of the city should wait for

    events = [BY_CODE[code] for code in matter.life_events]
    named = (matter.name, *matter.everyday)
    return Words(
        name=plain(matter.name),
        said=tuple(map(plain, matter.everyday)),
        events=tuple(plain(each) for event in events for each in (event.name, *event.everyday)),
        told=plain(matter.summary + matter.audience),
        letters=tuple(
            plain("".join(lazy_pinyin(each, style=style)))
            for each in named
            for style in (Style.FIRST_LETTER, Style.NORMAL)
        ),
    )


def pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def shared(asked: str, text: str) -> float:
    """1 where one is part of the other, else the share of the shorter one's pairs of characters that both have."""
    if asked in text or (len(text) > 1 and text in asked):
        return 1.0
    least = min(len(asked), len(text)) - 1
    return len(pairs(asked) & pairs(text)) / least if least > 0 else 0.0


def weight(asked: str, matter: Matter) -> float:
    words = words_of(matter)
    if asked.isascii():
        return LETTERS * any(asked in each for each in words.letters) + NAME * (asked in words.name)
    return (
        EXACT * (asked == words.name or asked in words.said)
        + NAME * shared(asked, words.name)
        + SAID * max((shared(asked, each) for each in words.said), default=0)
        + EVENT * max((shared(asked, each) for each in words.events), default=0)
        + TOLD * shared(asked, words.told)
    )


def find_matters(text: str) -> list[Matter]:
    """All for no text; else those that fit, the best first."""
    asked = plain(text)
    if not asked:
        return [] if text.strip() else list(matters().values())
    weighed = [(weight(asked, matter), matter) for matter in matters().values()]
    return [matter for found, matter in sorted(weighed, key=lambda each: -each[0]) if found >= TOLD / 2]
