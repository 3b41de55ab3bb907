"""From a decision to a grant, and what happens to grants when decisions or accounts change."""

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.events import add_event, tell
from onewindow.kernel.cases.models import Case, Decision, StepRun
from onewindow.kernel.grants.funds import commit_from
from onewindow.kernel.grants.models import Grant, PaymentItem
from onewindow.kernel.grants.months import month_after, month_of
from onewindow.kernel.grants.pairs import look_beside
from onewindow.kernel.grants.sweeping import reviewed
from onewindow.kernel.people.identity import mask_account
from onewindow.kernel.staff.actor import SYSTEM


def award(case: Case, decision: Decision) -> None:
    """Monthly benefits are paid from the month after the decision （最低生活保障审核确认办法 a21), relief at once."""
    declared = case.matter.grant
    if declared is None or not decision.amount_fen:
        return
    look_beside(case)
    this_month = month_of(decision.decided_on)
    once = declared.every == Grant.Every.ONCE
    fund = None
    if once:
        year, key = decision.decided_on.year, f"decision:{decision.pk}"
        fund = commit_from(case.matter_code, case.place_id, year, decision.amount_fen, key, f"{case.number}审核确认")
    Grant.unscoped.create(
        case=case,
        decision=decision,
        benefit=case.matter_code,
        holder=case.applicant,
        household=case.household,
        place_id=case.place_id,
        every=declared.every,
        amount_fen=decision.amount_fen,
        from_month=this_month if once else month_after(this_month),
        until_month=this_month if once else "",
        pay_to=case.pay_to,
        pay_to_name=case.pay_to_name,
        fund=fund,
        law_version=decision.assessment.law_version if decision.assessment else "",
    )


def revoke(case: Case, decision: Decision) -> None:
    """The decision was overturned: the grant is paid up to this month and no further."""
    Grant.unscoped.filter(decision=decision, until_month="").update(until_month=month_of(today()))


def work_done(run: StepRun) -> None:
    """Work on a granted case has ended; see cases/steps.py EXTRA_STEPS."""
    {"fix_account": payment_corrected}.get(run.step_code, reviewed)(run)


def payment_corrected(run: StepRun) -> None:
    """A returned payment's account was corrected: the grant pays there from now on; the next run pays the month again."""
    record = run.record
    grants = Grant.unscoped.filter(case=run.case)
    for grant in grants:
        grant.pay_to, grant.pay_to_name = record["account"], record["account_name"]
        grant.save(update_fields=["pay_to", "pay_to_name"])
    # The account stands sealed in the grant; the step's record is plain.
    run.record = {**record, "account": mask_account(record["account"])}
    run.save(update_fields=["record"])
    add_event(run.case, "account_corrected", "收款账户已核实更正，将在下一批补发。", SYSTEM)
    tell(run.case, "您的收款账户已更正，退回的款项将在下一批补发。")


def returned_items(grant: Grant) -> list[PaymentItem]:
    """Months that came back and were not paid since."""
    latest: dict[str, PaymentItem] = {}
    for item in grant.payments.order_by("month", "attempt"):
        latest[item.month] = item
    return [item for item in latest.values() if item.state == PaymentItem.State.RETURNED]
