"""What decisions write into the register of organisations."""

from datetime import date

from onewindow.fields.organisations.models import AnnualReport, Organisation
from onewindow.fields.organisations.uscc import new_code
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.models import Case, Decision


def establish(case: Case, decision: Decision, kind: str) -> Organisation:
    told = case.facts["household"]
    leads = Organisation.unscoped.filter(legal_rep=case.applicant, kind=kind, cancelled_on=None)
    if kind == Organisation.Kind.ASSOCIATION and leads.exists():
        raise Refused("同一人不得同时担任两个社会团体的法定代表人。")
    return Organisation.unscoped.create(
        kind=kind, name=told["name"].strip(), uscc=new_code(kind, case.place_id[:6]), legal_rep=case.applicant,
        address=told["address"], purpose=told["purpose"], funds_fen=told["funds"],
        registered_on=decision.decided_on, decision=decision,
    )  # fmt: skip


def organisation_of(case: Case) -> Organisation | None:
    """Only its legal representative asks for it."""
    code = case.facts["household"].get("uscc", "").strip().upper()
    return Organisation.unscoped.filter(uscc=code, legal_rep=case.applicant, cancelled_on=None).first()


def _registered(case: Case) -> Organisation:
    found = organisation_of(case)
    if found is None:
        raise Refused("这个组织已经注销或者换了法定代表人。")
    return found


def change(case: Case) -> Organisation:
    organisation, told = _registered(case), case.facts["household"]
    setattr(
        organisation, {"name": "name", "address": "address", "purpose": "purpose"}[told["item"]], told["new"].strip()
    )
    organisation.save(update_fields=[told["item"]])
    return organisation


def cancel(case: Case, decision: Decision) -> Organisation:
    organisation = _registered(case)
    organisation.cancelled_on, organisation.may_raise_funds = decision.decided_on, False
    organisation.save(update_fields=["cancelled_on", "may_raise_funds"])
    return organisation


def reported(organisation: Organisation, year: int) -> bool:
    return organisation.reports.filter(year=year).exists()


def report(case: Case, decision: Decision) -> AnnualReport:
    year = case.facts["household"]["year"]
    return AnnualReport.unscoped.create(organisation=_registered(case), year=year, decision=decision)


def recognise(case: Case) -> Organisation:
    organisation = _registered(case)
    organisation.is_charity = True
    organisation.save(update_fields=["is_charity"])
    return organisation


def let_raise_funds(case: Case) -> Organisation:
    organisation = _registered(case)
    organisation.may_raise_funds = True
    organisation.save(update_fields=["may_raise_funds"])
    return organisation


def add_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)
