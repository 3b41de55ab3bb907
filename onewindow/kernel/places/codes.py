"""Twelve-digit codes of places: 2 province, 2 city, 2 district, 3 street, 3 community."""

LEVELS = (12, 9, 6, 4, 2)
HISTORIC_DISTRICTS = {
    "120107": "120116", "120108": "120116", "120109": "120116", "120221": "120117", "120222": "120114",
    "120223": "120118", "120224": "120115", "120225": "120119",
}  # fmt: skip
"""塘沽 汉沽 大港, 宁河县 武清县 静海县 宝坻县 蓟县: gone as districts, valid for ever in ID numbers."""


def prefix(code: str) -> str:
    """The part of the code that everything below the place begins with."""
    stripped = code.rstrip("0")
    length = next((each for each in reversed(LEVELS) if each >= len(stripped)), 12)
    return code[:length]


def is_within(code: str | None, ancestor: str) -> bool:
    """Is the place the ancestor itself, or below it?"""
    return bool(code) and str(code).startswith(prefix(ancestor))


def street_of(code: str) -> str:
    """The street's code of a street or community; empty for anything above."""
    return code[:9].ljust(12, "0") if len(prefix(code)) >= 9 else ""


def district_of(code: str) -> str:
    """The district's code of a district or anything below it; empty for anything above."""
    return code[:6].ljust(12, "0") if len(prefix(code)) >= 6 else ""


def is_village(code: str) -> bool:
    """Statistics codes number villages from 200 to 399 in their town, other communities below and above."""
    return len(prefix(code)) == 12 and "200" <= code[9:] <= "399"


def current_district(six_digits: str) -> str:
    """Where an ID number's first six digits lie today: 120107 塘沽 → 120116 滨海新区."""
    return HISTORIC_DISTRICTS.get(six_digits, six_digits)
