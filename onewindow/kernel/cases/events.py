"""Adding to a case's history, and telling people."""

from typing import Any

from django.utils import timezone

from onewindow.kernel.cases.models import Case, CaseEvent, Message
from onewindow.kernel.outbox.sending import put_out
from onewindow.kernel.people.models import Person


def add_event(
    case: Case, code: str, text: str, actor: Any, *, public: bool = True, detail: dict[str, Any] | None = None
) -> CaseEvent:
    return CaseEvent.objects.create(
        case=case, at=timezone.now(), code=code, text=text[:600], actor=actor.label, is_public=public,
        detail=detail or {},
    )  # fmt: skip


def tell(case: Case, text: str, *people: Person) -> None:
    """A message to the applicant (and agent), or to the people named; by SMS too, where a phone is known."""
    for person in people or tuple(filter(None, (case.applicant, case.agent))):
        message = Message.objects.create(person=person, case=case, text=text[:400])
        put_out("sms", f"sms:{message.pk}", {"message": message.pk})
