"""How much one client, and all of them together, may ask."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from contextvars import copy_context
from time import monotonic
from typing import Any

MINUTE, MOST_CLIENTS = 60.0, 10_000


class Rate:
    """So many in a minute for each client. Kept in this process: each worker counts its own."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.counts: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self.lock = threading.Lock()

    def takes(self, client: str) -> bool:
        with self.lock:
            since, count = self.counts.pop(client, (monotonic(), 0))
            if monotonic() - since >= MINUTE:
                since, count = monotonic(), 0
            self.counts[client] = (since, count + 1)
            if len(self.counts) > MOST_CLIENTS:
                self.counts.popitem(last=False)
            return count < self.most


class Busy(Exception):
    """All places are taken, or the answer takes too long."""


class Room:
    """Few at a time, each for some seconds. A thread can't be stopped, so its place stays taken until it ends."""

    def __init__(self, places: int, seconds: float) -> None:
        self.places, self.seconds = threading.Semaphore(places), seconds
        self.pool = ThreadPoolExecutor(places, thread_name_prefix="openfisca")

    def do(self, work: Callable[[], Any]) -> Any:
        if not self.places.acquire(timeout=self.seconds / 2):
            raise Busy
        future: Future[Any] = self.pool.submit(copy_context().run, work)
        future.add_done_callback(lambda done: self.places.release())
        try:
            return future.result(self.seconds)
        except TooLong:
            raise Busy from None
