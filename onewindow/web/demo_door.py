"""The demo accounts of the sign-in page. `project` plugs in where they come from; in production nobody does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: str
    role: str
    """What the person is: 居民, or post and place."""
    what_to_try: str
    is_staff: bool = False


class _Door:
    source: Callable[[], Sequence[DemoAccount]] | None = None


def open_door(source: Callable[[], Sequence[DemoAccount]]) -> None:
    _Door.source = source


def demo_accounts() -> Sequence[DemoAccount]:
    return _Door.source() if _Door.source else ()
