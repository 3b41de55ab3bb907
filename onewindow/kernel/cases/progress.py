"""Where a case stands on its way, for the line of steps that people see."""

from dataclasses import dataclass
from datetime import date, datetime

from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.cases.steps import applies, steps_of

DONE, NOW, AHEAD = "done", "current", "todo"


@dataclass(frozen=True)
class Progress:
    code: str
    name: str
    state: str
    ended_at: datetime | None = None
    due_on: date | None = None
    provisional: bool = False


def progress(case: Case, known: list[StepRun] | None = None) -> list[Progress]:
    """The steps that are on this case's way; ones that were passed over are left out."""
    runs = {run.step_code: run for run in (known if known is not None else case.runs.order_by("id"))}
    found = []
    for step in steps_of(case):
        run = runs.get(step.code)
        if run is None and (case.closed_at is not None or not applies(case, step)):
            continue
        is_back = (
            case.state == Case.State.SUPPLEMENT and step.before_acceptance
        )  # told what is missing, not yet accepted
        state = AHEAD if run is None else DONE if run.ended_at and not is_back else NOW
        found.append(
            Progress(
                step.code, step.name, state, run.ended_at if run else None,
                run.due_on if run else None, bool(run and run.due_is_provisional),
            )
        )  # fmt: skip
    return found
