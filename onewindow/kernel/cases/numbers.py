from django.db import transaction

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case, Counter


@transaction.atomic
def next_in(series: str) -> int:
    counter, _ = Counter.objects.select_for_update().get_or_create(series=series)
    counter.last += 1
    counter.save()
    return counter.last


def new_case_number(case: Case) -> str:
    """Street code, day and a number of that day: 120101001-20261123-0007."""
    series = f"{case.place_id[:9]}-{today():%Y%m%d}"
    return f"{series}-{next_in(series):04d}"
