"""好差评: bad ratings are called back within 15 working days, and every office's ratings are counted."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from onewindow.kernel.audit.acting import log_look
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.models import Callback, Rating
from onewindow.kernel.cases.supervision import DISTRICT, STREET, supervised
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.budget import spend_look
from onewindow.kernel.staff.posts import Post

CALL_BACK_DAYS = 15


def open_callback(rating: Rating) -> Callback:
    due = add_working_days(today(), CALL_BACK_DAYS).on
    return Callback.unscoped.create(rating=rating, place_id=rating.case.place_id, due_on=due)


def open_callbacks(actor: Actor) -> QuerySet[Callback]:
    waiting = Callback.objects.seen_by(actor).filter(ended_at=None)
    return waiting.select_related("place", "rating__case__applicant").defer(
        "rating__case__facts", "rating__case__pay_to"
    )


def seen_callback(actor: Actor, public_id: UUID) -> Callback:
    callback: Callback | None = open_callbacks(actor).filter(public_id=public_id).first()
    if callback is None:
        raise Http404
    return callback


def read_callback(actor: Actor, public_id: UUID) -> Callback:
    """Who rated is a person's record: the look is counted, and they can read of it."""
    callback = seen_callback(actor, public_id)
    spend_look(actor, callback.rating.case.applicant)
    log_look(actor, callback, reason="回访差评")
    return callback


@dataclass(frozen=True)
class Rated:
    """One office's ratings. Who gave them is not told."""

    code: str
    name: str
    count: int
    mean: float
    bad: int
    open: int
    late: int


def rated_offices(actor: Actor) -> list[Rated]:
    digits = DISTRICT if actor.holds(Post.CITY_LEADER) else STREET
    waiting = Q(callback__isnull=False, callback__ended_at=None)
    found = (
        Rating.objects.filter(case__in=supervised(actor).values("pk"))
        .values(office=Substr("case__place_id", 1, digits))
        .annotate(
            count=Count("pk"),
            mean=Avg("stars"),
            bad=Count("pk", filter=Q(stars__lte=Rating.Stars.BAD)),
            open=Count("pk", filter=waiting),
            late=Count("pk", filter=waiting & Q(callback__due_on__lt=today())),
        )
        .order_by("office")
    )
    rows: list[dict[str, Any]] = [dict(row) for row in found]
    codes = [str(row.pop("office")).ljust(12, "0") for row in rows]
    names = dict(Place.objects.filter(code__in=codes).values_list("code", "name"))
    return [Rated(code[:digits], names.get(code, code), **row) for code, row in zip(codes, rows, strict=True)]
