from datetime import date, datetime
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The city's date, whatever the machine's or the visitor's time zone is."""
    return datetime.now(BUSINESS_ZONE).date()
