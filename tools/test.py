"""make test: the whole suite on SQLite, with pages in Chromium, and once more on a PostgreSQL of its own."""

import os
import signal
import subprocess
import sys
import tempfile
import time

from tools.chromium import chromium
from tools.environment import environment, program
from tools.front import front
from tools.postgres import postgres
from tools.steps import CI, ROOT, CannotGoOn, plain_endings, say, shout

NO_BROWSER = ["-m", "not browser"]
TABLES_ONLY = ["-m", "database and not browser"]


def main(chosen: list[str]) -> int:
    environment("dev")
    front()
    tested, untested = [], []
    try:
        chromium()
        on_sqlite = []
    except CannotGoOn as reason:
        untested.append(f"pages in a browser. {reason}")
        on_sqlite = NO_BROWSER
    tested.append(_suite("SQLite", {}, on_sqlite + chosen))
    try:
        with postgres() as url:
            say("Only tests that read or write tables run again; pages were looked at in Chromium on SQLite.")
            tested.append(_suite("PostgreSQL", {"DATABASE_URL": url}, TABLES_ONLY + chosen))
    except CannotGoOn as reason:
        untested.append(f"PostgreSQL. {reason}")
    for what in untested:
        shout(f"NOT TESTED: {what}")
    return int(not all(tested) or (CI and bool(untested)))


def _suite(database: str, env: dict[str, str], words: list[str]) -> bool:
    say(f"\n=== The suite on {database} ===")
    began = time.monotonic()
    command = [str(program("pytest")), "--numprocesses=2", *words]
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with tempfile.TemporaryDirectory(prefix="onewindow-tests-") as folder:
        # One folder for all they leave behind, however they end.
        done = subprocess.run(command, cwd=ROOT, env={**inherited, **env, "TMPDIR": folder}, check=False)
    passed = done.returncode == 0
    (say if passed else shout)(f"{database}: {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.0f} s")
    return passed


if __name__ == "__main__":
    # So that the database is stopped and deleted then too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with plain_endings():
        sys.exit(main(sys.argv[1:]))
