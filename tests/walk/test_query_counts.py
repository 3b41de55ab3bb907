"""A page costs the database at most twelve questions, and as many with a thousand rows as with ten."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.kernel.audit.acting import log_look
from onewindow.kernel.calendar.working_days import horizon
from onewindow.kernel.cases.events import add_event, tell
from tests.factories import number_of
from tests.walk.addresses import addresses
from tests.walk.routes import everything
from tests.walk.town import Town
from tests.walk.walking import client_of, lets_in

pytestmark = pytest.mark.django_db
MOST, MORE = 12, 12
READERS = ("applicant", "clerk", "officer", "checker", "auditor", "policy officer")


def questions(client: Client, url: str) -> int | None:
    """None where the reader is not let in. Savepoints are of the tests' own making."""
    horizon()  # the calendar is read anew once a minute, by whoever comes then
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    return sum("SAVEPOINT" not in each["sql"] for each in asked.captured_queries) if lets_in(response) else None


def counted(town: Town) -> dict[tuple[str, str], int]:
    """The most that each reader's route asks, whichever record it leads to."""
    found: dict[tuple[str, str], int] = {}
    for who in READERS:
        client = client_of(town.insiders[who])
        client.get("/")  # the first of a session asks more
        for route in everything():
            for url in addresses(route, town, most=4) if "GET" in route.methods else ():
                number = questions(client, url)
                if number is not None:
                    found[who, str(route)] = max(found.get((who, str(route)), 0), number)
    return found


def more_of_everything(town: Town) -> None:
    """In every list: cases in the queue, members' messages, looks, events, notes of finance."""
    assert town.applicants[0].person is not None
    for _ in range(MORE):
        town.city.submitted(town.city.resident())
        log_look(town.officer, town.decided, reason=f"办理{town.decided}{number_of(town.officer)}")
        tell(town.decided, "又有进展")
        add_event(town.decided, "note", "又有进展", town.officer)


def test_no_page_asks_more_than_twelve_questions_and_none_asks_more_for_more_rows(town: Town) -> None:
    few = counted(town)
    more_of_everything(town)
    many = counted(town)
    assert not {where: number for where, number in many.items() if number > MOST}
    assert not {where: (number, many[where]) for where, number in few.items() if many[where] > number}
