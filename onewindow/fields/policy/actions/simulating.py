"""What a proposal would cost: asked for at the desk, reckoned by the background worker, which says how far it is."""

from django.db import transaction
from django.utils import timezone

from onewindow.fields.policy.actions.drafting import CHANGED, note
from onewindow.fields.policy.models import SimulationRun, StandardProposal
from onewindow.fields.policy.ports import ports
from onewindow.kernel.audit.acting import NotAllowed, Refused, action
from onewindow.kernel.audit.chain import digest
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import MAX_ATTEMPTS, put_out, sends
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import post
from onewindow.kernel.staff.posts import Post

State = SimulationRun.State
YEAR = 12
"""Months, one by one. A study looks at one: in those after it the law itself may have changed."""


class BeingRun(Exception):
    """Another worker has it."""


@action("standard.simulate", "试算标准调整方案", may=post(Post.CITY_POLICY), logs=("population",))
def ask_for_simulation(actor: Actor, proposal: StandardProposal, *, population: str) -> StandardProposal:
    if actor.person_id != proposal.drafted_by_id:
        raise NotAllowed("standard.simulate")
    if not proposal.is_open:
        raise Refused(CHANGED)
    if population not in ports.populations():
        raise Refused("请选择试算用的人口数据。", "population")
    if proposal.run is not None and not proposal.run.is_over:
        raise Refused("正在试算，请稍候。")
    run = SimulationRun.objects.create(
        proposal=proposal, figure=proposal.figure, value_fen=proposal.value_fen, month=proposal.month,
        population=population, asked_by=actor.person, months=1 if proposal.is_study else YEAR,
    )  # fmt: skip
    proposal.run = run
    proposal.save(update_fields=["run"])
    put_out("simulate", f"simulate:{run.public_id}", {"run": run.pk})
    note(actor, proposal, "试算", run.get_population_display())
    return proposal


def simulate_run(pk: int, *, is_last: bool = False) -> SimulationRun:
    """Killed in between, it is done anew: a run changes nothing but its own row."""
    run = _taken(pk)
    if run.is_over:
        return run
    try:
        told = ports.simulate(run, lambda done, of: _heard(pk, done, of))
    except Refused as refusal:
        return _ended(run, State.FAILED, problem=refusal.message[:300])
    except Exception:
        if is_last:
            _ended(run, State.FAILED, problem="系统出错，没有算完，管理员可在后台日志中查看原因。请重新试算。")
        else:
            SimulationRun.objects.filter(pk=pk).update(state=State.WAITING, heard_at=None)
        raise
    return _ended(
        run, State.DONE, law_version=told.law_version, households=told.households, persons=told.persons,
        result=told.result, digest=digest(told.result),
    )  # fmt: skip


def _taken(pk: int) -> SimulationRun:
    with transaction.atomic():
        run = SimulationRun.objects.select_for_update().get(pk=pk)
        if run.state == State.RUNNING and not run.is_silent:
            raise BeingRun
        if not run.is_over:
            run.state, run.heard_at, run.done, run.of = State.RUNNING, timezone.now(), 0, 0
            run.save(update_fields=["state", "heard_at", "done", "of"])
        return run


def _heard(pk: int, done: int, of: int) -> None:
    SimulationRun.objects.filter(pk=pk, state=State.RUNNING).update(done=done, of=of, heard_at=timezone.now())


def _ended(run: SimulationRun, state: str, **values: object) -> SimulationRun:
    now = {"state": state, "ended_at": timezone.now(), **values}
    for name, value in now.items():
        setattr(run, name, value)
    run.save(update_fields=list(now))
    return run


@sends("simulate")
def _simulate(message: OutMessage) -> None:
    simulate_run(message.payload["run"], is_last=message.attempts >= MAX_ATTEMPTS)
