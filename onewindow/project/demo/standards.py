"""The demo's proposal: another dibao standard from next January, simulated over invented people and handed in."""

from collections.abc import Callable

from onewindow.fields.policy.actions import drafting, simulating
from onewindow.fields.policy.models import SimulationRun, StandardProposal
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.staff.actor import Actor
from onewindow.project.demo.story import Story
from onewindow.project.simulating import months_from


def propose(story: Story, progress: Callable[[str], None]) -> None:
    """One month only, or the first start would wait; whoever tries it reckons the year."""
    _study(story)
    me, month = story.people["policy"], months_from(f"{today():%Y}-12", 2)[1]
    proposal = drafting.draft_proposal(
        me, None, figure="standard.unified", value_fen=108_000, month=month, document="示例文件（演示）",
        reason="示例：按上年城乡居民人均消费支出的增长，参照近年调整幅度，拟由1045元提高到1080元。",
    )  # fmt: skip
    drafting.submit_proposal(me, _simulated(me, proposal))
    progress("标准调整方案：1个待两人批准，1个只作试算")


def _study(story: Story) -> None:
    """The rise of September 2025, as it would have looked in the month before."""
    me = story.people["policy"]
    _simulated(
        me,
        drafting.draft_proposal(
            me, None, figure="standard.unified", value_fen=104_500, month="2025-08", document="津民规〔2025〕6号",
            reason="回看：低保标准由1010元提高到1045元（2025年9月起执行），按提高前的8月测算。", is_study=True,
        ),
    )  # fmt: skip


def _simulated(me: Actor, proposal: StandardProposal) -> StandardProposal:
    proposal = simulating.ask_for_simulation(me, proposal, population=SimulationRun.Population.SYNTHETIC)
    assert proposal.run_id is not None
    SimulationRun.objects.filter(pk=proposal.run_id).update(months=1)
    simulating.simulate_run(proposal.run_id)
    OutMessage.objects.filter(channel="simulate").delete()
    proposal.refresh_from_db()
    return proposal
