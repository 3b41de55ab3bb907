from onewindow.kernel.audit.acting import action
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import CASE_POSTS, Post


def may_reveal(actor: Actor, person: Person) -> bool:
    return actor.holds(Post.STREET_WINDOW) or actor.holds(*CASE_POSTS, at=person.place_id)


@action("person.reveal_id", "查看完整身份证号", may=may_reveal)
def reveal_id_number(actor: Actor, person: Person, *, reason: str) -> str:
    """Masked everywhere else; each opening names its reason, and the person can read it."""
    return person.id_number
