"""Every route and operation says who may open it, and nobody gets in without signing in but where a reason is given."""

from itertools import product

from django.conf import settings
from django.http import HttpResponse

from onewindow.kernel.audit.acting import ACTIONS
from onewindow.kernel.staff.actor import NOBODY
from tests.walk.addresses import addresses
from tests.walk.routes import Route, everything, operations, pages, resolved_operations
from tests.walk.town import Town
from tests.walk.walking import ask, body_of, client_of, undone

READS = {
    "public", "self", "person.find", "person.look", "queue.seen_by", "case.seen_by", "case.work", "case.history",
    "payroll.seen_by",
}  # fmt: skip
MOST_OPEN_DOORS = 15
DESCRIPTION = "staff: any post; anybody in the demo city"


def test_every_page_names_who_may_open_it() -> None:
    nameless = [route.template for route in pages() if not route.permission]
    assert not nameless, (
        f"Say public_page(why), resident_page or staff_page(posts) of onewindow/web/access.py: {nameless}"
    )


def test_every_operation_names_its_permission_object_and_scope() -> None:
    for route in operations():
        assert route.operation is not None
        assert route.permission in ACTIONS or route.permission in READS, (
            f"{route}: {route.permission!r} is no permission"
        )
        assert route.operation["x-object-type"] and route.operation["x-scope"], str(route)
        assert route.operation["summary"], str(route)


def test_an_operation_that_writes_is_named_as_its_act() -> None:
    writing = [route for route in operations() if route.method != "GET" and route.permission not in ACTIONS]
    assert {str(route) for route in writing} == {
        "POST /api/v1/people/find", "POST /api/v1/people/{public_id}", "POST /api/v1/me/messages/read",
    }  # fmt: skip


def test_the_description_knows_every_operation() -> None:
    assert {route.template for route in operations()} == resolved_operations()


def test_public_doors_are_few_and_each_has_its_reason() -> None:
    reasons = {route.permission for route in pages() if route.is_public}
    assert all(len(reason) > len("public: ") + 10 for reason in reasons)
    assert len(reasons) <= MOST_OPEN_DOORS, reasons


def is_turned_away(response: HttpResponse, route: Route) -> bool:
    """Pages lead to the sign-in page; a program is told. 405 is no answer of an operation: another router hides it."""
    if route.operation is not None:
        return response.status_code in (401, 403)
    to_login = response.status_code == 302 and response.headers["Location"].startswith(settings.LOGIN_URL)
    return to_login or response.status_code in (403, 404, 405)


def test_nobody_opens_anything_but_public_doors(town: Town) -> None:
    """Also where the record exists: asked with its address, and a body that would do."""
    client, opened = client_of(NOBODY), []
    for route in everything():
        if route.permission.startswith(("public", "partner", "notice.object", DESCRIPTION)):
            continue
        for url, method in product(addresses(route, town, most=1), route.methods):
            with undone():
                response = ask(client, route, method, url, body_of(route, town))
            if not is_turned_away(response, route):
                opened.append(f"{method} {url}: {response.status_code}")
    assert not opened, opened
