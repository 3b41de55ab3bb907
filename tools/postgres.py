"""A PostgreSQL for one run of the tests: made in a temporary folder, reached only through a socket in it, gone at the end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tools import debian
from tools.steps import CannotGoOn, step

# Nothing here outlives the run; durability has tests of its own.
SETTINGS = {"listen_addresses": "", "fsync": "off", "full_page_writes": "off", "max_connections": "60"}


@contextmanager
def postgres() -> Iterator[str]:
    """Gives its DATABASE_URL."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="onewindow-pg-"))
    try:
        with step(f"Making a PostgreSQL of our own ({programs})"):
            server = _start(programs, folder)
        try:
            yield f"postgres://onewindow@{quote(str(folder), safe='')}/postgres"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    if (found := _newest()) is None:
        debian.install("postgresql", "Testing on PostgreSQL")
        found = _newest()
    if found is None:
        raise CannotGoOn("PostgreSQL was installed, but its initdb is nowhere to be found.")
    return found


def _newest() -> Path | None:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    return max(found, key=lambda folder: folder.parent.name.zfill(4), default=None)


def _as_owner() -> list[str]:
    """The server refuses to run as root. Its end is tied to ours, even to a kill -9."""
    tied = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() != 0:
        return tied
    return [*tied, "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]


def _start(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    making = f"{programs}/initdb -U onewindow --auth=trust --no-sync --encoding=UTF8 --locale=C.UTF-8 -D".split()
    made = subprocess.run(
        [*_as_owner(), *making, folder / "data"], cwd=folder, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise CannotGoOn(f"initdb failed:\n{made.stdout}{made.stderr}")
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C is for the tests, which end before their database does.
        server = subprocess.Popen(
            [*_as_owner(), programs / "postgres", "-D", folder / "data", "-k", folder, *settings],
            cwd=folder, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    _wait_until_ready(programs, folder, server)
    return server


def _wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    words = (folder / "log").read_text(errors="replace")
    _stop(server)
    raise CannotGoOn(f"PostgreSQL did not start:\n{words}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(how)
        try:
            server.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue
