"""Which characters the letters' fonts have. A name that can't be drawn is told, never left as an empty box."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

NEEDED_FAMILIES = ("Noto Sans SC", "Noto Serif SC")
SEGMENTED = 12  # the cmap format that reaches beyond the first plane; every font with rare hanzi has it


def letter_fonts() -> typst.Fonts:
    return _fonts(tuple(str(each) for each in settings.LETTER_FONT_DIRS))


@cache
def _fonts(directories: tuple[str, ...]) -> typst.Fonts:
    there = [each for each in directories if Path(each).is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=there)


def missing_families() -> list[str]:
    return sorted(set(NEEDED_FAMILIES) - set(letter_fonts().families()))


def missing_characters(text: str) -> list[str]:
    """Characters of the text that no font of ours has, each once, in order."""
    drawn = _drawn(tuple(sorted({(font.path, font.index) for font in letter_fonts().fonts() if font.path})))
    return [each for each in dict.fromkeys(text) if not each.isspace() and ord(each) not in drawn]


@cache
def _drawn(faces: tuple[tuple[str, int], ...]) -> frozenset[int]:
    return frozenset(point for path, index in faces for point in _points(Path(path).read_bytes(), index))


def _points(font: bytes, index: int) -> Iterator[int]:
    """The code points of a font file, from its character map (OpenType, table cmap)."""
    start = struct.unpack_from(">I", font, 12 + 4 * index)[0] if font[:4] == b"ttcf" else 0
    directory = font[start + 12 :][: 16 * struct.unpack_from(">H", font, start + 4)[0]]
    cmap = next(offset for tag, _, offset, _ in struct.iter_unpack(">4sIII", directory) if tag == b"cmap")
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    for at in {cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * each)[0] for each in range(count)}:
        if struct.unpack_from(">H", font, at)[0] == SEGMENTED:
            groups = struct.unpack_from(">I", font, at + 12)[0]
            for first, last, _ in struct.iter_unpack(">III", font[at + 16 :][: 12 * groups]):
                yield from range(first, last + 1)
