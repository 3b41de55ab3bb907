"""
`python -m tests.bench.rechecking GRANTS [PEOPLE]`: a standard was raised and every grant of the city gets its new sum. Each
step with its rows per second, on the database of DATABASE_URL (an own PostgreSQL where none is named), with a kill in the
middle. With PEOPLE, the registers hold so many others, and the whole city is taken to a folder and reckoned too.

The holders are rows like a city's own, made set-based: who they are does not matter here, how many there are does.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

MONTH, DECIDED = "2025-09", date(2025, 7, 20)
OLD = 101_000
PIECE = 5_000


def set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from onewindow.project.saying import open_city

    call_command("migrate", verbosity=0)

    open_city()


@contextmanager
def timed(what: str, rows: int) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds = time.perf_counter() - begun
    print(f"{what:46} {rows:>10,} rows {seconds:8.1f} s {rows / seconds:>10,.0f} rows/s", flush=True)


def make_grants(wanted: int) -> None:
    """Person, household, case, decision and grant: five rows each, in pieces."""
    from django.db import connection

    from onewindow.kernel.places.models import Place

    if not Place.objects.exists():
        from tests.factories import City

        City().lay()
    for at in range(0, wanted, PIECE):
        _piece(at, min(PIECE, wanted - at))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a city's own database has been, that did not grow within a minute


def _piece(at: int, count: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from onewindow.kernel.cases.models import Case, CaseMember, Decision, StepRun
    from onewindow.kernel.grants.models import Grant
    from onewindow.kernel.people.models import Household, Member, Person
    from tests.factories import COMMUNITY, QUANYECHANG

    now = timezone.now()
    with transaction.atomic():
        people = Person.unscoped.bulk_create(
            Person(name=f"户{n}", birth=date(1950 + n % 50, 1 + n % 12, 1 + n % 28), sex=1 + n % 2, place_id=COMMUNITY)
            for n in range(at, at + count)
        )
        homes = Household.objects.bulk_create(
            Household(number=f"R{at + n}", place_id=COMMUNITY, address="花园路1号") for n in range(count)
        )
        Member.objects.bulk_create(
            Member(household=home, person=person, relation="02") for home, person in zip(homes, people, strict=True)
        )
        cases = Case.unscoped.bulk_create(
            Case(
                matter_code="dibao", matter_version="2022-10", applicant=person, household=home, place_id=QUANYECHANG,
                channel="window", state="approved", number=f"R{person.pk}",
                facts={"household": {"monetary_property": 0}, "people": {person.public_id.hex: {"wage_income": 0}}},
            )
            for home, person in zip(homes, people, strict=True)
        )  # fmt: skip
        CaseMember.objects.bulk_create(
            CaseMember(case=case, person=case.applicant, relation="02", is_applicant=True) for case in cases
        )
        runs = StepRun.unscoped.bulk_create(
            StepRun(case=case, step_code="decide", place_id=QUANYECHANG, started_at=now, ended_at=now, sort_on=DECIDED)
            for case in cases
        )
        decisions = Decision.objects.bulk_create(
            Decision(
                case=run.case,
                run=run,
                is_approval=True,
                decided_by=run.case.applicant,
                decided_on=DECIDED,
                amount_fen=OLD,
            )
            for run in runs
        )
        Grant.unscoped.bulk_create(
            Grant(
                case=each.case, decision=each, benefit="dibao", holder=each.case.applicant, household=each.case.household,
                place_id=QUANYECHANG, every="month", amount_fen=OLD, from_month="2025-08", pay_to="", pay_to_name="",
            )
            for each in decisions
        )  # fmt: skip


OTHERS = """
INSERT INTO people_household (public_id, number, place_id, address, is_urban)
SELECT gen_random_uuid(), 'C' || n, %(place)s, '花园路2号', n %% 5 > 0 FROM generate_series(1, %(homes)s) n;
INSERT INTO people_person (public_id, name, id_number, birth, sex, phone, phone_index, bank_account, place_id, address)
SELECT gen_random_uuid(), '居民', '', DATE '1935-01-01' + (n * 7919 %% 32000)::int, 1 + n %% 2, '', '', '', %(place)s, home.id::text
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_household WHERE number LIKE 'C%%') home,
    generate_series(1, (1 + home.n * 31 %% 5 - (home.n %% 4 = 0)::int * (home.n * 31 %% 5 > 0)::int)::int);
INSERT INTO people_member (household_id, person_id, relation)
SELECT address::bigint, id, CASE row_number() OVER (PARTITION BY address ORDER BY id) WHEN 1 THEN '02' WHEN 2 THEN '10' ELSE '20' END
FROM people_person WHERE name = '居民';
INSERT INTO people_registerentry (person_id, source, item, value, as_of)
SELECT id, 'tax', 'wage_income', to_jsonb((id * 7907 %% 900000)::int), DATE '2025-08-01' FROM people_person
WHERE name = '居民' AND id %% 2 = 0;
INSERT INTO people_registerentry (person_id, source, item, value, as_of)
SELECT id, 'disability', 'disability_level', to_jsonb((1 + id %% 4)::int), DATE '2025-08-01' FROM people_person
WHERE name = '居民' AND id %% 20 = 0;
ANALYZE;
"""
"""Rows like a city's: who they are does not matter here, how many there are does. 2.6 to a household."""


def make_others(people: int) -> None:
    from django.db import connection

    from tests.factories import COMMUNITY

    with connection.cursor() as cursor:
        # They are right by the way they are made: no foreign key of forty million rows is looked up.
        cursor.execute("SET session_replication_role = replica")
        for statement in OTHERS.split(";\n"):
            if statement.strip():
                cursor.execute(statement, {"place": COMMUNITY, "homes": round(people / 2.6)})
        cursor.execute("SET session_replication_role = origin")


def whole_city() -> None:
    import tempfile
    from pathlib import Path

    from django.db import connection

    from onewindow.bulk.engine import BulkEngine
    from onewindow.bulk.snapshot import address_of, take
    from onewindow.rules.system import system

    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        begun = time.perf_counter()
        taken = take(address_of(connection.settings_dict), MONTH, Path(folder, "city"))
        seconds = time.perf_counter() - begun
        print(f"{'the registers taken to a folder':46} {taken.persons:>10,} people {seconds:6.1f} s", flush=True)
        with timed("the law over all of them", taken.persons):
            BulkEngine(system()).run(
                Path(folder, "city"), MONTH, ["dibao_amount", "marginal_grant"], Path(folder, "out")
            )


def approved() -> Any:
    """Two people, as on the pages."""
    from onewindow.fields.finding.actions import recomputing
    from onewindow.fields.finding.models import Recomputation
    from tests.factories import HEPING, City

    city = City()
    city.numbers = (number for number in _numbers())  # type: ignore[assignment]
    officer, chief = city.staff("district_officer", HEPING), city.staff("district_chief", HEPING)
    told = Recomputation.unscoped.get(state="draft")
    recomputing.check_list(officer, told, digest=told.digest)
    return recomputing.approve_list(chief, told, digest=told.digest)


def _numbers() -> Iterator[str]:
    from tests.factories import id_numbers

    yield from id_numbers("120103")


def write() -> None:
    """What `onewindow recheck --apply` does; killed by the parent in the first round."""
    from onewindow.fields.finding.actions.recomputing import write_list
    from onewindow.fields.finding.models import Recomputation

    told = Recomputation.unscoped.get(state="approved")
    write_list(told.pk, lambda done, of: print(f"{done}/{of}", flush=True))


def killed_in_the_middle() -> int:
    """A process of its own, ended with SIGKILL once a third is written; gives how many rows are there then."""
    from onewindow.kernel.grants.models import GrantAmount

    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.rechecking", "write"], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for line in child.stdout:
        done, _, of = line.strip().partition("/")
        if int(done) * 3 >= int(of):
            child.kill()
            break
    child.wait()
    return GrantAmount.objects.count()


def measure(wanted: int, people: int = 0) -> None:
    from onewindow.fields.finding.models import Recomputation
    from onewindow.kernel.grants.models import GrantAmount
    from onewindow.kernel.staff.actor import SYSTEM
    from onewindow.project.searching.rechecking import recheck

    with timed("made (not part of the work)", wanted):
        make_grants(wanted)
    if people:
        with timed("the other people made (not part of the work)", people):
            make_others(people)
        whole_city()
    with timed("recheck: read, computed, compared, listed", wanted):
        recheck(SYSTEM, MONTH)
    with timed("checked and approved over the digest", wanted):
        told = approved()
    there = killed_in_the_middle()
    assert 0 < there < wanted, there
    with timed(f"written after a kill at {there:,}", wanted - there):
        write()
    told = Recomputation.unscoped.get(pk=told.pk)
    assert (told.state, told.written, told.left, GrantAmount.objects.count()) == ("applied", wanted, 0, wanted)
    with timed("recheck again: everything agrees", wanted):
        assert recheck(SYSTEM, MONTH).counts == {"looked_at": wanted, "agree": wanted}


def on_our_own_postgres(words: list[str]) -> int:
    from tools.postgres import postgres

    with postgres() as url:
        return subprocess.run([sys.executable, "-m", "tests.bench.rechecking", *words], env={**os.environ, "DATABASE_URL": url}, check=False).returncode  # fmt: skip


if __name__ == "__main__":
    if "DATABASE_URL" not in os.environ:
        sys.exit(on_our_own_postgres(sys.argv[1:] or ["20000"]))
    set_up()
    if sys.argv[1:] == ["write"]:
        write()
    else:
        measure(*map(int, sys.argv[1:3]))
