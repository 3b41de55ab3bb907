"""What a whole process and its children cost: seconds on the clock, seconds of processors, memory at the highest point."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EVERY_SECONDS = 0.05


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float
    peak_mib: float
    """Of all processes together, shared pages counted once (PSS), pages of mapped files included."""
    peak_own_mib: float
    """The same without pages of files, which the system can drop at any time."""
    told: dict[str, Any]


def measured(*words: str) -> Cost:
    """Runs `python -m tests.bench.runs …` from its first moment to its last; its last line is JSON."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.runs", *words],
            stdout=out,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        whole, own = watch(running)
        wall = time.perf_counter() - begun
        out.seek(0)
        lines = out.read().strip().splitlines()
    if running.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {running.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, whole, own, json.loads(lines[-1]) if lines else {})


def watch(running: subprocess.Popen[bytes]) -> tuple[float, float]:
    whole = own = 0.0
    while running.poll() is None:
        held = [memory_of(pid) for pid in tree(running.pid)]
        whole, own = max(whole, sum(each[0] for each in held)), max(own, sum(each[1] for each in held))
        time.sleep(EVERY_SECONDS)
    return whole / 1024, own / 1024


def tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def memory_of(pid: int) -> tuple[int, int]:
    """KiB: all, and without files."""
    with suppress(OSError):
        fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
        whole = int(fields["Pss"].split()[0])
        return whole, whole - int(fields.get("Pss_File", "0 kB").split()[0])
    return 0, 0
