"""What stands in a form's hidden fields, and may have been typed by anybody."""

MOST_DIGITS = 18


def row_number(typed: str) -> int:
    """The number of a row; 0, which no row has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0
