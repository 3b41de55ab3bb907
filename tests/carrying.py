"""Carries a case of any matter through its steps, as an office with somebody at every post would."""

from dataclasses import dataclass
from typing import Any

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.actions import applying, working
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.catalog import matter_named
from onewindow.kernel.papers.models import Paper
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor
from tests.factories import HEPING, QUANYECHANG, City, filled, open_run

RECORDS: dict[str, dict[str, str]] = {
    "presence": {"all_present": "on", "told_rights": "on", "signed_before_me": "on"},
    "routing": {"sent_to": "区医疗保障局", "sent_on": "", "their_number": "YB-1"},
    "result": {"answered_on": "", "answer": "已按规定救助500元。"},
}


@dataclass
class Office:
    city: City

    def __post_init__(self) -> None:
        make = self.city.staff
        self.at = {post: make(post, QUANYECHANG) for post in ("street_window", "street_officer", "street_chief")}
        self.at |= {post: make(post, HEPING) for post in ("district_officer", "district_chief")}

    def step(self, case: Case, outcome: str = "", **record: Any) -> Case:
        """End the open step; by default with its first outcome."""
        run = open_run(case)
        step = step_of_run(run)
        told: dict[str, Any] = {"reason": "经审查属实。", **RECORDS.get(step.record, {}), **record}
        told = {
            name: today().isoformat() if name.endswith("_on") and not value else value for name, value in told.items()
        }
        actor = self.at[run.post]
        return working.finish_step(
            actor, run, outcome=outcome or step.outcomes[0].code, record=told, reason=told["reason"]
        )

    def to_end(self, case: Case, outcome: str = "") -> Case:
        """Each step's first outcome, but the last step's as said."""
        while case.is_open:
            codes = {each.code for each in step_of_run(open_run(case)).outcomes}
            case = self.step(case, outcome if outcome in codes else "")
        return case


def draft(applicant: Actor, matter: str, other: Person | None = None, **answers: Any) -> Case:
    assert applicant.person is not None
    case = applying.start_case(applicant, None, matter=matter_named(matter), applicant=applicant.person)
    if other is not None:
        answers |= {"partner_name": other.name, "partner_id_number": other.id_number}
    for _ in range(2 if other else 1):
        errors = applying.save_case(applicant, case, data=filled(case, **answers))
        assert not errors, errors
        case = Case.unscoped.get(pk=case.pk)
    there = set(case.papers.values_list("material", flat=True))
    for material in case.matter.papers_asked:
        if material.code in there:
            continue
        bring(applicant, case, material.code)
    return case


def bring(actor: Actor, case: Case, material: str) -> None:
    """A paper without its picture: how files are examined is tested elsewhere."""
    paper = Paper.unscoped.create(
        owner=case.applicant, kind=material, original_name="a.pdf", content_type="application/pdf", size=1,
        sha256="0" * 64, stored_as=f"{case.pk}/{material}", state=Paper.State.ACCEPTED,
    )  # fmt: skip
    applying.add_paper(actor, case, material=material, paper=paper)


def submitted(applicant: Actor, matter: str, other: Actor | None = None, **answers: Any) -> Case:
    case = draft(applicant, matter, other.person if other else None, **answers)
    for party in (applicant, other) if other else ():
        assert party is not None and party.person_id is not None
        applying.give_consent(party, case, person_id=party.person_id)
    return applying.submit_case(applicant, Case.unscoped.get(pk=case.pk))
