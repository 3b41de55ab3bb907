"""Plugs the adapters of higher floors into the kernel's ports, once, at start-up."""

from django.conf import settings

from onewindow.exchange import asking, paying, sending, telling
from onewindow.exchange.asking import ask_sources, sources_settled
from onewindow.exchange.report import Report, Thresholds, own_findings, report_of
from onewindow.fields.finding.actions import recomputing
from onewindow.fields.finding.actions import working as lead_work
from onewindow.fields.policy import law
from onewindow.fields.policy.actions import simulating
from onewindow.fields.policy.ports import ports as policy
from onewindow.kernel.cases.actions import disputing, waiting
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.grants.awarding import award, revoke, work_done
from onewindow.kernel.grants.pairs import Pair, pair_port
from onewindow.kernel.outbox.sending import sweep
from onewindow.project import standards
from onewindow.project.demo.accounts import demo_accounts
from onewindow.rules.case import assess_case
from onewindow.rules.conflicts import conflicts
from onewindow.web.demo_door import open_door

BACKGROUND = (sending, paying, telling, asking, disputing, waiting, recomputing, lead_work, simulating)
"""Imported so that their channels and sweeps are known to the background worker."""


def report_by_the_law(case: Case) -> Report | None:
    """The report, with tolerance and limits as the case's newest assessment reckoned them."""
    found = case.assessment.result.get("outputs", {}) if case.assessment else {}
    matter = case.matter
    limits = {fact: found[variable] for fact, variable in matter.check_limits if variable in found}
    return report_of(case, Thresholds(tolerance_fen=found.get(matter.check_tolerance, 0), limits=limits))


def pair_by_the_law(new: str, held: str) -> Pair | None:
    """The matrix, in the words of the kernel. Who may choose the whole of one is topped up otherwise; the sum says so already."""
    found = conflicts(new, held)
    if found is None:
        return None
    tops_up = "T" in (found.effect, found.otherwise)
    return Pair(not found.allows_both and not tops_up, tops_up, found.of == "household", found.says, found.article)


def plug() -> None:
    if settings.DEMO:
        open_door(demo_accounts)
    ports.assess = assess_case
    ports.ask_sources = ask_sources
    ports.sources_settled = sources_settled
    ports.report = report_by_the_law
    ports.own_findings = own_findings
    ports.on_approved = award
    ports.on_overturned = revoke
    ports.on_work_done = work_done
    pair_port.between = pair_by_the_law
    policy.simulate, policy.populations = standards.simulate_run, standards.populations
    policy.counted = standards.counted
    policy.before_withdrawal = standards.nothing_rests_on
    sweep(law.look)
