"""Two people, neither of whom drafted it, approve a proposal over what they see; then it is the law from its month on."""

from django.db import transaction
from django.utils import timezone

from onewindow.fields.policy.actions.drafting import CHANGED, digest_of, must_stand, note, this_month
from onewindow.fields.policy.law import look
from onewindow.fields.policy.models import LawChange, StandardProposal
from onewindow.fields.policy.ports import ports
from onewindow.kernel.audit.acting import NotAllowed, Refused, action
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import post
from onewindow.kernel.staff.posts import Post
from onewindow.rules.system import law_version

State = StandardProposal.State
APPROVERS = (Post.CITY_LEADER,)


def _must_wait(proposal: StandardProposal) -> None:
    if not proposal.is_waiting:
        raise Refused(CHANGED)


@action("standard.approve", "批准标准调整方案", may=post(*APPROVERS), logs=("digest",))
def approve_proposal(actor: Actor, proposal: StandardProposal, *, digest: str) -> StandardProposal:
    """By person, not by account. What is approved is exactly what was on the screen."""
    _must_wait(proposal)
    if actor.person_id == proposal.drafted_by_id:
        raise Refused("起草人不能批准自己起草的方案，请由另外两人批准。")
    if actor.person_id == proposal.first_by_id:
        raise Refused("您已经批准过，请由第二人批准。")
    if digest != proposal.digest or digest_of(proposal) != proposal.digest:
        raise Refused("方案内容与页面显示的不一致，请重新打开核对。")
    _one_at_a_time(proposal)
    must_stand(proposal)
    if proposal.first_by_id is None:
        proposal.first_by, proposal.first_at, proposal.state = actor.person, timezone.now(), State.HALF
    else:
        proposal.second_by, proposal.second_at, proposal.state = actor.person, timezone.now(), State.APPROVED
        _enter(proposal, LawChange.Kind.ENACT)
    proposal.save()
    note(actor, proposal, "批准")
    return proposal


def _one_at_a_time(proposal: StandardProposal) -> None:
    """Two proposals for one figure, approved in the same moment, must see each other."""
    same = StandardProposal.unscoped.select_for_update().filter(figure=proposal.figure)
    list(same.order_by("pk").values_list("pk", flat=True))


def _enter(proposal: StandardProposal, kind: str) -> None:
    assert proposal.first_by is not None and proposal.second_by is not None
    LawChange.objects.create(
        kind=kind, proposal=proposal, figure=proposal.figure, month=proposal.month, value_fen=proposal.value_fen,
        document=proposal.document, digest=proposal.digest, drafted_by_id=proposal.drafted_by_id,
        first_by=proposal.first_by, second_by=proposal.second_by,
    )  # fmt: skip
    # Robust: it is decided, whether this process hears of it now or in two seconds.
    transaction.on_commit(lambda: look(now=True), robust=True)


@action("standard.return", "退回标准调整方案", may=post(*APPROVERS))
def return_proposal(actor: Actor, proposal: StandardProposal, *, reason: str) -> StandardProposal:
    """To be changed and handed in again; whoever approved before has to look again."""
    _must_wait(proposal)
    if not reason.strip():
        raise Refused("请填写退回原因。", "reason")
    note(actor, proposal, "退回", reason)
    proposal.state, proposal.digest = State.RETURNED, ""
    proposal.first_by, proposal.first_at = None, None
    proposal.save()
    return proposal


@action("standard.withdraw", "撤回标准调整方案", may=post(Post.CITY_POLICY, *APPROVERS))
def withdraw_proposal(actor: Actor, proposal: StandardProposal, *, reason: str) -> StandardProposal:
    """By its drafter until it is approved, by a leader after that; never once its month has begun."""
    if not reason.strip():
        raise Refused("请填写撤回原因。", "reason")
    if proposal.state == State.WITHDRAWN:
        raise Refused(CHANGED)
    if proposal.state == State.APPROVED:
        _undo(actor, proposal)
    elif actor.person_id != proposal.drafted_by_id:
        raise NotAllowed("standard.withdraw")
    proposal.state = State.WITHDRAWN
    proposal.save()
    note(actor, proposal, "撤回", reason)
    return proposal


def _undo(actor: Actor, proposal: StandardProposal) -> None:
    if not actor.holds(*APPROVERS):
        raise NotAllowed("standard.withdraw")
    if proposal.month <= this_month():
        raise Refused("执行月份已经开始，不能撤回；需要再调整的，请另行起草方案。")
    ports.before_withdrawal(law_version())
    _enter(proposal, LawChange.Kind.WITHDRAW)
