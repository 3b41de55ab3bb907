"""What somebody was paid in a year, as a numbered letter that anybody can check: a bank or a school asks for it."""

from datetime import date
from typing import Any

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.grants.models import PaymentItem
from onewindow.kernel.papers.letters import issue_letter
from onewindow.kernel.papers.models import Letter
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor

KIND, SERIES = "statement", "发放证明"


def may_certify(actor: Actor, person: Person) -> bool:
    """Everybody for themselves; the window prints it for who stands there through their own account of the case."""
    return actor.person_id == person.pk


def paid_in(person: Person, year: int) -> list[PaymentItem]:
    items = PaymentItem.objects.filter(grant__holder=person, state=PaymentItem.State.PAID, month__startswith=f"{year}-")
    return list(items.select_related("grant__case", "grant__place__parent").order_by("month", "id"))


def years_paid(person: Person) -> list[int]:
    """The newest first."""
    paid = PaymentItem.objects.filter(grant__holder=person, state=PaymentItem.State.PAID)
    return sorted({int(month[:4]) for month in paid.values_list("month", flat=True).distinct()}, reverse=True)


@action("payments.certify", "开具发放证明", may=may_certify, logs=("year",))
def certify_payments(actor: Actor, person: Person, *, year: int) -> Letter:
    """The same letter again if it was asked for today and nothing has been paid since."""
    items = paid_in(person, year)
    if not items:
        raise Refused(f"{year}年没有已到账的救助金，不能开具证明。请换一个年份。", "year")
    content = content_of(items, year)
    there = Letter.unscoped.filter(
        kind=KIND, recipient=person, issued_on=today(), void_at=None, content=content
    ).first()
    return there or issued(actor, person, items[-1], content, today())


def content_of(items: list[PaymentItem], year: int) -> dict[str, Any]:
    rows = [
        {
            "month": item.month, "matter": item.grant.case.matter.name, "amount_fen": item.amount_fen,
            "account_tail": item.account[-4:],
        }
        for item in items
    ]  # fmt: skip
    return {"year": str(year), "payments": rows, "total_fen": sum(item.amount_fen for item in items)}


def issued(actor: Actor, person: Person, newest: PaymentItem, content: dict[str, Any], on: date) -> Letter:
    place = newest.grant.place
    return issue_letter(
        kind=KIND, template=KIND, content=content, recipient=person, about="", series=SERIES,
        place_name=f"{place.parent.name if place.parent else ''}{place.name}", issued_by=actor.account, on=on,
    )  # fmt: skip
