"""A letter's content made ready for typesetting: sums in figures and words, dates in Chinese, no character that tricks or fails.

The template gets all of it as data. Nothing is ever put into the text of a template.
"""

import re
import unicodedata
from datetime import date
from typing import Any

from onewindow.kernel.papers.letters.amounts import capital_yuan, yuan
from onewindow.kernel.papers.letters.glyphs import missing_characters

HAN = r"\u3400-\u9fff\U00020000-\U0003ffff”》〕）、。"
HALF_WIDTH = re.compile(rf"(?<=[{HAN}])[,:;?!] ?|(?<=[{HAN}]) ?\([^()]*\)|\([^()]*[{HAN}][^()]*\)")
FULL_WIDTH = str.maketrans(",:;?!", "，：；？！")
UNBROKEN = re.compile(r"[!-~]{24,}")
KEEP_TOGETHER = 12


def chinese_date(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def dressed(value: Any) -> Any:
    """`x_fen` gains `x_yuan` and `x_capital`; days and months in ISO 8601 gain a name in `_zh`."""
    if isinstance(value, dict):
        return {name: dressed(each) for name, each in value.items()} | _spelt_out(value)
    if isinstance(value, list):
        return [dressed(each) for each in value]
    return shown(value) if isinstance(value, str) else value


def _spelt_out(content: dict[str, Any]) -> dict[str, str]:
    more: dict[str, str] = {}
    for name, value in content.items():
        if (name == "fen" or name.endswith("_fen")) and isinstance(value, int):
            stem = name.removesuffix("fen")
            more |= {f"{stem}yuan": yuan(value), f"{stem}capital": capital_yuan(value)}
        if (name in ("on", "until") or name.endswith(("_on", "_until"))) and isinstance(value, str) and value:
            more[f"{name}_zh"] = chinese_date(date.fromisoformat(value))
        if (name == "month" or name.endswith("_month")) and isinstance(value, str) and value:
            more[f"{name}_zh"] = chinese_date(date.fromisoformat(f"{value}-01")).removesuffix("1日")
    return more


def shown(text: str) -> str:
    """Control and direction marks are dropped (they can turn a sentence round); what has no glyph is spelt by its number."""
    plain = "".join(each for each in text if each == "\n" or unicodedata.category(each) not in ("Cc", "Cf", "Cs"))
    plain = HALF_WIDTH.sub(_full_width, plain)
    for each in missing_characters(plain):
        plain = plain.replace(each, f"〖U+{ord(each):04X}〗")
    return UNBROKEN.sub(_can_break, plain)


def _full_width(hit: re.Match[str]) -> str:
    """Punctuation in Chinese sentences is full-width (GB/T 15834), however it was typed."""
    mark = hit[0].strip()
    return f"（{mark[1:-1]}）" if mark[0] == "(" else mark.translate(FULL_WIDTH)


def _can_break(run: re.Match[str]) -> str:
    """A zero-width space now and then: a long word would run over the margin."""
    word = run[0]
    return "\u200b".join(word[at : at + KEEP_TOGETHER] for at in range(0, len(word), KEEP_TOGETHER))


def has_spelt_glyph(value: Any) -> bool:
    if isinstance(value, dict):
        return any(has_spelt_glyph(each) for each in value.values())
    if isinstance(value, list):
        return any(has_spelt_glyph(each) for each in value)
    return isinstance(value, str) and "〖U+" in value
