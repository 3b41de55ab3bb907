"""A page costs the same for ten rows as for a hundred."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.kernel.cases.models import Case, PublicNotice
from tests.factories import COMMUNITY, City

MOST = 12
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def statements(client: Client, where: str) -> int:
    client.get(where)  # a session's first visit may cost more
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(where).status_code == 200
    return sum(not each["sql"].startswith(NOT_COUNTED) for each in caught.captured_queries)


def more_cases(city: City, first: Case, number: int) -> None:
    for _ in range(number):
        city.submitted(city.resident())


def more_notices(first: Case, number: int) -> None:
    run = first.runs.earliest("id")
    for n in range(number):
        run.pk = None
        run.ended_at = first.submitted_at
        run.save(force_insert=True)
        PublicNotice.objects.create(
            case=first, run=run, place_id=COMMUNITY, from_on="2026-01-01", until_on="2099-01-01",
            shows={"name": f"张{n}"},
        )  # fmt: skip


@pytest.mark.parametrize("where", ["/desk/queue", "/desk/cases/", "/desk/cases/?state=submitted"])
def test_lists_of_the_desk_cost_the_same_however_long(city: City, signed_in: Any, where: str) -> None:
    first = city.submitted(city.resident())
    client = signed_in(city.staff("street_window"))
    more_cases(city, first, 9)
    ten = statements(client, where)
    more_cases(city, first, 40)
    assert statements(client, where) == ten <= MOST


def test_notices_cost_the_same_however_many(city: City) -> None:
    first = city.submitted(city.resident())
    more_notices(first, 10)
    ten = statements(Client(), "/notices/")
    more_notices(first, 90)
    assert statements(Client(), "/notices/") == ten <= MOST


def test_my_cases_cost_the_same_however_many(city: City, signed_in: Any) -> None:
    me = city.resident()
    case = city.submitted(me)
    client = signed_in(me)

    def copies(number: int) -> None:
        for n in range(number):
            Case.unscoped.bulk_create(
                [
                    Case(
                        matter_code=case.matter_code,
                        applicant=case.applicant,
                        place=case.place,
                        state="rejected",
                        number=f"{number}-{n}",
                    )
                ]
            )

    copies(9)
    ten = statements(client, "/cases/")
    copies(90)
    assert statements(client, "/cases/") == ten <= MOST


@pytest.mark.parametrize("end", ["", "/papers", "/history"])
def test_a_case_page_of_a_large_family_costs_no_more(city: City, signed_in: Any, end: str) -> None:
    clerk = signed_in(city.staff("street_window"))
    costs = []
    for size in (1, 6):
        me = city.resident()
        city.household(me.person, *(city.person() for _ in range(size - 1)))
        costs.append(statements(clerk, f"/desk/cases/{city.submitted(me).public_id}{end}"))
    assert costs[0] == costs[1]
