"""
make bench: CPU time of our pages as multiples of a bare Django view on the same machine, in the same process. Pairs are
interleaved, so that a machine that slows down slows both; the median of the ratios is printed, with its spread.
"""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext, setup_test_environment

from onewindow.kernel.cases.actions import applying
from onewindow.kernel.cases.models import Case
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.staff.actor import Actor
from tests.factories import City

CASES = int(os.environ.get("BENCH_CASES", "300"))
PAIRS = 15
EACH = 10


def cpu_ms(act: Callable[[], object], times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - begun) * 1000 / times


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.account is not None
    client.force_login(actor.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def fill(city: City) -> Actor:
    """A street with many open cases."""
    ports.ask_sources = lambda actor, case: False
    clerk, officer = city.staff("street_window"), city.staff("street_officer")
    for _ in range(CASES):
        city.accepted(city.resident(), clerk)
    return officer


def drafts(city: City) -> Callable[[], object]:
    """Each call hands one prepared draft in; preparing it is not counted."""
    ready = [city.draft(city.resident()) for _ in range(PAIRS * EACH + 1)]

    def submit() -> None:
        case = ready.pop()
        owner = Actor(person=case.applicant, account=case.applicant.accounts.get())
        applying.submit_case(owner, case)

    return submit


def compare(name: str, aim: float, act: Callable[[], object], base: Callable[[], object]) -> None:
    act(), base()
    ratios = [cpu_ms(act, EACH) / cpu_ms(base, EACH * 20) for _ in range(PAIRS)]
    with CaptureQueriesContext(connection) as seen:
        act() if name != "submit" else None
    queries = sum(
        not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for each in seen.captured_queries
    )
    middle = statistics.median(ratios)
    print(
        f"{name:<12} {middle:6.1f}x a bare view  (aim {aim:.0f}x, spread {min(ratios):.1f}–{max(ratios):.1f})"
        + (f"  {queries} queries" if queries else "")
    )


def main() -> None:
    setup_test_environment()
    settings.ROOT_URLCONF = "tests.bench.urls"
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        city = City().lay()
        officer = fill(city)
        client, case = signed_in(officer), Case.unscoped.latest("id")
        base_client = Client()
        print(f"{CASES} open cases, {connection.vendor}; CPU per request, {PAIRS} pairs")
        base = base_of(base_client)
        compare("queue", 6, lambda: client.get("/desk/queue"), base)

        def case_page() -> None:
            assert client.get(f"/desk/cases/{case.public_id}").status_code == 200

        compare("case page", 10, case_page, base)
        compare("submit", 12, drafts(city), base)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


FRESH = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def base_of(client: Client) -> Callable[[], object]:
    """The bare view behind the middleware of a fresh project: a client keeps the middleware of its first request."""
    with override_settings(MIDDLEWARE=FRESH):
        client.get("/bare")
    return lambda: client.get("/bare")


if __name__ == "__main__":
    main()
