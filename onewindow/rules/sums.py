"""The few ways in which the law reckons, in whole fen. Only +, -, *, // and comparisons, so that they can be lowered."""

from typing import Any

Amount = Any
"""An array of whole numbers, or one of them."""


def is_below(amount: Amount, limit: Amount, includes_equal: bool) -> Amount:
    """`<`, as the text says 低于; `<=` where a city has written 不高于."""
    return (amount < limit) | ((amount == limit) & includes_equal)


def percent_of(amount: Amount, percent: Amount) -> Amount:
    """Half a fen goes up. For amounts that are not negative."""
    return (amount * percent + 50) // 100


def rounded_up(amount: Amount, unit: int) -> Amount:
    """Up to the next whole `unit` fen."""
    return -(-amount // unit) * unit
