"""The two acts on letters. Both are called inside the act of a case (or another), which has asked for permission."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.audit.chain import append_line
from onewindow.kernel.papers.letters.numbers import letter_number, next_serial
from onewindow.kernel.papers.letters.titles import TITLES
from onewindow.kernel.papers.letters.typesetting import template_version, typeset
from onewindow.kernel.papers.models import Letter
from onewindow.kernel.papers.vault import keep
from onewindow.kernel.people.models import Account, Person


@dataclass(frozen=True)
class Signer:
    """The account as the log names it; nobody's account is the system's own doing."""

    account: Account | None

    @property
    def label(self) -> str:
        if self.account is None:
            return "系统"
        return self.account.person.name if self.account.person else self.account.username

    @property
    def account_id(self) -> int | None:
        return self.account.pk if self.account else None

    @property
    def person_id(self) -> int | None:
        return self.account.person_id if self.account else None


@transaction.atomic
def issue_letter(
    *,
    kind: str,
    template: str,
    content: dict[str, Any],
    recipient: Person,
    about: str,
    series: str,
    place_name: str,
    issued_by: Account | None,
    on: date,
    shard: str = "12",
) -> Letter:
    """`content` is frozen with the letter; `title` and `is_example` in it override the kind's title and set the 示例 mark."""
    frozen = json.loads(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False))
    serial = next_serial(series, on.year)
    letter = Letter(
        number=letter_number(series, on.year, serial),
        series=series,
        year=on.year,
        serial=serial,
        kind=kind,
        title=frozen.get("title") or TITLES[kind],
        about=about,
        recipient=recipient,
        recipient_name=recipient.name,
        place_name=place_name,
        issued_on=on,
        issued_by=issued_by,
        template=template,
        template_version=template_version(template),
        content=frozen,
        is_example=bool(frozen.get("is_example")),
        audit_shard=shard,
    )
    pdf = typeset(letter)
    letter.size, letter.sha256 = len(pdf), hashlib.sha256(pdf).hexdigest()
    letter.stored_as = keep(pdf, "letters", ".pdf")
    letter.save(force_insert=True)
    _log("letter.issue", letter, issued_by, sha256=letter.sha256)
    return letter


@transaction.atomic
def void_letter(letter: Letter, reason: Letter.Void | str, by: Account | None, note: str = "") -> Letter:
    """The letter stays as it is; from now on the check page says that it is void, and the category of why."""
    letter = Letter.unscoped.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.is_void:
        raise Refused("这份文书已经作废，无需再次操作。")
    letter.void_at, letter.void_reason, letter.void_note = timezone.now(), Letter.Void(reason), note[:400]
    letter.save(update_fields=["void_at", "void_reason", "void_note"])
    _log("letter.void", letter, by, void=str(letter.void_reason))
    return letter


def _log(action: str, letter: Letter, by: Account | None, **detail: str) -> None:
    """The digest of the PDF stands in the chained log: a letter changed on disk or in the table is found."""
    append_line(
        shard=letter.audit_shard,
        action=action,
        target=f"papers.letter:{letter.pk}",
        actor=Signer(by),
        subject=letter.recipient_id,
        reason=letter.void_note,
        detail={"number": letter.number, **detail},
    )
