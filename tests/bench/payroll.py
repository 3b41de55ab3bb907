"""
The month's payroll at 2,000, 20,000 and 200,000 grants: seconds, memory and statements of drafting, approving, freezing for
the bank, taking the bank's answer and closing. Each size is a process and a database of its own: memory is what that one took.
    python -m tests.bench.payroll [sizes …]     DATABASE_URL for PostgreSQL; SQLite where there is none
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

SIZES = ("2000", "20000", "200000")
MONTH, BEFORE = "2026-12", "2026-11"


@dataclass
class Measured:
    n: int
    rows: list[tuple[str, float, int]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        from django.db import connection

        asked = 0

        def count(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal asked
            asked += 1
            return execute(*args)

        began = time.perf_counter()
        with connection.execute_wrapper(count):
            yield
        self.rows.append((name, time.perf_counter() - began, asked))

    def show(self) -> None:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        for name, seconds, asked in self.rows:
            each = seconds / self.n * 1e6
            print(f"{self.n:>8,} {name:<34} {seconds:8.2f} s {each:7.1f} µs each {asked:6} statements", flush=True)
        total = sum(seconds for _, seconds, _ in self.rows)
        print(
            f"{self.n:>8,} {'together':<34} {total:8.2f} s {total / self.n * 1e6:7.1f} µs each; {memory} MB at most\n",
            flush=True,
        )


def lay_grants(n: int) -> None:
    """Rows as decisions leave them behind, by bulk; only the payroll is measured."""
    from django.utils import timezone

    from onewindow.kernel.cases.models import Case, Decision, StepRun
    from onewindow.kernel.grants.models import Grant
    from onewindow.kernel.people.models import Person
    from onewindow.kernel.places.models import Place
    from tests.factories import PLACES, QUANYECHANG

    Place.objects.bulk_create(Place(code=c, name=name, level=level, parent_id=p) for c, name, level, p in PLACES)
    now, size = timezone.now(), 2_000
    for at in range(0, n, size):
        here = range(at, min(at + size, n))
        people = Person.unscoped.bulk_create(
            [Person(name=f"张{i}", id_number=f"X{i:017d}", birth="1960-01-01", place_id=QUANYECHANG) for i in here],
            batch_size=500,
        )
        cases = Case.unscoped.bulk_create(
            [
                Case(
                    matter_code="dibao", matter_version="t", number=f"N{i}", applicant=person, channel="phone",
                    state="approved", place_id=QUANYECHANG,
                )
                for i, person in zip(here, people, strict=True)
            ],
            batch_size=500,
        )  # fmt: skip
        runs = StepRun.unscoped.bulk_create(
            [
                StepRun(
                    case=case,
                    step_code="decide",
                    started_at=now,
                    ended_at=now,
                    sort_on="2026-10-01",
                    place_id=QUANYECHANG,
                )
                for case in cases
            ],
            batch_size=500,
        )
        made = Decision.objects.bulk_create(
            [
                Decision(
                    case=run.case, run=run, is_approval=True, decided_by=run.case.applicant, decided_on="2026-10-20"
                )
                for run in runs
            ],
            batch_size=500,
        )
        Grant.unscoped.bulk_create(
            [
                Grant(
                    case=each.case, decision=each, benefit="dibao", holder=each.case.applicant, every="month",
                    amount_fen=100_000 + i % 70_000, from_month=BEFORE, pay_to=f"6217{i:012d}",
                    pay_to_name=each.case.applicant.name, place_id=QUANYECHANG, law_version="law-1",
                )
                for i, each in zip(here, made, strict=True)
            ],
            batch_size=500,
        )  # fmt: skip


def pay(month: str, measured: Measured) -> None:
    from django.db import transaction

    from onewindow.exchange.paying import file_of
    from onewindow.exchange.protocol.strict import write_json
    from onewindow.kernel.grants import payroll
    from onewindow.kernel.places.models import Place
    from onewindow.kernel.staff.actor import SYSTEM, Actor, HeldPost
    from tests.factories import HEPING

    people = {post: staff(post) for post in ("district_finance", "district_finance_checker")}
    maker, checker = (Actor(person=person, posts=(HeldPost(post, HEPING),)) for post, person in people.items())
    with measured.step("draft, checks, digest"):
        run = payroll.draft_run(maker, Place.objects.get(pk=HEPING), benefit="dibao", month=month)
    assert run.count == measured.n
    with measured.step("approve over the digest"):
        run = payroll.approve_run(checker, run, digest=run.digest)
    with measured.step("send: freeze, write the file"):
        with transaction.atomic():
            run = payroll.mark_sent(SYSTEM, run)
        size = len(write_json(file_of(run)))
    print(f"{measured.n:>8,} the bank's file has {size / 1e6:.1f} MB")
    answer = [
        {"key": key, "amount_fen": fen, "state": "paid", "reason": ""}
        for key, fen in run.items.order_by("id").values_list("key", "amount_fen")
    ]
    with measured.step("answer: ledger, history, messages"):
        run = payroll.take_answer(SYSTEM, run, lines=answer)
    with measured.step("close"):
        payroll.close_run(checker, run)


def staff(name: str) -> Any:
    from onewindow.kernel.people.models import Person

    number = f"{abs(hash(name)) % 10**17:017d}Y"
    return Person.unscoped.get_or_create(name=name, defaults={"id_number": number, "birth": "1970-01-01"})[0]


def measure(n: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    lay_grants(n)
    pay(BEFORE, Measured(n))
    measured = Measured(n)
    pay(MONTH, measured)  # with a month before it to compare with
    measured.show()


def main(sizes: list[str]) -> None:
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory(prefix="onewindow-payroll-") as folder:
            command = [sys.executable, "-m", "tests.bench.payroll", "--one", size]
            subprocess.run(command, check=True, env={**os.environ, "ONEWINDOW_DATA_DIR": folder})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main(sys.argv[1:])
