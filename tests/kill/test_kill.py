"""The small form of `python -m tests.kill`, which says how to run the long one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.kill import points

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.kill, pytest.mark.database]


def run(*words: str) -> str:
    database = "sqlite" if connection.vendor == "sqlite" else "postgres"
    command = [sys.executable, "-m", "tests.kill", "--database", database, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=_env())
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    return done.stdout


NOT_OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "TMPDIR")
"""A PostgreSQL of its own: the suite's is in use by the suite, and into the suite's folder its user can't go."""


def _env() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NOT_OURS}


def test_workers_killed_at_any_moment_pay_everybody_once() -> None:
    assert "5 kills of 2 worker(s)" in run("--kills", "5", "--workers", "2", "--grants", "6", "--orders", "8")


def test_a_worker_killed_at_its_io_points_pays_everybody_once() -> None:
    if why := points.why_not():
        pytest.skip(why)
    assert "killed at" in run("--points", "3")
