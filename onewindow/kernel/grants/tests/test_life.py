"""
A grant's life in any order: paid, returned, cancelled, changed, suspended, ended, repaid, in whatever month. Beside it a
model that knows nothing of our tables: by month, what is owed and what arrived. After each step they agree to the fen.
LIFE_EXAMPLES and LIFE_STEPS make it longer than in the suite.
"""

import os
from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.actions import working
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.grants import awarding, changing, payroll, sweeping
from onewindow.kernel.grants.conservation import flaws_of_ledger
from onewindow.kernel.grants.ledger import balance
from onewindow.kernel.grants.models import Grant, PaymentRun
from onewindow.kernel.grants.months import months_after
from onewindow.kernel.grants.standing import outstanding
from onewindow.kernel.grants.statement import reconcile
from onewindow.kernel.grants.tests.test_payroll import Finance, finance, grant, line
from onewindow.kernel.staff.actor import SYSTEM
from tests.factories import HEPING, City

__all__ = ["finance"]
FIRST, PERCENT = "2026-12", 30
EXAMPLES, STEPS = int(os.environ.get("LIFE_EXAMPLES", "12")), int(os.environ.get("LIFE_STEPS", "25"))
MONTHS, SUMS = st.integers(0, 7), st.integers(1, 300_000)


class Model:
    """What each month should pay, what arrived, what is owed either way. No lines, no runs, no states."""

    def __init__(self, fen: int) -> None:
        self.sums, self.holds, self.end = {0: fen}, list[tuple[int, bool]](), 99
        self.reckoned: dict[int, int] = {}  # month that was paid → what it was held to be worth so far
        self.owed: list[list[int]] = []  # [month, fen]: positive is owed to the holder
        self.flying: tuple[int, int, list[tuple[list[int], int]]] | None = None
        self.arrived = self.settled = self.cash = 0

    def should(self, month: int) -> int:
        turns = [is_pause for since, is_pause in sorted(self.holds, key=lambda turn: turn[0]) if since <= month]
        is_paid = month <= self.end and not (turns and turns[-1])
        return self.sums[max(since for since in self.sums if since <= month)] if is_paid else 0

    def reckon(self) -> None:
        for month, was in sorted(self.reckoned.items()):
            if (now := self.should(month)) != was:
                self.owed.append([month, now - was])
                self.reckoned[month] = now

    def draft(self, month: int) -> int:
        """The sum of the payment; nought where there is none."""
        if month in self.reckoned or self.flying:
            return 0
        due = self.should(month)
        keep, parts = due * PERCENT // 100, []
        for each in sorted(self.owed, key=lambda one: one[0]):
            fen = each[1] if each[1] > 0 else -min(keep, -each[1])
            keep += min(fen, 0)
            parts.append((each, fen))
        if (total := due + sum(fen for _, fen in parts)) > 0:
            self.flying = (month, due, parts)
            for each, fen in parts:
                each[1] -= fen
        return max(total, 0)

    def flying_fen(self) -> int:
        return self.flying[1] + sum(fen for _, fen in self.flying[2]) if self.flying else 0

    def arrive(self) -> None:
        assert self.flying
        self.arrived += self.flying_fen()
        self.reckoned[self.flying[0]] = self.flying[1]
        is_late = self.flying[0] > self.end
        self.flying = None
        if is_late:
            self.reckon()

    def lose(self) -> None:
        assert self.flying
        for each, fen in self.flying[2]:
            each[1] += fen
        self.flying = None

    def settle(self, fen: int, *, is_cash: bool) -> None:
        next(each for each in sorted(self.owed, key=lambda one: one[0]) if each[1] < 0)[1] += fen
        self.settled += fen
        self.cash += fen * is_cash

    def left(self) -> int:
        return sum(fen for _, fen in self.owed)


class Life(RuleBasedStateMachine):
    city: City
    money: Finance
    held: Grant
    chief: Any
    clerk: Any

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.model, self.run = Model(self.held.amount_fen), None

    def teardown(self) -> None:
        flaws = list(flaws_of_ledger())
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        assert flaws == []

    run: PaymentRun | None

    def grant(self) -> Grant:
        return Grant.unscoped.get(pk=self.held.pk)

    def change(self, act: Callable[[], Any], told: Callable[[], Any]) -> None:
        """What is refused changes neither."""
        try:
            act()
        except Refused:
            return
        told()
        self.model.reckon()

    @rule(month=MONTHS)
    def draft(self, month: int) -> None:
        if self.run is not None:
            return
        expected = self.model.draft(month)
        try:
            with transaction.atomic():
                self.run = payroll.draft_run(
                    self.money.maker, self.money.place, benefit="dibao", month=months_after(FIRST, month)
                )
        except Refused:
            assert expected == 0
        else:
            assert self.run.total_fen == expected

    @precondition(lambda self: self.run is not None and self.run.state == "draft")
    @rule(is_cancelled=st.booleans())
    def decide(self, is_cancelled: bool) -> None:
        assert self.run
        if is_cancelled:
            payroll.cancel_run(self.money.maker, self.run, reason="重做")
            self.model.lose()
            self.run = None
            return
        self.run = payroll.approve_run(self.money.checker, self.run, digest=self.run.digest)
        self.run = payroll.mark_sent(SYSTEM, self.run)

    @precondition(lambda self: self.run is not None and self.run.state == "sent")
    @rule(state=st.sampled_from(["paid", "paid", "returned"]), by_statement=st.booleans(), times=st.integers(1, 2))
    def answer(self, state: str, by_statement: bool, times: int) -> None:
        assert self.run
        for _ in range(times):
            lines = [line(item, state=state, reason="") for item in self.run.items.all()]
            if by_statement:
                assert reconcile(SYSTEM, lines)["differences"] == []
            else:
                payroll.take_answer(SYSTEM, self.run, lines=lines)
        run = PaymentRun.unscoped.get(pk=self.run.pk)
        payroll.close_run(self.money.checker, run)
        self.run = None
        if state == "paid":
            self.model.arrive()
            sweeping.recover_what_arrived_after_the_end()
        else:
            self.model.lose()
            account = {"account": "621700009999999", "account_name": self.held.pay_to_name}
            work = self.held.case.runs.get(step_code="fix_account", ended_at=None)
            working.finish_step(self.clerk, work, outcome="done", record=account)

    @rule(month=MONTHS, fen=SUMS)
    def change_the_sum(self, month: int, fen: int) -> None:
        told = {
            "from_month": months_after(FIRST, month),
            "amount_fen": fen,
            "reason": "标准调整",
            "law_version": "law-2",
        }
        self.change(
            lambda: changing.change_amount(self.chief, self.grant(), **told),
            lambda: self.model.sums.update({month: fen}),
        )

    @rule(month=MONTHS, is_pause=st.booleans())
    def turn(self, month: int, is_pause: bool) -> None:
        act = changing.pause if is_pause else changing.resume
        self.change(
            lambda: act(self.chief, self.grant(), from_month=months_after(FIRST, month), reason="核实情况"),
            lambda: self.model.holds.append((month, is_pause)),
        )

    @rule(month=st.integers(3, 7))
    def end(self, month: int) -> None:
        self.change(
            lambda: changing.end_grant(
                self.chief, self.grant(), last_month=months_after(FIRST, month), reason="情况变化"
            ),
            lambda: setattr(self.model, "end", month),
        )

    @rule(is_cash=st.booleans(), part=st.integers(1, 3))
    def give_back(self, is_cash: bool, part: int) -> None:
        owed = outstanding().filter(left_fen__lt=0).order_by("month", "id").first()
        if owed is None:
            return
        fen = max(-owed.left_fen // part, 1)
        act, actor = (changing.take_back, self.money.maker) if is_cash else (changing.waive, self.chief)
        act(actor, self.grant(), adjustment=owed.pk, amount_fen=fen, reason="按通知退回")
        self.model.settle(fen, is_cash=is_cash)

    @invariant()
    def the_ledger_is_the_model(self) -> None:
        sent = self.model.flying_fen() if self.run and self.run.state != "draft" else 0
        assert balance("paid:dibao") == self.model.arrived
        assert balance("fund:dibao") == self.model.cash - self.model.arrived - sent

    @invariant()
    def what_is_owed_is_the_model(self) -> None:
        assert sum(each.left_fen for each in outstanding()) == self.model.left()

    @invariant()
    def everybody_gets_what_the_months_are_worth(self) -> None:
        if not self.model.flying:
            worth = sum(map(self.model.should, self.model.reckoned))
            assert worth == self.model.arrived + self.model.left() - self.model.settled


@pytest.fixture
def life(city: City, finance: Finance) -> type[Life]:
    ports.on_work_done = awarding.work_done
    Life.city, Life.money, Life.held = city, finance, grant(city, 100_000)
    Life.chief, Life.clerk = city.staff("district_chief", HEPING), city.staff("street_window")
    return Life


def test_any_life_of_a_grant_agrees_with_a_model_of_it(life: type[Life]) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    how = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks, database=None
    )
    run_state_machine_as_test(life, settings=how)


def test_the_model_sees_a_debt_that_is_forgotten(life: type[Life], monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that can't fail shows nothing."""
    monkeypatch.setattr(changing, "make_up", lambda *_: [])
    lived = life()
    lived.draft(0)
    lived.decide(False)
    lived.answer("paid", False, 1)
    lived.what_is_owed_is_the_model()
    lived.change_the_sum(0, 50_000)
    with pytest.raises(AssertionError):
        lived.what_is_owed_is_the_model()
    lived.teardown()
