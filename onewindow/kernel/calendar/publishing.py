"""Loading a year's holidays when the State Council has published them."""

from datetime import date
from typing import Any

from django.db import transaction

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.models import CalendarDay
from onewindow.kernel.calendar.notice import Notice, flaws_of
from onewindow.kernel.calendar.working_days import forget_own_days


@action("calendar.publish", "公布放假安排", may=lambda actor, _: actor.is_system, logs=("year", "source"))
def publish_holidays(actor: Any, _: None, *, year: int, days: dict[date, tuple[bool, str]], source: str) -> int:
    """`days`: date → (is it worked, name). Replaces what was loaded of this year's notice; returns how many days."""
    flaws = flaws_of(Notice(year, source.strip(), days))
    if flaws:
        raise Refused(" ".join(flaws[:5]))
    CalendarDay.objects.filter(notice_year=year).delete()
    rows = [CalendarDay(on=on, is_working=w, name=n, source=source, notice_year=year) for on, (w, n) in days.items()]
    CalendarDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["on"], update_fields=["is_working", "name", "source", "notice_year"]
    )
    # Not before: what another request reads now is still the old table.
    transaction.on_commit(forget_own_days)
    return len(rows)
