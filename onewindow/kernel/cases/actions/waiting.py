"""Steps that end by themselves when their days are over: a cooling-off that was waited out, an appointment nobody kept."""

from onewindow.kernel.audit.acting import action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases import engine
from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.catalog import matters
from onewindow.kernel.outbox.sending import sweep
from onewindow.kernel.staff.actor import SYSTEM, Actor

MOST = 500


@sweep
def end_waiting() -> int:
    codes = {step.code for matter in matters().values() for step in matter.steps if step.on_due}
    late = StepRun.unscoped.filter(ended_at=None, step_code__in=codes, due_on__lt=today())
    ended = 0
    for run in late.select_related("case").order_by("id")[:MOST]:
        ended += end_by_clock(SYSTEM, run)
    return ended


@action("step.end_by_clock", "期限届满", may=lambda actor, run: actor.is_system)
def end_by_clock(actor: Actor, run: StepRun) -> bool:
    """Again is harmless. A case whose clock is halted by hand waits on."""
    step = step_of_run(run)
    if run.ended_at is not None or not step.on_due or run.due_on is None or run.due_on >= today():
        return False
    if run.case.paused_from is not None:
        return False
    engine.end_run(run, step.outcome(step.on_due), actor=actor, record={"reason": "期限届满。"}, since=run.due_on)
    return True
