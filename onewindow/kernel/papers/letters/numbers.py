from django.db import transaction

from onewindow.kernel.papers.models import LetterSeries


@transaction.atomic
def next_serial(series: str, year: int) -> int:
    """Without gaps: a letter that is rolled back gives its number back."""
    counter, _ = LetterSeries.objects.select_for_update().get_or_create(series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def letter_number(series: str, year: int, serial: int) -> str:
    return f"{series}〔{year}〕{serial:06d}号"
