"""Months as `2026-12`, which sort as text; and fen as people read them."""

from datetime import date


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def months_after(month: str, count: int) -> str:
    year, number = map(int, month.split("-"))
    at = year * 12 + number - 1 + count
    return f"{at // 12}-{at % 12 + 1:02d}"


def month_after(month: str) -> str:
    return months_after(month, 1)


def month_before(month: str) -> str:
    return months_after(month, -1)


def yuan(fen: int) -> str:
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"
