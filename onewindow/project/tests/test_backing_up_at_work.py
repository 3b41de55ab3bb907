"""A backup while two processes write, restored elsewhere: what was acknowledged before it began is there, whole and balanced."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.database  # on each database that the suite runs on, in cities of its own

WRITER = """
import sys, uuid
import django
django.setup()
from django.db import transaction
from onewindow.kernel.audit.chain import append_line
from onewindow.kernel.grants.ledger import book
from onewindow.kernel.staff.actor import SYSTEM
while True:
    key = f"test:{uuid.uuid4()}"
    with transaction.atomic():
        book(key, "debit:test", "credit:test", 100, "test")
        append_line(shard=sys.argv[1], action="test.write", target=key, actor=SYSTEM, subject=None, reason="", detail={})
    print(key, flush=True)
"""
READER = """
import django
django.setup()
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.grants.models import Transfer
print(*AuditLine.objects.filter(action="test.write").values_list("target", flat=True))
print(*Transfer.objects.filter(key__startswith="test:").values_list("key", flat=True))
"""


@dataclass
class City:
    data: Path
    url: str = ""

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "onewindow.project", *words]
        return subprocess.run(command, env=self.env(), capture_output=True, text=True, check=False, timeout=120)

    def env(self) -> dict[str, str]:
        own = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        own |= {"ONEWINDOW_DATA_DIR": str(self.data), "DJANGO_SETTINGS_MODULE": "onewindow.project.settings"}
        return own | ({"DATABASE_URL": self.url} if self.url else {})

    def written(self) -> tuple[set[str], set[str]]:
        """Keys in the log, and in the ledger: both were written in one transaction."""
        told = subprocess.run(
            [sys.executable, "-c", READER], env=self.env(), capture_output=True, text=True, check=True
        )
        in_log, in_ledger = told.stdout.splitlines()
        return set(in_log.split()), set(in_ledger.split())


@dataclass
class Writers:
    """Processes that write, and what each says it has committed."""

    city: City
    acknowledged: list[str] = field(default_factory=list)

    def __enter__(self) -> "Writers":
        command = [sys.executable, "-c", WRITER]
        self.processes = [
            subprocess.Popen([*command, shard], env=self.city.env(), stdout=subprocess.PIPE, text=True)
            for shard in ("120101", "120102")
        ]
        for each in self.processes:
            threading.Thread(target=self.listen, args=(each,), daemon=True).start()
        return self

    def listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self.acknowledged.append(line.strip())

    def wait_for(self, more: int) -> None:
        enough, latest = len(self.acknowledged) + more, time.monotonic() + 60
        while len(self.acknowledged) < enough:
            assert time.monotonic() < latest and all(each.poll() is None for each in self.processes)
            time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        for each in self.processes:
            each.kill()
            each.wait()


@pytest.fixture
def cities(tmp_path: Path) -> Iterator[tuple[City, City]]:
    """The one at work, and an empty place on the same kind of database."""
    server = os.environ.get("DATABASE_URL", "")
    names = [f"backup_{os.getpid()}_{place}" for place in ("here", "elsewhere")]
    if not server:
        yield City(tmp_path / "here"), City(tmp_path / "elsewhere")
        return
    with psycopg.connect(server, autocommit=True) as link:
        for name in names:
            link.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            here, elsewhere = (City(tmp_path / name, f"{server.rpartition('/')[0]}/{name}") for name in names)
            yield here, elsewhere
        finally:
            for name in names:
                link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def test_what_was_acknowledged_before_a_backup_began_is_in_it(cities: tuple[City, City], tmp_path: Path) -> None:
    here, elsewhere = cities
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=here.env(), check=True)
    with Writers(here) as writers:
        writers.wait_for(20)
        before = set(writers.acknowledged)
        made = here.run("backup", "--to", str(tmp_path / "backup"), "--with-keys")
        assert made.returncode == 0, made.stderr[-2000:]
        writers.wait_for(5)  # nobody was kept from work
    restored = elsewhere.run("restore", "--from", str(tmp_path / "backup"), "--json")
    assert restored.returncode == 0 and json.loads(restored.stdout)["flaws"] == [], restored.stderr[-2000:]
    in_log, in_ledger = elsewhere.written()
    assert len(before) >= 20 and before <= in_log
    assert in_log == in_ledger
