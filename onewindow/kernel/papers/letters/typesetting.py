"""From data to PDF (PDF/A-2a for the archive, PDF/UA-1 for screen readers) with typst."""

import hashlib
import json
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from django.conf import settings

from onewindow.kernel.papers.letters.dressing import chinese_date, dressed, has_spelt_glyph, shown
from onewindow.kernel.papers.letters.glyphs import letter_fonts
from onewindow.kernel.papers.models import Letter

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[2]
STANDARDS: Any = ["a-2a", "ua-1"]
# One compiler keeps fonts and templates in memory (10 ms a letter); it can't be used by two threads at once.
_turn = Lock()


@cache
def _compiler(directories: tuple[str, ...]) -> typst.Compiler:
    return typst.Compiler(root=PACKAGE, font_paths=letter_fonts(), ignore_system_fonts=True)


def template_path(template: str) -> Path:
    """The name of a letter of ours, or the path of a matter's own template below the package."""
    ours = HERE / f"{template}.typ"
    path = ours if ours.is_file() else (PACKAGE / template).resolve()
    if path.suffix != ".typ" or not path.is_file() or not path.is_relative_to(PACKAGE):
        raise LookupError(f"no letter template {template}")
    return path


@cache
def template_version(template: str) -> str:
    sources = (HERE / "base.typ").read_bytes() + template_path(template).read_bytes()
    return hashlib.sha256(sources).hexdigest()[:16]


def typeset(letter: Letter) -> bytes:
    data = json.dumps(letter_data(letter), ensure_ascii=False)
    with _turn:
        pdf = _compiler(tuple(map(str, settings.LETTER_FONT_DIRS))).compile(
            input=template_path(letter.template),
            format="pdf",
            sys_inputs={"letter": data},
            pdf_standards=STANDARDS,
        )
    assert isinstance(pdf, bytes)
    return pdf


def letter_data(letter: Letter) -> dict[str, Any]:
    content = dressed(letter.content)
    recipient = shown(letter.recipient_name)
    return {
        "title": letter.title,
        "number": letter.number,
        "recipient": recipient,
        "office": shown(letter.place_name),
        "about": letter.about,
        "date": chinese_date(letter.issued_on),
        "is_example": letter.is_example,
        "has_spelt_glyph": has_spelt_glyph([recipient, content]),
        "check": {
            "code": letter.grouped_code,
            "page": f"{settings.PUBLIC_URL}/check",
            "url": letter.check_url,
            "qr": _qr(letter.check_url),
        },
        "content": content,
    }


def _qr(url: str) -> str:
    out = BytesIO()
    # Any mask can be read; trying all eight for the prettiest costs five times as much.
    segno.make(url, error="m", micro=False, boost_error=False, mask=4).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return out.getvalue().decode()
