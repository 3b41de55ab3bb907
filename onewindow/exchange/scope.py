from django.db.models import Q

from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import CASE_POSTS
from onewindow.kernel.staff.scope import NOTHING, within


def queries_seen_by(actor: Actor) -> Q:
    """Officers: of the cases of their place. A person: those about themselves, and nobody else's (PIPL a45)."""
    own = Q(subject_id=actor.person_id) if actor.person_id and not actor.is_staff else NOTHING
    return own | within("case__place", actor.places_as(*CASE_POSTS))
