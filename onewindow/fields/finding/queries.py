"""What pages read of leads and lists. Each read starts from who asks; out of sight is as absent as unknown."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from onewindow.fields.finding.actions import working
from onewindow.fields.finding.models import Forecast, Lead, LeadNote, Recomputation, RecomputationLine
from onewindow.kernel.audit.acting import can, log_look
from onewindow.kernel.catalog import matters
from onewindow.kernel.people.models import Member
from onewindow.kernel.places.codes import prefix
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.budget import spend_look
from onewindow.rules.assess import CannotAssess, assess
from onewindow.rules.system import system

TO_DO = "open"
OF_LIST = (
    "public_id", "kind", "benefit", "matter_code", "state", "rank", "certainty", "now_fen", "expected_fen", "reason",
    "month", "cause", "person__name", "person__birth", "place__name", "place__parent__name", "taken_by__name",
)  # fmt: skip


def benefit_name(lead: Lead) -> str:
    return lead.matter.name if lead.matter else str(system().variables[lead.benefit].label)


def leads_asked_for(actor: Actor, asked: Any) -> QuerySet[Lead]:
    """By kind, benefit, state and place, from the words of an address; words that mean nothing ask for everything."""
    found: QuerySet[Lead] = Lead.objects.seen_by(actor)
    kind, state, benefit, place = (asked.get(name, "") for name in ("kind", "state", "benefit", "place"))
    if kind in Lead.Kind.values:
        found = found.filter(kind=kind)
    if state in Lead.State.values:
        found = found.filter(state=state)
    elif state != "all":
        found = found.filter(state__in=Lead.OPEN)
    if benefit in system().variables:
        found = found.filter(benefit=benefit)
    if place.isascii() and place.isdigit() and len(place) <= 12:
        found = found.filter(place__code__startswith=prefix(place))
    return found.select_related("person", "place__parent", "taken_by").only(*OF_LIST)


def benefits_found() -> list[tuple[str, str]]:
    """What a list can be narrowed to: the matters paid by month, and benefits that no matter takes yet."""
    own = {matter.grant.amount: matter.name for matter in matters().values() if matter.grant}
    others = Lead.unscoped.filter(matter_code="").order_by().values_list("benefit", flat=True).distinct()
    return [
        *own.items(),
        *((name, str(system().variables[name].label)) for name in others if name in system().variables),
    ]


def places_of(actor: Actor) -> list[Place]:
    """The streets below the posts that are held above one."""
    wide = [held.place for held in actor.posts if len(prefix(held.place)) <= 6]
    below = Q(pk__in=[])
    for code in wide:
        below |= Q(code__startswith=prefix(code))
    return list(Place.objects.filter(below, level=Place.Level.STREET).order_by("code")) if wide else []


def seen_lead(actor: Actor, public_id: UUID) -> Lead:
    seen = Lead.objects.seen_by(actor).select_related(
        "person", "household", "place__parent", "taken_by", "case", "grant"
    )
    lead: Lead | None = seen.filter(public_id=public_id).first()
    if lead is None:
        raise Http404
    return lead


@dataclass(frozen=True)
class LeadWork:
    """What an officer reads before calling: why, from which facts, how the sum comes about, and what was done."""

    lead: Lead
    benefit: str
    notes: list[LeadNote]
    needs_consent: bool
    steps: list[dict[str, Any]]
    problem: str
    is_mine: bool
    may_work: bool
    may_open_case: bool


def open_lead(actor: Actor, public_id: UUID) -> LeadWork:
    """A look at the person: counted, logged with its reason, and the person can read that."""
    lead = seen_lead(actor, public_id)
    spend_look(actor, lead.person)
    log_look(actor, lead, reason=f"{lead.get_kind_display()}：{benefit_name(lead)}")
    steps, problem = _explained(lead)
    return LeadWork(
        lead=lead,
        benefit=benefit_name(lead),
        notes=list(lead.notes.order_by("-id")[:100]),
        needs_consent=lead.needs_consent,
        steps=steps,
        problem=problem,
        is_mine=lead.taken_by_id is not None and lead.taken_by_id == actor.person_id,
        may_work=can(actor, "lead.take", lead),
        may_open_case=can(actor, "lead.open_case", lead),
    )


def _explained(lead: Lead) -> tuple[list[dict[str, Any]], str]:
    """The law's own sentences, where they may be put together without asking, or the person was asked."""
    if lead.needs_consent or not lead.situation:
        return [], ""
    try:
        steps = assess(lead.situation, lead.month, [lead.benefit]).to_json()["steps"]
    except CannotAssess as problem:
        return [], str(problem)
    names = _names(lead)
    return [_named(step, names) for step in steps], ""


def _names(lead: Lead) -> dict[str, str]:
    if lead.kind != Lead.Kind.FIND or lead.household_id is None:
        return {}
    members = Member.objects.filter(household_id=lead.household_id, until_on=None)
    return {str(pk): name for pk, name in members.values_list("person_id", "person__name")}


def _named(step: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    who = names.get(step["person"] or "")
    return {**step, "person": None, "label": f"{who}：{step['label']}" if who else step["label"]}


def lists_seen(actor: Actor) -> QuerySet[Recomputation]:
    found: QuerySet[Recomputation] = Recomputation.objects.seen_by(actor)
    return found.select_related("place", "checked_by", "approved_by")


def seen_list(actor: Actor, public_id: UUID) -> Recomputation:
    told = lists_seen(actor).filter(public_id=public_id).first()
    if told is None:
        raise Http404
    return told


def open_list(actor: Actor, public_id: UUID) -> Recomputation:
    """To read its lines; who holds them is behind each line's case, whose look is the person's to read."""
    told = seen_list(actor, public_id)
    log_look(actor, told, reason=f"核对重算名单：{told.place.name}{told.month}")
    return told


def lines_of(told: Recomputation) -> QuerySet[RecomputationLine]:
    return told.lines.select_related("grant__case", "grant__place").only(
        "before_fen", "after_fen", "of_id", "grant__case__public_id", "grant__place__name"
    )


def newest_forecast() -> Forecast | None:
    return Forecast.objects.order_by("-id").first()


def waiting(actor: Actor) -> dict[str, int]:
    """How many of each kind wait, for the head of the list."""
    rows = Lead.objects.seen_by(actor).filter(state__in=Lead.OPEN)
    kinds = {kind: Count("pk", filter=Q(kind=kind)) for kind in Lead.Kind.values}
    found: dict[str, int] = rows.aggregate(**kinds, mine=Count("pk", filter=Q(taken_by_id=actor.person_id)))
    return found


WAYS, CONSENTS, ENDINGS = working.WAYS, working.CONSENTS, working.ENDINGS
