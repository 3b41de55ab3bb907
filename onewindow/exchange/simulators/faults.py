"""What can go wrong at a partner, switched on while it runs."""

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
    held: list[Job] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

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
        timer = threading.Timer(self.latency_seconds, job, (self.mode,))
        timer.daemon = True
        timer.start()
