"""
make bench: CPU of the server for each request of our pages, as multiples of a bare Django view served by the same server on
the same machine. Rounds of bare and page are interleaved, so that a machine that slows down slows both; the median of the
ratios is printed, with its spread.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CASES = int(os.environ.get("BENCH_CASES", "300"))
ROUNDS, EACH, EACH_BARE, PORT = 9, 20, 200, int(os.environ.get("BENCH_PORT", "8765"))
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")

data_dir = tempfile.mkdtemp(prefix="onewindow-bench-")
os.environ |= {"ONEWINDOW_DATA_DIR": data_dir, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}

import django  # noqa: E402

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402

from onewindow.kernel.cases.models import Case  # noqa: E402
from onewindow.kernel.cases.ports import ports  # noqa: E402
from onewindow.kernel.staff.actor import Actor  # noqa: E402
from tests.factories import City  # noqa: E402

Ask = Callable[[], None]


def cookie_of(actor: Actor) -> str:
    """A session as if the actor had signed in."""
    account = actor.account
    assert account is not None
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


def city_with_a_full_queue() -> tuple[str, str, list[tuple[str, str]]]:
    """An officer's cookie, a case's address, and drafts to hand in with the cookies of their owners."""
    call_command("migrate", verbosity=0)
    ports.ask_sources = lambda actor, case: False
    city = City().lay()
    clerk, officer = city.staff("street_window"), city.staff("street_officer")
    for _ in range(CASES):
        city.accepted(city.resident(), clerk)
    case = Case.unscoped.latest("id")
    drafts = []
    for _ in range(ROUNDS * EACH + 1):
        resident = city.resident()
        drafts.append((f"/cases/{city.draft(resident).public_id}/submit", cookie_of(resident)))
    return cookie_of(officer), f"/desk/cases/{case.public_id}", drafts


@contextmanager
def server() -> Iterator[int]:
    """One worker; yields its process id."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "1",
               "--log-level", "error", "onewindow.project.wsgi:application"]  # fmt: skip
    running = subprocess.Popen(command)
    try:
        for _ in range(200):
            try:
                request("GET", "/bare", "")
                break
            except OSError:
                time.sleep(0.1)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        yield int(children[-1]) if children else running.pid
    finally:
        running.terminate()
        running.wait(10)


def request(method: str, path: str, cookie: str) -> int:
    connection_ = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    token = _get_new_csrf_string()
    headers = {"Cookie": f"{cookie}; csrftoken={token}", "X-CSRFToken": token}
    connection_.request(method, path, headers=headers)
    response = connection_.getresponse()
    response.read()
    connection_.close()
    return response.status


def cpu_ms(pid: int, ask: Ask, times: int) -> float:
    begun = _cpu(pid)
    for _ in range(times):
        ask()
    return (_cpu(pid) - begun) / times


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_MS


def compare(pid: int, name: str, aim: int, ask: Ask, bare: Ask) -> None:
    pairs = [(cpu_ms(pid, ask, EACH), cpu_ms(pid, bare, EACH_BARE)) for _ in range(ROUNDS)]
    ratios = [ours / max(base, 0.01) for ours, base in pairs]
    ours, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"{name:<10} {statistics.median(ratios):5.1f}x a bare view (aim {aim}x, spread {min(ratios):.1f} to "
        f"{max(ratios):.1f}; {ours:.1f} ms against {base:.2f} ms)",
        flush=True,
    )


def main() -> None:
    officer, case, drafts = city_with_a_full_queue()
    connection.close()
    print(f"{CASES} open cases on {connection.vendor}; CPU of one worker, {ROUNDS} rounds")

    def get(path: str) -> Ask:
        def ask() -> None:
            status = request("GET", path, officer)
            if status != 200:
                raise SystemExit(f"{path}: {status}")

        return ask

    def submit() -> None:
        path, cookie = drafts.pop()
        status = request("POST", path, cookie)
        if status != 302:
            raise SystemExit(f"{path}: {status}")

    with server() as pid:
        compare(pid, "queue", 6, get("/desk/queue"), get("/bare"))
        compare(pid, "case page", 10, get(case), get("/bare"))
        compare(pid, "submit", 12, submit, get("/bare"))
    # BENCH_PAYROLL="2000 20000 200000" for the full sizes.
    sizes = os.environ.get("BENCH_PAYROLL", "2000 20000").split()
    subprocess.run([sys.executable, "-m", "tests.bench.payroll", *sizes], check=True)
    # A process of its own, so that none of this counts there. BENCH_WHOLE=1 runs 13.8 million people too.
    whole = ["--whole", "--publish"] if os.environ.get("BENCH_WHOLE") else []
    subprocess.run([sys.executable, "-m", "tests.bench.city", *whole], check=True)


if __name__ == "__main__":
    main()
