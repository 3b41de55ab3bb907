"""The letters of a case: which one, with what in it. How a letter looks is the papers' business."""

from typing import Any

from onewindow.kernel.calendar.working_days import add_calendar_days, today
from onewindow.kernel.cases.events import add_event
from onewindow.kernel.cases.models import Case, CaseLetter, Decision, OnceOnlyNotice
from onewindow.kernel.catalog import Outcome
from onewindow.kernel.papers.letters import issue_letter
from onewindow.kernel.papers.models import Letter

REMEDY = "如对本决定不服，可以自收到本文书之日起60日内依法申请行政复议，或者6个月内向人民法院提起行政诉讼。"


def send(case: Case, kind: str, content: dict[str, Any], actor: Any, recipient: Any = None) -> Letter:
    """Make the letter, keep it with the case and say so in its history."""
    letter = issue_letter(
        kind=kind,
        template=kind,
        content={**head_of(case), **content},
        recipient=recipient or case.applicant,
        about=case.number or "",
        series=case.matter.letter_series,
        place_name=office_name(case),
        issued_by=actor.account,
        on=today(),
        shard=case.audit_shard,
    )
    CaseLetter.objects.create(case=case, letter=letter)
    add_event(case, f"letter.{kind}", f"已出具{letter.title}（{letter.number}）", actor, detail={"letter": letter.pk})
    return letter


def head_of(case: Case) -> dict[str, Any]:
    return {
        "matter": case.matter.name,
        "number": case.number,
        "applicant": case.applicant.name,
        "laws": [f"{law}" for law in case.matter.laws],
    }


def office_name(case: Case) -> str:
    return f"{case.place.parent.name}{case.place.name}" if case.place.parent else case.place.name


def send_receipt(case: Case, actor: Any) -> Letter:
    have = case.papers.filter(removed_at=None).values_list("material", flat=True)
    papers = [case.matter.material(code).name for code in have]
    return send(case, "receipt", {"papers": papers, "submitted_on": today().isoformat()}, actor)


def send_acceptance(case: Case, actor: Any) -> Letter:
    content = {
        "accepted_on": today().isoformat(),
        "limit_working_days": case.limit_working_days,
        "limit_hours": case.matter.statutory_hours,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "due_is_provisional": case.due_is_provisional,
        "promised_on": case.promised_on.isoformat() if case.promised_on else None,
    }
    return send(case, "accepted", content, actor)


def send_once_only_notice(notice: OnceOnlyNotice, actor: Any) -> Letter:
    return send(notice.case, "once_only_notice", {"items": notice.items}, actor)


def send_decision(decision: Decision, outcome: Outcome, actor: Any, certificate: dict[str, Any]) -> Letter:
    """`certificate`: what the matter itself writes on it. Where two asked, each gets one."""
    case, assessment = decision.case, decision.assessment
    kind = outcome.letter or ("grant" if decision.is_approval else "refusal")
    content = {
        "decided_on": decision.decided_on.isoformat(),
        "amount_fen": decision.amount_fen,
        "every": case.matter.grant.every if case.matter.grant else None,
        "members": [member.person.name for member in case.members.select_related("person")],
        "reason": decision.reason,
        "steps": assessment.result.get("steps", []) if assessment else [],
        "month": assessment.month if assessment else None,
        "is_example": bool(assessment and assessment.result.get("examples")),
        "remedy": REMEDY,
        "reconsider_until": add_calendar_days(decision.decided_on, 60).isoformat(),
    }
    content |= certificate
    if case.matter.parties > 1:
        for member in case.listed_members:
            if member.person_id != case.applicant_id:
                send(case, kind, content, actor, recipient=member.person)
    return send(case, kind, content, actor)


def send_ending(case: Case, outcome: Outcome, actor: Any, reason: str) -> Letter:
    run = case.runs.exclude(ended_at=None).order_by("-ended_at", "-id").first()
    told = {"record": run.record if run else {}, "outcome": outcome.name}
    return send(case, outcome.letter, {"reason": reason, "remedy": REMEDY, "on": today().isoformat(), **told}, actor)
