"""The clock of a case in words, because a colour alone says nothing to many."""

from datetime import date
from typing import Protocol


class Clock(Protocol):
    """What a badge needs; onewindow.kernel.cases.clock.Remaining is one."""

    @property
    def days(self) -> int | None: ...
    @property
    def colour(self) -> str: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def due_on(self) -> date | None: ...


def clock_words(clock: Clock, unit: str = "个工作日") -> str:
    if clock.colour == "paused":
        return "已暂停计时"
    if clock.days is None:
        return "不限时"
    if clock.days < 0:
        return f"已超期{-clock.days}{unit}"
    return "今天到期" if clock.days == 0 else f"剩{clock.days}{unit}"
