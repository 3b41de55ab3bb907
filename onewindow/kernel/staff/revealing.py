from onewindow.kernel.audit.acting import Refused, action, can
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.budget import spend_look
from onewindow.kernel.staff.posts import CASE_POSTS, Post

SHORTEST_REASON = 4


def may_reveal(actor: Actor, person: Person) -> bool:
    return actor.holds(Post.STREET_WINDOW) or actor.holds(*CASE_POSTS, at=person.place_id)


def reveal_id_number(actor: Actor, person: Person, *, reason: str) -> str:
    """Masked everywhere else; each opening names its reason, counts as a look, and the person can read it."""
    if can(actor, "person.reveal_id", person):
        spend_look(actor, person)
    return _reveal(actor, person, reason=reason)


@action("person.reveal_id", "查看完整身份证号", may=may_reveal)
def _reveal(actor: Actor, person: Person, *, reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("请写明查看完整号码的理由（至少4个字）。", "reason")
    return person.id_number
