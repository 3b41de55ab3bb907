"""
Payments that arrived or came back: states, ledger, funds, the history of each case, news to its people. The database copies
rows by itself: a list of two hundred thousand takes as many statements as one of two thousand. Only what came back is
opened as work case by case.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, LPad, Substr
from django.utils import timezone

from onewindow.kernel.cases.engine import open_step
from onewindow.kernel.cases.models import CaseEvent, Message, StepRun
from onewindow.kernel.cases.steps import EXTRA_STEPS
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.amounts import in_pieces
from onewindow.kernel.grants.funds import Kind, move
from onewindow.kernel.grants.inserting import insert_from
from onewindow.kernel.grants.models import Fund, PaymentItem, PaymentRun, Transfer
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.staff.actor import Actor

State = PaymentItem.State
SYSTEM_BANK = Actor(system="代发银行")
PATIENCE = "SET LOCAL statement_timeout = '10min'"
"""PostgreSQL ends a page's statement after fifteen seconds; one over a whole month may take longer."""
NEVER = Value(None, output_field=DateTimeField())


def settle(run: PaymentRun, lines: Sequence[dict[str, Any]], *, is_whole: bool) -> None:
    """
    Of payments that were sent and not yet answered. `is_whole`: the lines are all of the run's, so that those that came back
    name the rest too.
    """
    back = {each["key"]: str(each.get("reason") or "")[:200] for each in lines if each["state"] != "paid"}
    paid = None if is_whole else [each["key"] for each in lines if each["state"] == "paid"]
    if not lines:
        return
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(PATIENCE)
    _mark_returned(run, back, now)
    for some in _answered(run, paid, back):
        some.filter(state=State.SENT).update(state=State.PAID, settled_at=now)
        settled = some.filter(settled_at=now)
        if first := settled.order_by("pk").values_list("key", flat=True).first():
            _book(run, settled)
            _move_funds(run, settled, first)
            _tell(run, settled, now)
    _open_work(run.items.filter(settled_at=now, state=State.RETURNED))


def _answered(run: PaymentRun, paid: list[str] | None, back: dict[str, str]) -> Iterator[QuerySet[PaymentItem]]:
    """The whole run at once; single answers by their keys, no more in a statement than SQLite takes."""
    if paid is None:
        yield run.items.all()
        return
    yield from (run.items.filter(key__in=piece) for piece in in_pieces([*paid, *back]))


def _mark_returned(run: PaymentRun, back: dict[str, str], now: datetime) -> None:
    """By the reason: banks know a dozen of them."""
    of_reason: dict[str, list[str]] = {}
    for key, reason in back.items():
        of_reason.setdefault(reason, []).append(key)
    for reason, keys in of_reason.items():
        for piece in in_pieces(keys):
            sent = run.items.filter(state=State.SENT, key__in=piece)
            sent.update(state=State.RETURNED, bank_reason=reason, settled_at=now)


def _book(run: PaymentRun, settled: QuerySet[PaymentItem]) -> None:
    """Keys are unique: had one been booked before, the whole answer would be undone."""
    for state, word, debit, text in (
        (State.PAID, "paid:", f"paid:{run.benefit}", "银行已到账"),
        (State.RETURNED, "back:", f"fund:{run.benefit}", "退票退回"),
    ):
        columns = {
            "key": Concat(Value(word), "key", output_field=CharField()),
            "at": F("settled_at"), "debit": _text(debit), "credit": _text(f"owed:{run.file_id}"), "amount_fen": "amount_fen",
            "item": "pk", "text": _text(text),
        }  # fmt: skip
        insert_from(Transfer, settled.filter(state=state), columns)


def _move_funds(run: PaymentRun, settled: QuerySet[PaymentItem], first: str) -> None:
    """Spent is what arrived. What came back is free again, but for relief paid once: that is still promised."""
    rows = settled.order_by().values_list("grant__fund", "state").annotate(fen=Sum("amount_fen"))
    for own, state, fen in sorted(rows, key=str):
        pk = own or run.fund_id
        if pk is None or (own and state == State.RETURNED):
            continue
        kind = str(Kind.SPEND if state == State.PAID else Kind.RELEASE)
        move(Fund.unscoped.get(pk=pk), kind, fen, f"{kind}:{pk}:{first}", f"{run.file_id}银行答复", SYSTEM_BANK)


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def yuan_sql(name: str) -> Any:
    """As months.yuan() writes it, by the database."""

    def digits(each: Any) -> Any:
        return Cast(each, CharField())

    def three(each: Any) -> Any:
        return Concat(Value(","), LPad(digits(each % 1000), 3, Value("0")), output_field=CharField())

    whole = F(name) / 100
    thousands, millions = F(name) / 100_000, F(name) / 100_000_000
    grouped = Case(
        When(**{f"{name}__gte": 100_000_000}, then=Concat(digits(millions), three(thousands), three(whole))),
        When(**{f"{name}__gte": 100_000}, then=Concat(digits(thousands), three(whole))),
        default=digits(whole),
        output_field=CharField(),
    )
    return Concat(grouped, Value("."), LPad(digits(F(name) % 100), 2, Value("0")), output_field=CharField())


def _tell(run: PaymentRun, settled: QuerySet[PaymentItem], now: datetime) -> None:
    """To the history of the case, to whoever applied, and to whoever did it for them."""
    last = Message.objects.aggregate(last=Max("pk"))["last"] or 0
    name, sum_ = matters()[run.benefit].name, yuan_sql("amount_fen")
    history = _by_state(
        Concat("month", Value("救助金"), sum_, Value("元已到账。")),
        Concat("month", Value("救助金"), sum_, Value("元被银行退回："), "bank_reason"),
    )
    news = _by_state(
        Concat("month", Value(name), sum_, Value("元已发放到您的账户。")),
        Concat("month", Value("救助金未能到账（"), "bank_reason", Value("），街道窗口将与您核实收款账户。")),
    )
    event = {
        "case": "grant__case", "at": F("settled_at"), "code": F("state"), "text": Substr(history, 1, 600),
        "is_public": Value(True, output_field=BooleanField()), "actor": _text(SYSTEM_BANK.label),
        "detail": Value({}, output_field=JSONField()),
    }  # fmt: skip
    insert_from(CaseEvent, settled, event)
    for person in ("applicant", "agent"):
        told = {
            "person": f"grant__case__{person}", "case": "grant__case", "text": Substr(news, 1, 400), "at": F("settled_at"),
            "read_at": NEVER,
        }  # fmt: skip
        insert_from(Message, settled.exclude(**{f"grant__case__{person}": None}), told)
    made = Message.objects.filter(at=now, pk__gt=last)
    key = Concat(Value("sms:"), Cast("pk", CharField()), output_field=CharField())
    waiting = OutMessage.objects.filter(key=Concat(Value("sms:"), Cast(OuterRef("pk"), CharField())))
    out = {
        "key": key, "channel": _text("sms"), "lane": _text("sms"), "payload": JSONObject(message="pk"), "created_at": F("at"), "not_before": F("at"),
        "attempts": Value(0, output_field=IntegerField()), "sent_at": NEVER, "given_up_at": NEVER, "last_error": _text(""),
    }  # fmt: skip
    insert_from(OutMessage, made.filter(~Exists(waiting)), out)


def _by_state(paid: Any, returned: Any) -> Any:
    return Case(When(state=State.PAID, then=paid), default=Coalesce(returned, Value("")), output_field=CharField())


def _open_work(back: QuerySet[PaymentItem]) -> None:
    """A returned payment is work with a clock, once for a case however many come back."""
    cases = {item.grant.case_id: item.grant.case for item in back.select_related("grant__case").order_by("pk")}
    waiting = StepRun.unscoped.filter(Q(case__in=cases), step_code="fix_account", ended_at=None)
    for pk in sorted(set(cases) - set(waiting.values_list("case_id", flat=True))):
        cases[pk].refresh_from_db()
        open_step(cases[pk], EXTRA_STEPS["fix_account"])
