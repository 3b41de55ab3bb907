"""A member of staff opens only so many different people in an hour: scraping stops, and the log says that it was tried."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, log_look
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.people.models import Person
from onewindow.kernel.staff.actor import Actor

PEOPLE_PER_HOUR = 60
COUNTED = Q(action__startswith="look") | Q(action__in=("find", "person.reveal_id"))
ALARM = "alarm.looks"


def spend_look(actor: Actor, person: Person) -> None:
    """Raises Refused when this would be one person too many. Call it before the act: the alarm must outlive the refusal."""
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    looked = AuditLine.objects.filter(COUNTED, actor_account=actor.account_id, at__gte=since)
    seen = set(looked.exclude(subject=None).values_list("subject", flat=True))
    if person.pk in seen or len(seen) < PEOPLE_PER_HOUR:
        return
    log_look(actor, person, reason=f"一小时内已查看{len(seen)}人", action=ALARM)
    raise Refused(
        f"您在一小时内已查看{PEOPLE_PER_HOUR}人的资料，达到上限。请稍后再试；确因工作需要请联系本单位负责人。"
    )
