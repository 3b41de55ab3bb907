"""A town whose only business is money: grants, a bank of its own as a process, a month drafted and approved, and the last count."""

import json
import random
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from onewindow.exchange.demo import lay_partners
from onewindow.exchange.simulators.book import booked
from onewindow.kernel.cases.models import Case, Decision, StepRun
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.conservation import flaws_of_ledger
from onewindow.kernel.grants.funds import add_budget, code_of, open_fund
from onewindow.kernel.grants.models import Fund, Grant, PaymentItem, PaymentRun, Suspense
from onewindow.kernel.grants.months import months_after
from onewindow.kernel.people.identity import check_digit
from onewindow.kernel.people.models import Person
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM, Actor, HeldPost
from tests.factories import HEPING, PLACES, QUANYECHANG

FIRST, YEARS = "2026-12", range(2026, 2100)
WRONG_EVERY = 17
"""Every so manieth account is another's: its payment comes back."""
BENEFITS = ("dibao", "emergency_relief")


def lay(grants: int) -> None:
    call_command("migrate", verbosity=0)
    Place.objects.bulk_create(Place(code=c, name=name, level=level, parent_id=p) for c, name, level, p in PLACES)
    for benefit in BENEFITS:
        for year in YEARS:
            fund = open_fund(
                SYSTEM, Place.objects.get(pk=HEPING), code=code_of(benefit), name=benefit, kind="budget", year=year
            )
            add_budget(SYSTEM, fund, amount_fen=10**12, document="测试")
    for n in range(grants):
        a_grant(n, "dibao", FIRST)


def a_grant(n: int, benefit: str, month: str) -> None:
    """As a decision leaves it behind."""
    number = f"12010119{60 + n % 40:02d}0101{n % 1000:03d}"
    name = f"张{n}"
    values: dict[str, Any] = {"birth": date(1960 + n % 40, 1, 1), "place_id": QUANYECHANG}
    holder, _ = Person.unscoped.get_or_create(name=name, defaults={"id_number": number + check_digit(number), **values})
    case = Case.unscoped.create(
        matter_code=benefit, matter_version="t", number=f"{benefit}{month}{n}", applicant=holder, channel="phone",
        state="approved", place_id=QUANYECHANG,
    )  # fmt: skip
    run = StepRun.unscoped.create(
        case=case, step_code="decide", started_at=timezone.now(), sort_on="2026-11-01", place_id=QUANYECHANG
    )
    fen = 50_000 + n * 7
    decision = Decision.objects.create(
        case=case, run=run, is_approval=True, decided_by=holder, decided_on="2026-11-20", amount_fen=fen
    )
    is_once = benefit != "dibao"
    Grant.unscoped.create(
        case=case, decision=decision, benefit=benefit, holder=holder, every="once" if is_once else "month", amount_fen=fen,
        from_month=month, until_month=month if is_once else "", pay_to=f"6217{n:012d}", place_id=QUANYECHANG,
        pay_to_name=f"{name}错" if n % WRONG_EVERY == WRONG_EVERY - 1 else name,
    )  # fmt: skip


def staff(post: str) -> Actor:
    number = f"1201011970{BENEFITS.index('dibao') + len(post) % 12 + 1:02d}01{len(post) * 7:03d}"
    person, _ = Person.unscoped.get_or_create(
        name=post, defaults={"id_number": number + check_digit(number), "birth": date(1970, 1, 1)}
    )
    return Actor(person=person, posts=(HeldPost(post, HEPING),))


def approve_month(serial: int, orders: int) -> str:
    """A file of all monthly grants, and so many single orders."""
    month = months_after(FIRST, serial)
    with transaction.atomic():
        for n in range(orders):
            a_grant(n, "emergency_relief", month)
        StepRun.unscoped.filter(step_code="fix_account").update(ended_at=timezone.now())
    for benefit in BENEFITS:
        run = payroll.draft_run(staff("district_finance"), Place.objects.get(pk=HEPING), benefit=benefit, month=month)
        payroll.approve_run(staff("district_finance_checker"), run, digest=run.digest)
    connections.close_all()  # what forks next must not share them
    return month


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Bank:
    """A process. It can be killed like any other."""

    def __init__(self, folder: Path, people: int, lost_percent: float) -> None:
        self.port, self.lost_percent = free_port(), lost_percent
        known = [
            {"id_number": f"X{n}", "name": f"张{n}", "accounts": [{"account": f"6217{n:012d}", "balance_fen": 0}]}
            for n in range(people)
        ]
        self.command = [
            *lay_partners(folder, known, bank_port=self.port, house_port=self.port + 1)[0],
            "--latency",
            "0",
        ]
        self.book = folder / "bank-book.sqlite3"
        connections.close_all()
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None and self.process.stdout.readline()
        body = json.dumps({"lost_percent": self.lost_percent, "latency_seconds": 0}).encode()
        urlopen(Request(f"http://127.0.0.1:{self.port}/control", data=body), timeout=10).read()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def bank(people: int, lost_percent: float) -> Iterator[Bank]:
    with tempfile.TemporaryDirectory(prefix="onewindow-kill-bank-") as folder:
        made = Bank(Path(folder), people, lost_percent)
        try:
            yield made
        finally:
            made.kill()


def is_done() -> bool:
    States = PaymentRun.State
    return not PaymentRun.unscoped.filter(state__in=[States.APPROVED, States.SENT]).exists()


def what_is_wrong(book: Path) -> list[str]:
    """The bank's book against ours, to the fen; nobody has touched anything by hand."""
    theirs = {each["payment_key"]: (each["amount_fen"], each["state"]) for each in booked(book)}
    ours = {key: (fen, state) for key, fen, state in PaymentItem.objects.values_list("key", "amount_fen", "state")}
    found = [f"{key}: the bank {theirs.get(key)}, we {ours.get(key)}" for key in theirs.keys() | ours.keys()
             if theirs.get(key) != ours.get(key)]  # fmt: skip
    paid = [key.rpartition(":")[0] for key, (_, state) in theirs.items() if state == "paid"]
    found += (
        [f"paid twice: {each}" for each in set(paid) if paid.count(each) > 1] if len(paid) != len(set(paid)) else []
    )
    found += flaws_of_ledger()
    found += [f"{each.run.file_id}: {each.text}" for each in Suspense.objects.filter(freed_at=None)]
    found += [f"{fund.name}: still committed" for fund in Fund.unscoped.filter(code="dibao", committed_fen__gt=0)]
    checker = staff("district_finance_checker")
    for run in PaymentRun.unscoped.exclude(state=PaymentRun.State.CLOSED):
        try:
            payroll.close_run(checker, run)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is told
            found.append(f"{run.file_id} can't be closed: {problem}")
    connections.close_all()
    return found


def pause(chance: random.Random, longest: float) -> None:
    time.sleep(chance.random() * longest)
