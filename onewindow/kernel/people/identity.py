"""ID numbers (GB 11643-1999), and how names, numbers and accounts are written and masked. No database here."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from onewindow.kernel.calendar.business_day import today

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
"""81–83: permits of residents of Hong Kong, Macao, Taiwan. Foreign permanent residents' cards begin with 9 (2023)."""
LOOK_ALIKES = str.maketrans({"O": "0", "×": "X", "Х": "X", "Χ": "X"})  # Cyrillic, Greek
MIDDLE_DOTS = str.maketrans(dict.fromkeys("•‧・･．∙⋅●", "·"))
OLDEST_BIRTH_YEAR = 1880
DEMO_SEQUENCES = range(990, 1000)
"""Never issued by any registration office; every person of the demo city has one of these."""


class InvalidIdNumber(ValueError):
    """The message says in Chinese what is wrong and what to do."""


@dataclass(frozen=True)
class IdNumber:
    text: str

    @classmethod
    def parse(cls, typed: str) -> "IdNumber":
        """
        Accepts full-width digits, spaces, small x, O for 0, and old 15-digit numbers. Districts are not looked up: a
        number keeps for ever the code of a place that may be long gone.
        """
        text = _plain(typed)
        if re.fullmatch(r"[0-9]{15}", text):
            text = text[:6] + "19" + text[6:]
            text += check_digit(text)
        if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
            raise InvalidIdNumber("身份证号应为18位（最后一位可以是X），请核对有没有漏写或多写。")
        if text[:2] not in PROVINCES and text[0] != "9":
            raise InvalidIdNumber("身份证号的前两位不是有效的地区代码，请对照证件核对。")
        try:
            birth = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
        except ValueError:
            raise InvalidIdNumber("身份证号第7至14位不是有效的出生日期，请对照证件核对。") from None
        if birth > today() or birth.year < OLDEST_BIRTH_YEAR:
            raise InvalidIdNumber("身份证号中的出生日期不合理，请对照证件核对。")
        if check_digit(text[:17]) != text[17]:
            raise InvalidIdNumber("身份证号的校验位不对，可能有一位写错了，请对照证件核对。")
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

    @property
    def masked(self) -> str:
        return mask_id_number(self.text)


def _plain(typed: str) -> str:
    shown = "".join(each for each in unicodedata.normalize("NFKC", typed) if unicodedata.category(each) != "Cf")
    return re.sub(r"[\s-]", "", shown).upper().translate(LOOK_ALIKES)


def check_digit(first_17: str) -> str:
    """ISO 7064 MOD 11-2."""
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def normal_name(typed: str) -> str:
    """One way of writing a name: narrow letters, one kind of middle dot, no spaces between Chinese characters."""
    # Dots first: NFKC would make a full stop of the full-width one.
    text = unicodedata.normalize("NFKC", typed.translate(MIDDLE_DOTS)).translate(MIDDLE_DOTS)
    text = "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Cc") or each.isspace())
    text = re.sub(r"\s+", " ", text).strip()
    found = re.sub(r"(?<=[^\x00-\x7f])[ .](?=[^\x00-\x7f])", lambda gap: "·" if gap[0] == "." else "", text)
    # What a gap kept apart may now combine: until nothing changes, so that a written name is its own writing.
    return found if found == typed else normal_name(found)


def mask_name(name: str) -> str:
    """李* in lists, 欧** for longer ones."""
    return name[:1] + "*" * max(len(name) - 1, 0)


def mask_id_number(number: str) -> str:
    """120103********123X; a passport or another paper keeps its last two."""
    if len(number) >= 15:
        return f"{number[:6]}********{number[-4:]}"
    return "*" * max(len(number) - 2, 0) + number[-2:] if len(number) > 4 else "*" * len(number)


def mask_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "*" * len(phone)


def mask_account(account: str) -> str:
    return f"{'*' * 4} {account[-4:]}" if len(account) >= 8 else "*" * len(account)
