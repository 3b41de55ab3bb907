"""From JSON to what the same field would get from a page."""

from typing import Any

from django.forms import Field

from onewindow.kernel.cases.fields import MoneyField, yuan_text


def as_typed(field: Field | None, value: Any) -> Any:
    """
    Whole numbers for money are fen, as we give them out ourselves: read back as yuan they would be a hundred times as
    much. Truth values stay: a box that is not ticked is no text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(field, MoneyField) and isinstance(value, int):
        return yuan_text(value).replace(",", "")
    return str(value)
