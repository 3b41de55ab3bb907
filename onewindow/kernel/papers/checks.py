from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from onewindow.kernel.papers.letters.glyphs import missing_families


@register()
def letters_have_their_fonts(**_: Any) -> list[Error]:
    """Without a Chinese font every hanzi of a letter would be a box."""
    missing = missing_families()
    if not missing:
        return []
    return [
        Error(
            f"文书缺少中文字体：{'、'.join(missing)}。已找过：{'、'.join(map(str, settings.LETTER_FONT_DIRS))}",
            hint="运行前端构建（make build）会放好字体；或用环境变量 ONEWINDOW_LETTER_FONTS 指向含有这些 TTF 的目录。",
            id="papers.E001",
        )
    ]
