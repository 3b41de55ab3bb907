"""Every I/O point of a small send, one after the other: strace kills the worker at exactly the N-th call of a kind."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from itertools import count

from tests.kill import town
from tests.kill.worker import forked, work, work_when_continued

CALLS = {"sqlite": ("fdatasync", "pwrite64", "sendto", "recvfrom"), "postgresql": ("sendto", "recvfrom")}


def why_not() -> str:
    """Why the points can't be enumerated here; empty where they can."""
    if shutil.which("strace") is None:
        return "strace is not on this machine: apt-get install strace"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"strace may not look into processes here: {tried.stderr.strip()[:200]}"


def killed_at(call: str, nth: int) -> bool:
    """Whether there was such a point: the worker ran into it, or it ended before."""
    pid = forked(work_when_continued)
    os.waitpid(pid, os.WUNTRACED)
    words = [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:signal=KILL:when={nth}",
    ]
    tracer = subprocess.Popen([*words, "-p", str(pid)], stderr=subprocess.DEVNULL)
    _wait_until_traced(pid)
    os.kill(pid, signal.SIGCONT)
    _, status = os.waitpid(pid, 0)
    tracer.wait(20)
    if not os.WIFSIGNALED(status) and status:
        raise SystemExit(f"the worker ended by itself with {os.waitstatus_to_exitcode(status)} at {call} {nth}")
    return os.WIFSIGNALED(status)


def _wait_until_traced(pid: int) -> None:
    for _ in range(2_000):
        with open(f"/proc/{pid}/status") as file:  # noqa: PTH123 - the kernel's, not a file of ours
            if any(line.startswith("TracerPid:") and line.split()[1] != "0" for line in file):
                time.sleep(0.02)
                return
        time.sleep(0.005)
    raise SystemExit("strace did not take hold of the worker")


def rerun() -> None:
    _, status = os.waitpid(forked(work), 0)
    if status:
        raise SystemExit("after the kill a worker could not finish")


def enumerate_points(vendor: str, first_month: int, orders: int, only: list[int]) -> Iterator[tuple[str, int]]:
    """Call and number of each point that was passed: all that a send has, or only the numbers named."""
    month = first_month
    for call in CALLS[vendor]:
        for nth in only or count(1):
            town.approve_month(month, orders)
            month += 1
            was_killed = killed_at(call, nth)
            rerun()
            if was_killed:
                yield call, nth
            elif not only:
                break
