"""What to put into a route so that it leads to somebody's record."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from onewindow.exchange.models import Query
from onewindow.fields.finding.models import Lead, Recomputation
from onewindow.fields.policy.models import StandardProposal
from onewindow.kernel.cases.models import Callback, Case, PublicNotice
from onewindow.kernel.grants.models import Fund, PaymentRun
from onewindow.kernel.papers.models import Letter, Paper
from onewindow.kernel.people.models import Consent
from onewindow.kernel.reception.models import Appointment, Ticket
from tests.factories import QUANYECHANG
from tests.walk.routes import Route
from tests.walk.town import Town

OBJECTS: dict[str, Callable[[Town], list[Any]]] = {
    "cases": lambda town: town.cases,
    "people": lambda town: town.people,
    "notices": lambda town: list(PublicNotice.objects.filter(case__in=town.cases)),
    "consents": lambda town: list(Consent.objects.filter(person__in=town.people)),
    "payments": lambda town: list(PaymentRun.unscoped.all()),
    "funds": lambda town: list(Fund.unscoped.all()),
    "payment-runs": lambda town: list(PaymentRun.unscoped.all()),
    "callbacks": lambda town: list(Callback.unscoped.all()),
    "leads": lambda town: list(Lead.unscoped.filter(person__in=town.people)),
    "standards": lambda town: list(StandardProposal.unscoped.all()),
    "recomputations": lambda town: list(Recomputation.unscoped.all()),
    "letters": lambda town: list(Letter.unscoped.filter(recipient__in=town.people)),
    "appointments": lambda town: list(Appointment.unscoped.all()),
    "tickets": lambda town: list(Ticket.unscoped.all()),
    "papers": lambda town: list(Paper.unscoped.filter(owner__in=town.people)),
}
"""By the word before `public_id`."""
STEPS = ("papers", "check")


def of_route(route: Route, of: Any) -> list[Any]:
    """`code`, which the catalogue, the check of letters and the screens in the halls have."""
    if "hall" in route.template:
        return [QUANYECHANG]
    is_letter = "check" in route.template
    return [Letter.unscoped.filter(recipient__isnull=False).latest("id").check_code] if is_letter else ["dibao"]


def of_case(found: Callable[[Case], Any]) -> Callable[[Route, Any], list[Any]]:
    return lambda route, case: [value for value in found(case) if value is not None]


def papers_of(route: Route, case: Case) -> list[Any]:
    name = "paper_id" if route.operation else "paper__public_id"
    return list(case.papers.values_list(name, flat=True)[:1])


PARAMETERS: dict[str, Callable[[Route, Any], list[Any]]] = {
    "code": of_route,
    "step": lambda route, of: list(STEPS),
    "verb": lambda route, of: re.findall(r"\?P<verb>([^)]*)", route.template)[0].split("|"),
    "run_id": of_case(lambda case: case.runs.order_by("-id").values_list("pk", flat=True)[:1]),
    "letter_id": of_case(lambda case: case.letters.values_list("letter__public_id", flat=True)[:1]),
    "paper_id": papers_of,
    "query_id": lambda route, of: list(Query.unscoped.values_list("pk", flat=True)[:2]),
    "kind": lambda route, of: ["desk"],
    "partner": lambda route, of: ["bank"],
    "provider_id": lambda route, of: ["city"],
}


def addresses(route: Route, town: Town, most: int = 100) -> Iterator[str]:
    """Every record of the town to which the route can lead."""
    names, objects = route.parameters, [None]
    if "public_id" in names:
        word = route.template.split("<uuid:public_id")[0].split("{public_id")[0].split("(?P<public_id")[0]
        objects = OBJECTS[_known(word.strip("/").rpartition("/")[2], OBJECTS, route)](town)
    others = [name for name in names if name != "public_id"]
    for each in objects[:most]:
        choices = [PARAMETERS[_known(name, PARAMETERS, route)](route, each) for name in others]
        for chosen in product(*choices):
            values = dict(zip(others, chosen, strict=True))
            yield route.url({**values, "public_id": getattr(each, "public_id", "")})


def _known(word: str, known: Any, route: Route) -> str:
    assert word in known, f"The walk does not know what to put for {word!r} in {route}: tell it in {__name__}."
    return word
