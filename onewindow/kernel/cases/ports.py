"""What the engine needs from higher floors. `project/wiring.py` plugs the adapters in at start-up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onewindow.kernel.cases.models import Case, Decision, StepRun


@dataclass(frozen=True)
class Assessed:
    """The rules' answer for one case. `result` is what the page and the letter show and what replays."""

    month: str
    law_version: str
    is_eligible: bool | None
    amount_fen: int | None
    within_limit: bool | None
    cap_fen: int | None
    result: dict[str, Any]
    problem: str = ""


def _nothing_plugged(*_: Any) -> Any:
    raise RuntimeError("no adapter plugged; see project/wiring.py")


@dataclass
class Ports:
    assess: Callable[["Case", date], Assessed] = _nothing_plugged
    ask_sources: Callable[[Any, "Case"], bool] = _nothing_plugged
    """Sends the queries of a case; False where there is nothing to wait for."""
    sources_settled: Callable[["Case"], bool] = _nothing_plugged
    """Have all sources of the case answered, or been replaced by a letter?"""
    report: Callable[["Case"], Any] = _nothing_plugged
    """The report of the economic check: declared against found, differences, missing sources; None before it."""
    own_findings: Callable[["Case", Any], list[dict[str, Any]]] = _nothing_plugged
    """What the sources said of this one person (PIPL a45): a person sees their own, nobody else's."""
    on_approved: Callable[["Case", "Decision"], None] = _nothing_plugged
    on_overturned: Callable[["Case", "Decision"], None] = _nothing_plugged

    on_work_done: Callable[["StepRun"], None] = _nothing_plugged


ports = Ports()
