"""ID numbers (GB 11643-1999), and how names, numbers and accounts are written and masked."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from onewindow.kernel.calendar.working_days import today

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split()
)
"""91: foreign permanent residents' cards since 2023 (first digit 9); 81–83: permits of Hong Kong, Macao, Taiwan."""
MIDDLE_DOTS = str.maketrans("•‧・．・∙⋅", "·······")
DEMO_SEQUENCES = range(990, 1000)


class InvalidIdNumber(ValueError):
    """The message says in Chinese what is wrong and what to do."""


@dataclass(frozen=True)
class IdNumber:
    text: str

    @classmethod
    def parse(cls, typed: str) -> "IdNumber":
        """Accepts full-width digits, spaces, small x and old 15-digit numbers."""
        text = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).upper()
        if re.fullmatch(r"\d{15}", text):
            text = text[:6] + "19" + text[6:]
            text += check_digit(text)
        if not re.fullmatch(r"\d{17}[\dX]", text):
            raise InvalidIdNumber("身份证号应为18位(最后一位可以是X),请核对有没有漏写或多写。")
        if text[:2] not in PROVINCES and text[0] != "9":
            raise InvalidIdNumber("身份证号的前两位不是有效的地区代码,请对照证件核对。")
        try:
            birth = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
        except ValueError:
            raise InvalidIdNumber("身份证号第7至14位不是有效的出生日期,请对照证件核对。") from None
        if birth > today() or birth.year < 1880:
            raise InvalidIdNumber("身份证号中的出生日期不合理,请对照证件核对。")
        if check_digit(text[:17]) != text[17]:
            raise InvalidIdNumber("身份证号的校验位不对,可能有一位写错了,请对照证件核对。")
        return cls(text)

    @property
    def birth(self) -> date:
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def sex(self) -> int:
        """1 male, 2 female (GB/T 2261.1)."""
        return 1 if int(self.text[16]) % 2 else 2

    @property
    def is_demo(self) -> bool:
        return int(self.text[14:17]) in DEMO_SEQUENCES


def check_digit(first_17: str) -> str:
    """ISO 7064 MOD 11-2."""
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def normal_name(typed: str) -> str:
    """One way of writing a name: no spaces around Chinese characters, one kind of middle dot."""
    text = unicodedata.normalize("NFC", typed).translate(MIDDLE_DOTS).strip()
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", text)


def mask_name(name: str) -> str:
    """李** for lists; two-character names keep the first."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def mask_id_number(number: str) -> str:
    return f"{number[:6]}********{number[-4:]}"[:18] if len(number) >= 15 else "*" * len(number)


def mask_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "*" * len(phone)


def mask_account(account: str) -> str:
    return f"{'*' * 4} {account[-4:]}" if len(account) >= 8 else "*" * len(account)
