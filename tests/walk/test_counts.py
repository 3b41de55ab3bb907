"""What a stranger sees does not depend on what the district has: no count, sum or colour either."""

import pytest

from tests.walk.routes import everything
from tests.walk.test_strangers import SHOWS_NAMES, begins, gets
from tests.walk.town import Town
from tests.walk.walking import client_of, text_of, without_tokens

READERS = (
    "resident of another district", "clerk of another district", "officer of another street",
    "officer of another district", "finance of another district",
)  # fmt: skip


@pytest.mark.django_db
def test_the_lists_of_strangers_are_the_same_before_the_district_has_its_cases_and_after() -> None:
    town = Town()
    clients = {who: client_of(town.strangers[who]) for who in READERS}
    lists = [route for route in everything() if gets(route) and not route.parameters and not begins(route, SHOWS_NAMES)]

    def look() -> dict[tuple[str, str], str]:
        seen = {}
        for who, client in clients.items():
            for route in lists:
                seen[who, route.template] = without_tokens(text_of(client.get(route.template)))
        return seen

    look()  # messages that were looked at are no longer new
    before = look()
    town.fill()
    after = look()
    assert not [where for where in before if before[where] != after[where]]
