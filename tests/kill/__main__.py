"""
Money under kill -9: afterwards the bank's book equals the ledger to the fen, nothing doubled, nothing lost, no work by hand.
    python -m tests.kill --kills 200 --workers 3 --database postgres
    python -m tests.kill --points all                every I/O point of a small send, by strace
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from typing import Any

LOOK_EVERY = 10
"""Points after which the books are compared; at the end they are in any case."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--points", default="", help="all, or numbers as 2,7,12: kill at these calls")
    parser.add_argument("--grants", type=int, default=100, help="paid by file each round")
    parser.add_argument("--orders", type=int, default=40, help="paid by single orders each round")
    parser.add_argument("--lost", type=float, default=5, help="percent of the bank's answers that never arrive")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onewindow-kill-") as folder, _database(wanted.database) as url:
        os.environ |= {"ONEWINDOW_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "onewindow.project.settings"}
        os.environ.pop("DATABASE_URL", None)
        if url:
            os.environ["DATABASE_URL"] = url
        return run(wanted)


def _database(kind: str) -> Any:
    """A PostgreSQL of its own, where none is given."""
    if kind == "sqlite":
        return nullcontext("")
    if given := os.environ.get("DATABASE_URL"):
        return nullcontext(given)
    from tools.postgres import postgres

    return postgres()


def run(wanted: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.db import connection

    from onewindow.exchange.simulators.book import booked
    from tests.kill import points, rounds, town

    is_small = not wanted.kills
    grants, orders = (3, 2) if is_small else (wanted.grants, wanted.orders)
    town.lay(grants)
    began, problems = time.monotonic(), []
    with town.bank(max(grants, orders), 0 if is_small else wanted.lost) as bank:
        if wanted.kills:
            killing = rounds.Killing(bank, wanted.kills, wanted.workers, orders, wanted.seed)
            killing.all()
            problems = town.what_is_wrong(bank.book)
            print(
                f"{connection.vendor}: {killing.done} kills of {wanted.workers} worker(s) in {killing.rounds} months, "
                f"{wanted.lost:g} % of answers lost: {len(booked(bank.book))} payments at the bank, "
                f"{time.monotonic() - began:.0f} s, {len(problems)} problems",
                flush=True,
            )
        if wanted.points and (why := points.why_not()):
            print(f"NOT DONE: points of a send. {why}", flush=True)
        elif wanted.points:
            only = [] if wanted.points == "all" else [int(each) for each in wanted.points.split(",")]
            first = killing.rounds if wanted.kills else 0
            passed: Counter[str] = Counter()
            for call, nth in points.enumerate_points(connection.vendor, first, 2, only):
                passed[call] += 1
                if nth % LOOK_EVERY:
                    continue
                print(f"{connection.vendor}: {call} {nth}, {time.monotonic() - began:.0f} s", flush=True)
                if wrong := town.what_is_wrong(bank.book):
                    problems += [f"killed at {call} up to {nth}: {each}" for each in wrong]
                    break
            problems += town.what_is_wrong(bank.book)
            told = ", ".join(f"{call} {n}" for call, n in passed.items())
            print(f"{connection.vendor}: killed at {passed.total()} points ({told}), {len(problems)} problems, "
                  f"{time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
    print("\n".join(problems[:50]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
