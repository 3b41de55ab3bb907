"""A standalone Spark cluster on this machine: a master and workers, each a process of its own, as on as many machines."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

STARTING_SECONDS = 60


def why_not() -> str:
    """Why no cluster can be started here; empty if one can."""
    if find_spec("pyspark") is None:
        return "NO SPARK: pyspark is not installed (group `cluster` of the requirements), so nothing ran on a cluster"
    return (
        "" if shutil.which("java") else "NO SPARK: no java (17 or newer) on this machine, so nothing ran on a cluster"
    )


def home() -> Path:
    found = find_spec("pyspark")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """Its address. pip's Spark has no start-master.sh; spark-class is what that calls."""
    port, pages = free_port(), free_port()
    address, started = f"spark://127.0.0.1:{port}", []
    try:
        started.append(
            start("master.Master", folder, "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(pages))
        )
        wait_for(pages, 0)
        for nth in range(workers):
            words = (
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                str(folder / f"worker-{nth}"),
            )
            started.append(start("worker.Worker", folder, *words, "--webui-port", str(free_port()), address))
        wait_for(pages, workers)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(20)


def start(role: str, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(home()), "SPARK_LOCAL_DIRS": str(folder)}
    with (folder / f"{role}.log").open("ab") as log:
        command = [str(home() / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}", *words]
        return subprocess.Popen(command, env=env, stdout=log, stderr=log)


def wait_for(pages: int, workers: int) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{pages}/json/", timeout=2) as answer:
            if json.load(answer)["aliveworkers"] >= workers:
                return
        time.sleep(0.2)
    raise TimeoutError(f"no Spark cluster of {workers} workers in {STARTING_SECONDS} seconds")
