"""What can go wrong at a partner, switched on while it runs."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

MODES = (
    "normal",
    "late",  # keeps answers back until the mode changes
    "never",  # does what is asked, never answers
    "lost",  # does what is asked, and the connection breaks before it can say so; never answers
    "lying",  # says otherwise than its own records
    "twice",
    "partial",  # a payment file's result with lines missing, added up as if that were all
    "wrong_total",  # a payment file's result whose sum is not that of its lines
    "out_of_order",  # lines of a result in another order than they were given
    "returned",  # every new payment comes back (退票)
    "forged",  # signs with a key that is not its own
    "truncated",
    "500",
    "wrong_person",
)
Job = Callable[[str], None]
"""Runs in the mode in which it was asked for; what was held back, in the mode that releases it."""


@dataclass
class Faults:
    mode: str = "normal"
    latency_seconds: float = 0.2
    lost_percent: float = 0
    """Of the answers, however the mode is: it was done, and nobody hears of it."""
    held: list[Job] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - a fault, no secret

    def loses_answer(self) -> bool:
        return self.mode == "lost" or self.chance.random() * 100 < self.lost_percent

    def switch(self, mode: str, latency_seconds: float) -> None:
        with self.lock:
            self.mode, self.latency_seconds = mode, latency_seconds
            released = [] if mode == "late" else self.held
            self.held = [] if released else self.held
        for job in released:
            self.soon(job)

    def soon(self, job: Job) -> None:
        """After the latency; a late partner holds it."""
        with self.lock:
            if self.mode == "late":
                self.held.append(job)
                return
        mode = "lost" if self.loses_answer() else self.mode
        timer = threading.Timer(self.latency_seconds, job, (mode,))
        timer.daemon = True
        timer.start()
