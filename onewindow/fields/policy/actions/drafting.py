"""A policy officer writes a proposal, changes it while it is theirs, and hands it in."""

import hashlib
import json
import re
from typing import Any

from onewindow.fields.policy.models import ProposalNote, StandardProposal
from onewindow.fields.policy.ports import ports
from onewindow.kernel.audit.acting import NotAllowed, Refused, action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import post
from onewindow.kernel.staff.posts import Post
from onewindow.rules.reforming import Changeable, changeable
from onewindow.rules.system import law_version

State = StandardProposal.State
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
COUNTED = ("每人每月", "每户每月")
"""What a simulation reckons: sums by the month. What is paid once comes by events that no population holds."""
MOST_TIMES = 10
CHANGED = "方案的状态已变化，请刷新页面。"


def proposable(month: str) -> list[Changeable]:
    priced = ports.counted(month)
    return [each for each in changeable(month) if each.per in COUNTED and each.name in priced]


def this_month() -> str:
    return f"{today():%Y-%m}"


def figure_for(name: str, month: str, *, is_study: bool = False) -> Changeable:
    """The figure as the law has it in that month. Refuses what may not be changed, or not from then."""
    if not MONTH.fullmatch(month):
        raise Refused("请按“2027-01”的样式填写执行月份。", "month")
    if month <= this_month() and not is_study:
        raise Refused(f"执行月份应在{this_month()}之后：已经开始的月份不能改标准，只能试算。", "month")
    found = next((each for each in proposable(month) if each.name == name), None)
    if found is None:
        raise Refused("请在列表中选择一项那个月已有数额的标准。", "figure")
    if not is_study and found.newest >= f"{month}-01":
        raise Refused(f"这项标准自{found.newest[:7]}起已有规定，执行月份应在那之后。", "month")
    return found


def _write(
    proposal: StandardProposal, *, figure: str, value_fen: int, month: str, document: str, reason: str, is_study: bool
) -> None:
    known = figure_for(figure, month, is_study=is_study)
    if value_fen == known.fen:
        raise Refused("新标准与现行标准相同。", "value_fen")
    if not known.fen // MOST_TIMES <= value_fen <= known.fen * MOST_TIMES:
        raise Refused(f"新标准与现行标准（{known.fen / 100:.2f}元）相差十倍以上，请核对单位是否为元。", "value_fen")
    for name, text, words in (("document", document, "文件名称和文号"), ("reason", reason, "调整理由")):
        if not text.strip():
            raise Refused(f"请填写{words}。", name)
    proposal.figure, proposal.label, proposal.before_fen = figure, known.label, known.fen
    proposal.value_fen, proposal.month = value_fen, month
    proposal.document, proposal.reason = document.strip()[:120], reason.strip()[:4000]
    proposal.is_study, proposal.run, proposal.digest = is_study, None, ""


def note(actor: Actor, proposal: StandardProposal, what: str, text: str = "") -> None:
    ProposalNote.objects.create(
        proposal=proposal,
        what=what,
        text=text[:600],
        digest=proposal.digest,
        by=actor.person,
        by_label=actor.label[:80],
    )


@action("standard.draft", "起草标准调整方案", may=post(Post.CITY_POLICY), logs=("figure", "value_fen", "month"))
def draft_proposal(
    actor: Actor, target: None, *, figure: str, value_fen: int, month: str, document: str, reason: str,
    is_study: bool = False,
) -> StandardProposal:  # fmt: skip
    assert actor.person is not None
    proposal = StandardProposal(drafted_by=actor.person)
    _write(
        proposal, figure=figure, value_fen=value_fen, month=month, document=document, reason=reason, is_study=is_study
    )
    proposal.save(force_insert=True)
    note(actor, proposal, "起草")
    return proposal


@action("standard.change", "修改标准调整方案", may=post(Post.CITY_POLICY), logs=("figure", "value_fen", "month"))
def change_proposal(
    actor: Actor, proposal: StandardProposal, *, figure: str, value_fen: int, month: str, document: str, reason: str,
    is_study: bool = False,
) -> StandardProposal:  # fmt: skip
    """What is changed is simulated anew."""
    _must_be_mine(actor, proposal)
    if is_study and proposal.state != State.DRAFT:
        raise Refused("退回的方案不能改为只作试算，请另行起草。", "is_study")
    _write(
        proposal, figure=figure, value_fen=value_fen, month=month, document=document, reason=reason, is_study=is_study
    )
    proposal.save()
    note(actor, proposal, "修改")
    return proposal


def _must_be_mine(actor: Actor, proposal: StandardProposal) -> None:
    if actor.person_id != proposal.drafted_by_id:
        raise NotAllowed("standard.change")
    if not proposal.is_open:
        raise Refused(CHANGED)


@action("standard.submit", "提交标准调整方案", may=post(Post.CITY_POLICY))
def submit_proposal(actor: Actor, proposal: StandardProposal) -> StandardProposal:
    _must_be_mine(actor, proposal)
    if proposal.is_study:
        raise Refused("只作试算的方案不能提交批准。要调整标准，请改为正式方案并选择今后的月份。")
    must_stand(proposal)
    proposal.digest, proposal.state = digest_of(proposal), State.SUBMITTED
    proposal.save()
    note(actor, proposal, "提交")
    return proposal


def must_stand(proposal: StandardProposal) -> None:
    """Simulated as it is now, over the law as it is now, and still to come."""
    run = proposal.run
    if run is None or run.state != run.State.DONE:
        raise Refused("请先完成试算：批准的人要看到花多少钱、哪些家庭多得或少得。")
    if run.law_version != law_version():
        raise Refused("试算之后法规有变化，请重新试算。")
    known = figure_for(proposal.figure, proposal.month)
    if known.fen != proposal.before_fen:
        raise Refused("现行标准已经变化，请修改方案并重新试算。")


def digest_of(proposal: StandardProposal) -> str:
    """What is on the approver's screen: the change, its document and reason, and the simulation."""
    run = proposal.run
    assert run is not None
    told: dict[str, Any] = {
        "figure": proposal.figure, "before_fen": proposal.before_fen, "value_fen": proposal.value_fen,
        "month": proposal.month, "document": proposal.document, "reason": proposal.reason,
        "drafted_by": proposal.drafted_by_id, "run": str(run.public_id), "law_version": run.law_version,
        "population": run.population, "households": run.households, "persons": run.persons, "result": run.result,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def populations() -> list[str]:
    return ports.populations()
