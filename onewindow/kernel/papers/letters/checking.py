"""What anybody may learn of a letter by its code: enough to trust the paper in hand, and nothing that is not printed on it."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from onewindow.kernel.papers.codes import read_code
from onewindow.kernel.papers.models import Letter

COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 "
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 轩辕 百里 东郭 南门 西门 第五".split()
)


@dataclass(frozen=True)
class Checked:
    title: str
    number: str
    issued_on: date
    place_name: str
    recipient: str
    sha256: str
    is_example: bool
    void_on: date | None
    void_reason: str


def surname_only(name: str) -> str:
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    return f"{surname}**"


def letter_by_code(typed: str) -> Checked | None:
    """80 random bits: guessing a thousand a second would take longer than the letter's paper lasts."""
    code = read_code(typed)
    letter = Letter.unscoped.filter(check_code=code).first() if code else None
    if letter is None:
        return None
    return Checked(
        title=letter.title,
        number=letter.number,
        issued_on=letter.issued_on,
        place_name=letter.place_name,
        recipient=surname_only(letter.recipient_name),
        sha256=letter.sha256,
        is_example=letter.is_example,
        void_on=localtime(letter.void_at).date() if letter.void_at else None,
        void_reason=letter.get_void_reason_display(),
    )
