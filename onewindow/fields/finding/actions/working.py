"""Working a lead: take it, ask the person, and say how it ended."""

from django.utils import timezone

from onewindow.fields.finding.models import Lead, LeadNote
from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.cases.actions.applying import start_case
from onewindow.kernel.cases.models import Case
from onewindow.kernel.outbox.sending import sweep
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post

State = Lead.State
WORKERS = (Post.STREET_OFFICER, Post.DISTRICT_OFFICER, Post.STREET_WINDOW)
WAYS = {"phone": "电话", "visit": "上门", "window": "窗口", "message": "短信"}
CONSENTS = {"signed": "本人签字", "spoken": "本人口头同意（已记录）", "guardian": "监护人同意"}


def may_work(actor: Actor, lead: Lead) -> bool:
    """At the place where the person lives, and never a lead about oneself."""
    return actor.person_id != lead.person_id and actor.holds(*WORKERS, at=lead.place_id)


def _must_be_open(lead: Lead) -> None:
    if not lead.is_open:
        raise Refused(f"这条线索已办结（{lead.get_state_display()}），不能再改动。")


def _note(lead: Lead, what: str, text: str, actor: Actor) -> None:
    LeadNote.objects.create(lead=lead, what=what, text=text[:600], by=actor.label)


@action("lead.take", "认领线索", may=may_work)
def take(actor: Actor, lead: Lead) -> Lead:
    _must_be_open(lead)
    if lead.taken_by_id not in (None, actor.person_id):
        raise Refused("这条线索已由同事认领，请刷新页面。")
    if lead.state == State.NEW:
        lead.state = State.TAKEN
    lead.taken_by = actor.person
    lead.save(update_fields=["state", "taken_by"])
    _note(lead, "taken", "认领", actor)
    return lead


@action("lead.release", "退回线索", may=may_work)
def release(actor: Actor, lead: Lead) -> Lead:
    _must_be_open(lead)
    if lead.taken_by_id != actor.person_id:
        raise Refused("不是您认领的线索，不能退回。")
    lead.taken_by = None
    lead.state = State.NEW if lead.state == State.TAKEN else lead.state
    lead.save(update_fields=["state", "taken_by"])
    _note(lead, "released", "退回，待他人认领", actor)
    return lead


def _must_be_mine(actor: Actor, lead: Lead) -> None:
    _must_be_open(lead)
    if lead.taken_by_id != actor.person_id:
        raise Refused("请先认领这条线索。")


@action("lead.contact", "记录联系", may=may_work, logs=("way",))
def contact(actor: Actor, lead: Lead, *, way: str, text: str) -> Lead:
    """Telling somebody of their right needs no consent; what was said is kept."""
    _must_be_mine(actor, lead)
    if way not in WAYS:
        raise Refused("请选择联系方式。", "way")
    if len(text.strip()) < 2:
        raise Refused("请写明联系的情况，例如“接通，本人愿意申请”。", "text")
    lead.state = State.CONTACTED
    lead.save(update_fields=["state"])
    _note(lead, "contacted", f"{WAYS[way]}：{text.strip()}", actor)
    return lead


@action("lead.consent", "记录同意使用信息", may=may_work, logs=("given",))
def record_consent(actor: Actor, lead: Lead, *, given: str) -> Lead:
    """Before what the city knows is put together into an assessment of somebody who has applied for nothing (PIPL a13, a14)."""
    _must_be_mine(actor, lead)
    if given not in CONSENTS:
        raise Refused("请选择同意的方式。", "given")
    if lead.state != State.CONTACTED:
        raise Refused("请先联系本人，说明用途，再记录是否同意。")
    lead.consented_at = timezone.now()
    lead.save(update_fields=["consented_at"])
    _note(lead, "consented", f"同意使用已有信息测算：{CONSENTS[given]}", actor)
    return lead


ENDINGS = {State.DECLINED: "本人不申请", State.WRONG: "线索有误"}


@action("lead.end", "办结线索", may=may_work, logs=("outcome", "reason"))
def end(actor: Actor, lead: Lead, *, outcome: str, reason: str) -> Lead:
    """Declined by the person, or wrong; the reason teaches the next search."""
    _must_be_mine(actor, lead)
    if outcome not in ENDINGS:
        raise Refused("请选择结果。", "outcome")
    if outcome == State.DECLINED and lead.state != State.CONTACTED:
        raise Refused("还没有联系过本人，不能记为“本人不申请”。请先记录联系情况。", "outcome")
    if len(reason.strip()) < 2:
        raise Refused("请写明原因，例如“已随子女迁往外地”。", "reason")
    lead.state, lead.outcome_reason, lead.ended_at = State(outcome), reason.strip()[:400], timezone.now()
    lead.save(update_fields=["state", "outcome_reason", "ended_at"])
    _note(lead, outcome, f"{ENDINGS[State(outcome)]}：{reason.strip()}", actor)
    return lead


def may_open_case(actor: Actor, lead: Lead) -> bool:
    """Whoever may take applications: the officer who later decides does not also write the form."""
    return may_work(actor, lead) and actor.holds(Post.STREET_WINDOW)


@action("lead.open_case", "由线索代为申请", may=may_open_case)
def open_case(actor: Actor, lead: Lead) -> Lead:
    """A draft with what the registers know already filled in; the lead is settled when it is handed in."""
    _must_be_open(lead)
    if lead.matter is None:
        raise Refused("本市尚未开通这项待遇的申请，请记录后转告有关科室。")
    if lead.state != State.CONTACTED:
        raise Refused("请先联系本人并记录其意愿，再代为申请。")
    place = next(held.place for held in actor.posts if held.post == Post.STREET_WINDOW) if lead.matter.any_hukou else ""
    told = f"主动发现，{lead.month}线索，本人同意申请"
    lead.case = start_case(actor, None, matter=lead.matter, applicant=lead.person, mandate=told, place_code=place)
    lead.save(update_fields=["case"])
    _note(lead, "case", "已开始代为申请", actor)
    return lead


@sweep
def settle_leads() -> int:
    """Leads whose case was handed in are applied; one whose draft was thrown away is open again."""
    waiting = Lead.unscoped.filter(state__in=Lead.OPEN).exclude(case=None)
    waiting.filter(case__state=Case.State.DISCARDED).update(case=None)
    done = waiting.exclude(case__state__in=[Case.State.DRAFT, Case.State.DISCARDED])
    return done.update(state=State.APPLIED, ended_at=timezone.now(), outcome_reason="已提交申请")
