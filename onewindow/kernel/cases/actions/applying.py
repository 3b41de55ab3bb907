"""What an applicant does, by phone or through a window clerk."""

from datetime import date
from typing import Any

from django.utils import timezone

from onewindow.kernel.audit.acting import NotAllowed, Refused, action, can
from onewindow.kernel.calendar.working_days import add_calendar_days, today
from onewindow.kernel.cases import engine, letters
from onewindow.kernel.cases.callbacks import open_callback
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.facts import differences, prefilled, read_sheets
from onewindow.kernel.cases.missing import adults, missing_facts
from onewindow.kernel.cases.models import Case, CaseMember, CasePaper, FactSheet, Rating
from onewindow.kernel.cases.numbers import new_case_number
from onewindow.kernel.cases.other_party import name_other_party
from onewindow.kernel.cases.own_acts import hand_in, must_not_object
from onewindow.kernel.catalog import Matter
from onewindow.kernel.papers.models import Paper
from onewindow.kernel.papers.uploads import accept_upload
from onewindow.kernel.people.models import Consent, Household, Person
from onewindow.kernel.places.codes import street_of
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import either
from onewindow.kernel.staff.posts import Post

CONSENT_TEXT_VERSION = "2026-11"
CONSENT_DAYS = 365


def is_applicant(actor: Actor, case: Case) -> bool:
    return actor.person_id is not None and actor.person_id in (case.applicant_id, case.agent_id) and not actor.is_staff


def is_window(actor: Actor, case: Case) -> bool:
    """The window that took it, or the window of the street that handles it."""
    return actor.holds(Post.STREET_WINDOW, at=case.intake_place_id or case.place_id) or actor.holds(
        Post.STREET_WINDOW, at=case.place_id
    )


may_fill = either(is_applicant, is_window)


def may_start(actor: Actor, _: Any) -> bool:
    return actor.person_id is not None


@action("case.start", "开始申请", may=may_start, logs=("mandate",))
def start_case(
    actor: Actor,
    _: None,
    *,
    matter: Matter,
    applicant: Person,
    agent: Person | None = None,
    mandate: str = "",
    place_code: str = "",
) -> Case:
    """A draft, with the household and what the registers know already filled in. An open draft is given back instead."""
    is_window_clerk = actor.is_staff
    if is_window_clerk and not actor.holds(Post.STREET_WINDOW):
        raise Refused("只有窗口受理员可以代为申请。")
    if not is_window_clerk and actor.person_id not in (applicant.pk, agent.pk if agent else None):
        raise Refused("请由本人申请；代他人申请请到窗口办理委托。")
    existing = Case.unscoped.filter(
        applicant=applicant, matter_code=matter.code, state=Case.State.DRAFT, kind=Case.Kind.APPLICATION
    ).first()
    if existing is not None:
        return existing
    street = place_code or street_of(applicant.place_id or "")
    if not street or (applicant.place_id is None and not matter.any_hukou):
        raise Refused(matter.outside or "本事项由户籍所在地办理，请向户籍所在街道（乡镇）申请。", "place")
    household = _household_of(applicant, today()) if matter.applicant == "household" else None
    case = Case.unscoped.create(
        matter_code=matter.code,
        matter_version=matter.version,
        applicant=applicant,
        household=household,
        place_id=street,
        intake_place_id=next(iter(p.place for p in actor.posts if p.post == Post.STREET_WINDOW), None),
        channel=Case.Channel.WINDOW if is_window_clerk else Case.Channel.PHONE,
        agent=agent,
        mandate=mandate[:200],
        pay_to=applicant.bank_account,
        pay_to_name=applicant.name if applicant.bank_account else "",
    )
    _add_members(case, household)
    case.facts = prefilled(case)
    case.save(update_fields=["facts"])
    add_event(case, "started", "开始填写申请", actor)
    return case


def _household_of(person: Person, on: date) -> Household | None:
    membership = person.memberships.filter(until_on=None).select_related("household").first()
    return membership.household if membership else None


def _add_members(case: Case, household: Household | None) -> None:
    members = list(household.members_on(today())) if household else []
    people = [(member.person_id, member.relation) for member in members] or [(case.applicant_id, "01")]
    CaseMember.objects.bulk_create(
        CaseMember(case=case, person_id=pk, relation=relation, is_applicant=pk == case.applicant_id)
        for pk, relation in people
    )


@action("case.save", "保存申请", may=may_fill)
def save_case(actor: Actor, case: Case, *, data: Any) -> dict[str, dict[str, list[str]]]:
    """Keep what was typed; returns the errors by sheet and field. Invalid values stay as typed and are asked for again."""
    _must_be_editable(case)
    case.facts, errors = read_sheets(case, data)
    errors = {**errors, **name_other_party(case)}
    case.save(update_fields=["facts"])
    return errors


def _must_be_editable(case: Case) -> None:
    if not case.can_be_edited:
        raise Refused("申请已经提交，不能直接修改。需要更正请联系经办人，或撤回后重新申请。")


@action("case.set_account", "填写收款账户", may=may_fill)
def set_account(actor: Actor, case: Case, *, account: str, name: str) -> Case:
    _must_be_editable(case)
    members = set(case.members.values_list("person__name", flat=True)) | {case.applicant.name}
    digits = account.replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or not 12 <= len(digits) <= 24:
        raise Refused("银行账号应为12至24位数字，请核对银行卡正面的号码。", "account")
    if name not in members:
        raise Refused("收款户名须为申请人或共同生活的家庭成员，请核对。", "account_name")
    case.pay_to, case.pay_to_name = digits, name
    case.save(update_fields=["pay_to", "pay_to_name"])
    return case


@action("case.drop_member", "申明不共同生活", may=may_fill, logs=("person_id", "reason"))
def drop_member(actor: Actor, case: Case, *, person_id: int, reason: str) -> Case:
    _must_be_editable(case)
    if person_id == case.applicant_id:
        raise Refused("申请人本人不能从家庭成员中移除。")
    if not reason.strip():
        raise Refused("请说明不共同生活的原因。", "reason")
    member = case.members.filter(person_id=person_id).first()
    if member is None:
        raise Refused("该成员不在本次申请的家庭成员中。")
    add_event(case, "member_dropped", f"申明{member.person.name}不共同生活：{reason}", actor)
    member.delete()
    return case


def may_consent(actor: Actor, case: Case) -> bool:
    """Each adult for self; a window clerk records a signed paper; guardians go through the window."""
    if actor.is_staff:
        return is_window(actor, case)
    return actor.person_id is not None and case.members.filter(person_id=actor.person_id).exists()


@action("case.consent", "授权核对", may=may_consent, logs=("person_id", "given_by"))
def give_consent(actor: Actor, case: Case, *, person_id: int, given_by: str = Consent.GivenBy.SELF) -> Consent:
    """One person's mandate for this case. The clerk records it only where the person signed in front of them."""
    if not actor.is_staff and (person_id != actor.person_id or given_by != Consent.GivenBy.SELF):
        raise Refused("只能由本人授权。未成年人或行为能力受限的成员请由监护人到窗口办理。")
    if actor.is_staff and given_by == Consent.GivenBy.SELF:
        raise Refused("窗口录入的授权须选择“窗口代录”或“监护人代为授权”。")
    if not case.members.filter(person_id=person_id).exists():
        raise Refused("此人不是本次申请的家庭成员。")
    if case.state in Case.ENDED:
        raise Refused("本办件已办结，无需再授权。")
    consent, made = Consent.objects.get_or_create(
        person_id=person_id,
        about=str(case.public_id),
        withdrawn_at=None,
        defaults={
            "purpose": case.matter_code,
            "sources": list(case.matter.asks_sources),
            "lookback_months": case.matter.lookback_months,
            "text_version": CONSENT_TEXT_VERSION,
            "given_by": given_by,
            "given_by_person_id": actor.person_id,
            "given_at": timezone.now(),
            "valid_to": add_calendar_days(today(), CONSENT_DAYS),
        },
    )
    if made:
        said = "已作出声明并签字" if case.matter.parties > 1 else "已授权核对家庭经济状况"
        add_event(case, "consent", f"{consent.person.name}{said}", actor)
    return consent


def is_own_consent(actor: Actor, consent: Consent) -> bool:
    return actor.person_id == consent.person_id


@action("consent.withdraw", "撤回授权", may=is_own_consent)
def withdraw_consent(actor: Actor, consent: Consent) -> Consent:
    """Stops new queries; lawful answers of the past stay （最低生活保障审核确认办法 a29)."""
    if consent.withdrawn_at is None:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        case = Case.unscoped.filter(public_id=consent.about).first()
        if case is not None:
            add_event(case, "consent_withdrawn", f"{consent.person.name}撤回了核对授权", actor)
            tell(case, f"{consent.person.name}撤回了核对授权。缺少授权可能导致终止办理，请与家人沟通或联系窗口。")
    return consent


@action("case.add_paper", "提交材料", may=may_fill, logs=("material",))
def add_paper(actor: Actor, case: Case, *, material: str, paper: Paper) -> CasePaper:
    _must_be_editable(case)
    return CasePaper.objects.create(case=case, material=material, paper=paper)


def upload_paper(actor: Actor, case: Case, *, material: str, file: Any) -> CasePaper:
    """Examine the file first (seconds, in another process), then add it in one short transaction."""
    if not can(actor, "case.add_paper", case):
        raise NotAllowed("case.add_paper")
    if material not in {each.code for each in case.matter.materials}:
        raise Refused("本事项不需要这份材料。", "material")
    _must_be_editable(case)
    paper = accept_upload(file, owner=case.applicant, kind=material, uploaded_by=actor.account)
    return add_paper(actor, case, material=material, paper=paper)


@action("case.remove_paper", "移除材料", may=may_fill)
def remove_paper(actor: Actor, case: Case, *, paper_id: int) -> Case:
    _must_be_editable(case)
    case.papers.filter(paper_id=paper_id, removed_at=None).update(removed_at=timezone.now())
    return case


@action("case.submit", "提交申请", may=may_fill)
def submit_case(actor: Actor, case: Case) -> Case:
    """Hand it in. Facts must be whole; papers and consents that are missing are told once by the window."""
    if case.state == Case.State.SUPPLEMENT:
        return _answer_notice(actor, case)
    if case.state != Case.State.DRAFT:
        raise Refused("申请已经提交，请勿重复提交。可在“我的办件”查看进度。")
    gaps = missing_facts(case)
    if gaps or case.facts.get("typed"):
        names = "、".join(gap.name for gap in gaps[:5]) or "有填写不正确的内容"
        raise Refused(f"申请表还没有填完：{names}。")
    _must_not_run_twice(case)
    must_not_object(case)
    hand_in(case)
    case.state, case.submitted_at, case.number = Case.State.SUBMITTED, timezone.now(), new_case_number(case)
    _keep_facts(case, actor, "提交申请")
    case.save()
    add_event(case, "submitted", f"已提交申请，办件编号{case.number}", actor)
    letters.send_receipt(case, actor)
    engine.begin(case)
    waiting = [m.person for m in adults(case) if m.person_id != case.applicant_id]
    if case.matter.asks_sources and waiting:
        tell(case, f"{case.applicant.name}申请{case.matter.name}，需要您授权核对家庭经济状况，请登录后确认。", *waiting)
    tell(case, f"您的{case.matter.name}申请已收到，编号{case.number}。")
    return case


def _must_not_run_twice(case: Case) -> None:
    if case.household_id is None:
        return
    same = Case.unscoped.filter(household_id=case.household_id, matter_code=case.matter_code, state__in=Case.OPEN)
    other = same.exclude(pk=case.pk).first()
    if other is not None:
        raise Refused(f"您家已有同一事项正在办理（编号{other.number}），无需重复申请。")


def _keep_facts(case: Case, actor: Actor, reason: str) -> None:
    last = case.fact_sheets.order_by("-version").first()
    case.facts_version = (last.version if last else 0) + 1
    FactSheet.objects.create(
        case=case,
        version=case.facts_version,
        facts=case.facts,
        changes=differences(last.facts if last else {}, case.facts),
        reason=reason,
        by=actor.label,
    )


def _answer_notice(actor: Actor, case: Case) -> Case:
    if missing_facts(case) or case.facts.get("typed"):
        raise Refused("申请表还没有填完，请补全后再提交。")
    case.state = Case.State.SUBMITTED
    _keep_facts(case, actor, "补正后提交")
    case.save()
    case.notices.filter(answered_at=None).update(answered_at=timezone.now())
    add_event(case, "supplemented", "申请人已补正材料", actor)
    engine.begin(case)
    return case


def is_party(actor: Actor, case: Case) -> bool:
    """Where two ask together, either may take it back alone （民法典第一千零七十七条)."""
    if case.matter.parties < 2 or actor.is_staff or actor.person_id is None:
        return False
    return case.members.filter(person_id=actor.person_id).exists()


@action("case.withdraw", "撤回申请", may=either(is_applicant, is_window, is_party), logs=("reason",))
def withdraw_case(actor: Actor, case: Case, *, reason: str) -> Case:
    if not case.is_open:
        raise Refused("本办件已办结，不能撤回。" if case.state in Case.ENDED else "草稿可以直接删除，无需撤回。")
    if not reason.strip():
        raise Refused("请填写撤回的原因，例如“家庭情况已好转”。", "reason")
    case.runs.filter(ended_at=None).update(ended_at=timezone.now(), outcome="withdrawn")
    case.public_notices.filter(closed_at=None).update(closed_at=timezone.now())
    case.suspensions.filter(until_on=None).update(until_on=today(), closed_by=actor.label)
    case.paused_from = None
    case.state, case.closed_at, case.outcome_reason = Case.State.WITHDRAWN, timezone.now(), reason[:1000]
    case.save()
    add_event(case, "withdrawn", f"申请人撤回申请：{reason}", actor)
    letters.send(case, "withdrawn", {"reason": reason, "on": today().isoformat()}, actor)
    return case


@action("case.discard", "删除草稿", may=may_fill)
def discard_draft(actor: Actor, case: Case) -> None:
    """A draft was never an application: what was typed is erased, only the log line stays."""
    if not case.is_draft:
        raise Refused("申请已提交，不能删除；如不再需要请撤回。")
    case.papers.all().delete()
    case.members.all().delete()
    case.state, case.facts, case.pay_to, case.pay_to_name = Case.State.DISCARDED, {}, "", ""
    case.save()


@action("case.rate", "评价", may=is_applicant, logs=("stars",))
def rate_case(actor: Actor, case: Case, *, stars: int, words: str = "") -> Rating:
    """好差评： five levels, once a case."""
    if case.state not in Case.ENDED:
        raise Refused("办件办结后可以评价。")
    if stars not in Rating.Stars.values:
        raise Refused("请选择满意程度。", "stars")
    rating, made = Rating.objects.get_or_create(case=case, defaults={"stars": stars, "words": words[:500]})
    if not made:
        raise Refused("您已经评价过了，谢谢。")
    if rating.is_bad:
        open_callback(rating)
    return rating
