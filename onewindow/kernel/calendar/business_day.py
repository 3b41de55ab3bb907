from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The city's date, whatever the machine's or the visitor's time zone is; from the one clock that instants come from."""
    return timezone.now().astimezone(BUSINESS_ZONE).date()
