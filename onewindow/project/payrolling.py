"""What the payroll verbs do: the acts of the pages for all runs of a month."""

from typing import Any

from django.utils import timezone

from onewindow.exchange.paying import ask_for_lost_results
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants import payroll
from onewindow.kernel.grants.models import PaymentRun
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import send_waiting
from onewindow.kernel.people.models import Account
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor, actor_of
from onewindow.kernel.staff.posts import Post

Told = dict[str, Any]


def actor_named(username: str) -> Actor:
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise Refused(f"没有账号{username}。")
    return actor_of(account)


def _told(run: PaymentRun) -> Told:
    return {"file": run.file_id, "count": run.count, "total_fen": run.total_fen, "digest": run.digest}


def draft_all(actor: Actor, month: str, benefit: str | None) -> list[Told]:
    """One run a benefit and district; where nothing is due there is none."""
    districts = [held.place for held in actor.posts if held.post == Post.DISTRICT_FINANCE]
    if not districts:
        raise NotAllowed("payroll.draft")
    codes = [benefit] if benefit else [code for code, matter in matters().items() if matter.grant]
    made = []
    for place in Place.objects.filter(pk__in=districts).order_by("pk"):
        for code in codes:
            try:
                made.append(_told(payroll.draft_run(actor, place, benefit=code, month=month)))
            except Refused:
                continue  # nothing is due there
    return made


def approve_all(actor: Actor, month: str, digests: tuple[str, ...]) -> tuple[list[Told], list[str]]:
    runs = PaymentRun.objects.seen_by(actor).filter(month=month, state=PaymentRun.State.DRAFT)
    if digests:
        runs = runs.filter(digest__in=digests)
    done, refused = [], []
    for run in runs.order_by("pk"):
        try:
            done.append(_told(payroll.approve_run(actor, run, digest=run.digest)))
        except Refused as refusal:
            refused.append(f"{run.file_id}：{refusal.message}")
        except NotAllowed:
            refused.append(f"{run.file_id}：您不是该区的复核人")
    return done, refused


def send_due() -> Told:
    """Approved files go out, silent banks are asked; what failed stays for the next time."""
    OutMessage.objects.filter(channel="payment", sent_at=None, given_up_at=None).update(not_before=timezone.now())
    sent, asked = send_waiting(channel="payment"), ask_for_lost_results()
    left = OutMessage.objects.filter(channel="payment", sent_at=None).exclude(last_error="")
    return {
        "sent": sent, "asked": asked, "problems": list(left.values_list("last_error", flat=True)[:20]),
        "waiting": PaymentRun.unscoped.filter(state=PaymentRun.State.SENT).count(),
    }  # fmt: skip
