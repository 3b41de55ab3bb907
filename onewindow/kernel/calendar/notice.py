"""A year's holidays as an official writes them down from the State Council's notice (YAML). See `notice_example.yaml`."""

# The keys are long on purpose: YAML reads a bare "on" or "off" as true or false.

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Of the lunar ones and Qingming the day moves; they are checked by number (全国年节及纪念日放假办法, 2024: 13 days)."""
LEGAL_DAYS_OFF = 13


class UnreadableNotice(ValueError):
    """The message says in Chinese what is wrong and what to do."""


@dataclass(frozen=True)
class Notice:
    year: int
    source: str
    days: dict[date, tuple[bool, str]]
    """Date → (is it worked, name)."""


def read_notice(text: str) -> Notice:
    try:
        told = yaml.safe_load(text)
        days = {on: (False, str(span["name"])) for span in told["holidays"] for on in _span(span)}
        worked = {on: (True, str(span["name"])) for span in told["worked"] for on in _span(span)}
        notice = Notice(int(told["year"]), str(told["source"]).strip(), {**days, **worked})
    except UnreadableNotice:
        raise
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableNotice(f"放假安排读不懂，请对照示例文件检查写法：{error}") from None
    if days.keys() & worked.keys():
        twice = min(days.keys() & worked.keys())
        raise UnreadableNotice(f"{twice:%Y-%m-%d}既写成放假又写成上班，请核对通知原文。")
    return notice


def _span(told: dict[str, Any]) -> list[date]:
    first = told["day"] if "day" in told else told["from"]
    last = told.get("until", first)
    if type(first) is not date or type(last) is not date or not 0 <= (last - first).days < 30:
        raise UnreadableNotice(f"“{told.get('name', '')}”的日期应写成 2027-01-01 的样子，止日不早于起日。")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def flaws_of(notice: Notice) -> list[str]:
    """Why the notice can't be right: half a year's holidays taken for the whole would give wrong, unmarked deadlines."""
    year, days = notice.year, notice.days
    off = {on for on, (is_worked, _) in days.items() if not is_worked}
    found = [] if notice.source else ["请写明国务院办公厅通知的文号。"]
    first, last = date(year - 1, 12, 26), date(year, 12, 31)
    found += [f"{on:%Y-%m-%d}不属于{year}年的放假安排。" for on in sorted(days) if not first <= on <= last]
    missing = [date(year, *day) for day in FIXED_HOLIDAYS if date(year, *day) not in off]
    found += [f"缺少法定节假日{on:%Y-%m-%d}，请核对是否录全。" for on in missing]
    if len(off) < LEGAL_DAYS_OFF:
        found.append(f"放假只有{len(off)}天，少于法定的{LEGAL_DAYS_OFF}天，请核对是否录全。")
    worked = sorted(on for on, (is_worked, _) in days.items() if is_worked)
    found += [
        f"{on:%Y-%m-%d}是星期{'一二三四五'[on.weekday()]}，不是调休上班的周末，请核对。"
        for on in worked
        if on.weekday() < 5
    ]
    return found
