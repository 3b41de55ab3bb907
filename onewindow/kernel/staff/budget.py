"""A member of staff opens only so many different people in an hour: scraping stops, and the supervisor hears of it."""

from datetime import timedelta

from django.utils import timezone

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.staff.actor import Actor

PEOPLE_PER_HOUR = 60


def spend_look(actor: Actor, subject: int) -> None:
    """Raises Refused when this look would be one person too many."""
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    looked = AuditLine.objects.filter(actor_account=actor.account_id, at__gte=since, action__startswith="look")
    seen = set(looked.exclude(subject=None).values_list("subject", flat=True))
    if subject not in seen and len(seen) >= PEOPLE_PER_HOUR:
        raise Refused(
            f"您在一小时内已查看{PEOPLE_PER_HOUR}人的资料，达到上限。请稍后再试；确因工作需要请联系本单位负责人。"
        )
