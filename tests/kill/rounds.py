"""kill -9 at any moment: workers, and now and then the bank, while money goes out."""

import os
import random
import signal
import time
from dataclasses import dataclass, field

from tests.kill import town
from tests.kill.worker import forked, work

BANK_EVERY = 25
LONGEST_SECONDS = 0.8


@dataclass
class Killing:
    bank: town.Bank
    kills: int
    workers: int
    orders: int
    seed: int
    done: int = 0
    rounds: int = 0
    running: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def all(self) -> None:
        while self.done < self.kills:
            town.approve_month(self.rounds, self.orders)
            self.rounds += 1
            self.one_month()

    def one_month(self) -> None:
        self.running = {forked(work) for _ in range(self.workers)}
        while self.running and self.done < self.kills:
            time.sleep(self.chance.random() * LONGEST_SECONDS)
            self.gather()
            if not self.running:
                return
            self.kill_one()
        self.wait()

    def kill_one(self) -> None:
        pid = self.chance.choice(sorted(self.running))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.running.discard(pid)
        self.done += 1
        if self.done % BANK_EVERY == 0:
            self.bank.kill()
            self.bank.start()
        self.running.add(forked(work))

    def gather(self) -> None:
        for pid in sorted(self.running):
            gone, status = os.waitpid(pid, os.WNOHANG)
            if gone:
                self.ended(pid, status)

    def wait(self) -> None:
        for pid in sorted(self.running):
            self.ended(pid, os.waitpid(pid, 0)[1])

    def ended(self, pid: int, status: int) -> None:
        self.running.discard(pid)
        if status:
            raise SystemExit(f"a worker ended by itself with {os.waitstatus_to_exitcode(status)}")
