from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from onewindow.fields.policy import law
from onewindow.fields.policy.actions import drafting, simulating
from onewindow.fields.policy.models import SimulationRun, StandardProposal
from onewindow.fields.policy.ports import Told, ports
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post
from onewindow.rules.system import law_version, put_in_force
from tests.factories import CITY, City

LINE = {"name": "全市", "households": 10, "before_fen": 100, "after_fen": 150, "gaining": 3, "losing": 1, "newly": 1,
        "ending": 0, "gap_before_fen": 80, "gap_after_fen": 40}  # fmt: skip
RESULT = {
    "whole": LINE,
    "by": {"district": [{**LINE, "name": "120101"}], "household_type": [{**LINE, "name": "alone"}]},
    "months": [{"month": f"2027-{n:02d}", "before_fen": 100, "after_fen": 150} for n in range(1, 13)],
}
RAISE: dict[str, Any] = {
    "figure": "standard.unified", "value_fen": 108_000, "month": "2027-01", "document": "津民规〔2026〕9号",
    "reason": "按上年居民人均消费支出的增长调整。",
}  # fmt: skip


@pytest.fixture(autouse=True)
def files_only() -> Iterator[None]:
    """What a test approves is rolled back; the process must forget it too."""
    yield
    put_in_force(())
    law._seen = 0


@pytest.fixture
def reckoned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "simulate", lambda run, progress: Told(law_version(), 10, 20, RESULT))


@dataclass
class Hall:
    city: City

    def __post_init__(self) -> None:
        self.officer, self.other_officer = (self.city.staff(Post.CITY_POLICY, CITY) for _ in range(2))
        self.leader, self.second, self.third = (self.city.staff(Post.CITY_LEADER, CITY) for _ in range(3))

    def drafted(self, **other: Any) -> StandardProposal:
        return drafting.draft_proposal(self.officer, None, **{**RAISE, **other})

    def simulated(self, **other: Any) -> StandardProposal:
        proposal = self.drafted(**other)
        return self.simulate(proposal)

    def simulate(self, proposal: StandardProposal) -> StandardProposal:
        simulating.ask_for_simulation(self.officer, proposal, population=SimulationRun.Population.SYNTHETIC)
        proposal.refresh_from_db()
        assert proposal.run is not None
        simulating.simulate_run(proposal.run.pk)
        proposal.refresh_from_db()
        return proposal

    def submitted(self, **other: Any) -> StandardProposal:
        return drafting.submit_proposal(self.officer, self.simulated(**other))

    def approved(self, *by: Actor, **other: Any) -> StandardProposal:
        from onewindow.fields.policy.actions import deciding

        proposal = self.submitted(**other)
        for actor in by or (self.leader, self.second):
            proposal = deciding.approve_proposal(actor, proposal, digest=proposal.digest)
        law.look(now=True)
        return proposal


@pytest.fixture
def hall(db: None, reckoned_at_once: None) -> Hall:
    return Hall(City().lay())
