"""make check: what can be said of the code without running the tests. All of it is looked at, then the faults are shown."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools.environment import environment, program
from tools.front import front
from tools.steps import ROOT, plain_endings, say, shout
from tools.templates import templates


@dataclass(frozen=True)
class Check:
    promise: str
    command: list[str]
    mend: str = ""
    env: dict[str, str] = field(default_factory=dict)


PYTHON = ["onewindow", "tools", "tests", "conftest.py"]
DJANGO = ["python", "-m", "django"]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "onewindow.project.settings"}
PRODUCTION = SETTINGS | {"ONEWINDOW_MODE": "production"}


def checks() -> list[Check]:
    return [
        Check("Types agree", ["mypy", "onewindow", "tools"]),
        Check("Python is in the one format", ["ruff", "format", "--check", "--quiet", *PYTHON], "make format"),
        Check("Python has no known faults of style", ["ruff", "check", "--quiet", *PYTHON], "make format mends many"),
        Check("Templates are in the one format", ["djhtml", "--check", "--tabwidth", "2", *templates()], "make format"),
        Check("Imports go down the floors", ["lint-imports"], "the contracts stand in pyproject.toml"),
        Check("No pattern that is known to be unsafe", ["bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", "onewindow"]),
        Check("Models and migrations agree", [*DJANGO, "makemigrations", "--check", "--dry-run"], env=SETTINGS),
        Check("Settings are fit for production", [*DJANGO, "check", "--deploy", "--fail-level", "WARNING"], env=PRODUCTION),
    ]  # fmt: skip


def main() -> int:
    environment("dev")
    front()  # the letters' fonts are part of the settings that are looked at
    with tempfile.TemporaryDirectory(prefix="onewindow-check-") as folder, ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda check: _look(check, folder), checks())
        return int(not all(list(results)))


def _look(check: Check, folder: str) -> bool:
    began = time.monotonic()
    # A folder of its own: no keys are made in the city's var/, and mypy, which skips its own tidying, leaves nothing.
    env = {**os.environ, "ONEWINDOW_DATA_DIR": f"{folder}/var", "TMPDIR": folder, "NO_COLOR": "1", **check.env}
    command = [str(program(check.command[0])), *check.command[1:]]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    took = f"{time.monotonic() - began:.1f} s"
    if done.returncode == 0:
        say(f"✓ {check.promise} ({took})")
        return True
    mend = f" [{check.mend}]" if check.mend else ""
    shout(f"✗ {check.promise}: no ({took}){mend}")
    say(f"{done.stdout}{done.stderr}".rstrip())
    return False


if __name__ == "__main__":
    with plain_endings():
        sys.exit(main())
