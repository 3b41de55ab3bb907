"""What the payroll verbs do: the acts of the pages for all runs of a month."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from onewindow.exchange.paying import ask_for_lost_results
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants import closing, payroll
from onewindow.kernel.grants.models import PaymentRun
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import hurry, send_waiting
from onewindow.kernel.people.models import Account
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor, actor_of
from onewindow.kernel.staff.posts import Post

Told = dict[str, Any]


def signed_in(username: str, ask_password: Callable[[], str]) -> Actor:
    """
    Whoever sits at the shell must be who they say, or one person would be maker and checker. Only the demo's accounts have no
    password: its door opens without one too. Wrong guesses lock the account as on the page.
    """
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise Refused(f"没有账号{username}。")
    if settings.DEMO and not account.has_usable_password():
        return actor_of(account)
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    known = authenticate(request, username=username, password=ask_password())
    if not isinstance(known, Account):
        raise Refused(f"{username}的密码不对，或因多次输错已锁定。")
    return actor_of(known)


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


def close_all(actor: Actor, month: str) -> tuple[list[Told], list[str]]:
    """Each district where the actor checks."""
    districts = [held.place for held in actor.posts if held.post == Post.DISTRICT_FINANCE_CHECKER]
    done, refused = [], []
    for place in Place.objects.filter(pk__in=districts).order_by("pk"):
        try:
            made = closing.close_month(actor, place, month=month, digest=closing.report_of(place, month).digest)
            done.append({"place": place.name, "paid_fen": made.report["paid_fen"], "digest": made.digest})
        except Refused as refusal:
            refused.append(f"{place.name}：{refusal.message}")
    return done, refused


def send_due() -> Told:
    """Approved files go out, silent banks are asked; what failed stays for the next time."""
    hurry("payment")
    sent, asked = send_waiting(channel="payment"), ask_for_lost_results()
    left = OutMessage.objects.filter(channel="payment", sent_at=None).exclude(last_error="")
    return {
        "sent": sent, "asked": asked, "problems": list(left.values_list("last_error", flat=True)[:20]),
        "waiting": PaymentRun.unscoped.filter(state=PaymentRun.State.SENT).count(),
    }  # fmt: skip
