"""A worker that sends what was approved until the bank has answered all of it. It runs in a fork, and may die anywhere."""

import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta

from onewindow.exchange import paying
from onewindow.project.payrolling import send_due
from tests.kill.town import is_done

GIVE_UP_SECONDS = 120


def work() -> None:
    paying.ASK_AFTER = timedelta(seconds=0.2)
    logging.disable(logging.CRITICAL)
    until = time.monotonic() + GIVE_UP_SECONDS
    while not is_done():
        send_due()
        time.sleep(0.01)
        if time.monotonic() > until:
            raise TimeoutError("the bank has still not answered all")


def work_when_continued() -> None:
    """Stops first, so that somebody can look on."""
    os.kill(os.getpid(), signal.SIGSTOP)
    work()


def forked(job: Callable[[], None]) -> int:
    """A child with all modules loaded; it never returns into its parent's business."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    try:
        job()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - told, and the parent sees the status
        traceback.print_exc()
        os._exit(1)
