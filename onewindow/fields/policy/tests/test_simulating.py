"""The run: asked for by the drafter, done by the background worker, told in words where it could not be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onewindow.fields.policy.actions import simulating
from onewindow.fields.policy.models import SimulationRun
from onewindow.fields.policy.ports import ports
from onewindow.fields.policy.tests.conftest import RESULT, Hall
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import send_waiting

State = SimulationRun.State


def test_the_worker_does_what_was_asked_for(hall: Hall) -> None:
    proposal = simulating.ask_for_simulation(hall.officer, hall.drafted(), population="synthetic")
    assert proposal.run is not None and proposal.run.state == State.WAITING
    assert send_waiting(channel="simulate") == 1
    run = SimulationRun.objects.get()
    assert (run.state, run.result, run.households) == (State.DONE, RESULT, 10) and run.digest and run.law_version
    with pytest.raises(Refused, match="人口数据"):
        simulating.ask_for_simulation(hall.officer, proposal, population="nobody")


def test_two_workers_do_not_reckon_the_same_and_a_dead_one_is_followed(hall: Hall) -> None:
    proposal = simulating.ask_for_simulation(hall.officer, hall.drafted(), population="synthetic")
    SimulationRun.objects.update(state=State.RUNNING, heard_at=timezone.now())
    assert proposal.run is not None
    with pytest.raises(simulating.BeingRun):
        simulating.simulate_run(proposal.run.pk)
    assert send_waiting(channel="simulate") == 0 and OutMessage.objects.get(channel="simulate").sent_at is None
    SimulationRun.objects.update(heard_at=timezone.now() - timedelta(seconds=121))
    assert simulating.simulate_run(proposal.run.pk).state == State.DONE


def test_what_cannot_be_reckoned_says_why(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def empty(run: SimulationRun, progress: object) -> None:
        raise Refused("本市登记数据里还没有住户，无法试算。")

    monkeypatch.setattr(ports, "simulate", empty)
    proposal = hall.simulated()
    assert proposal.run is not None
    assert (proposal.run.state, proposal.run.problem) == (State.FAILED, "本市登记数据里还没有住户，无法试算。")


def test_a_broken_run_is_tried_again_and_in_the_end_says_so(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(run: SimulationRun, progress: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(ports, "simulate", broken)
    proposal = simulating.ask_for_simulation(hall.officer, hall.drafted(), population="synthetic")
    assert proposal.run is not None
    with pytest.raises(OSError, match="disk"):
        simulating.simulate_run(proposal.run.pk)
    assert SimulationRun.objects.get().state == State.WAITING
    with pytest.raises(OSError, match="disk"):
        simulating.simulate_run(proposal.run.pk, is_last=True)
    assert SimulationRun.objects.get().state == State.FAILED


def test_how_far_it_is_can_be_read_meanwhile(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, seen = ports.simulate, []

    def slowly(run: SimulationRun, progress: simulating.State) -> object:  # type: ignore[valid-type]
        progress(3, 12)  # type: ignore[operator]
        seen.append(SimulationRun.objects.get().percent)
        return usual(run, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(ports, "simulate", slowly)
    hall.simulated()
    assert seen == [25]
