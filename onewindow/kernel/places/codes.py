"""Twelve-digit codes of places: 2 province, 2 city, 2 district, 3 street, 3 community."""

LEVELS = (12, 9, 6, 4, 2)


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
    return code[:9].ljust(12, "0") if code[6:9] != "000" and code else ""


def district_of(code: str) -> str:
    return code[:6].ljust(12, "0") if code else ""
