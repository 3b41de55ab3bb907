"""Whom we know, with which keys, and the one way of asking them something."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from onewindow.exchange.models import Partner, PartnerKey
from onewindow.exchange.protocol.client import call
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.keys import Key, KeyRing, PublicKey, key_at
from onewindow.exchange.protocol.messages import MAX_MESSAGE_BYTES, Problem, parse
from onewindow.exchange.protocol.signing import Reply, sign_request, verify_reply
from onewindow.exchange.protocol.suites import INTL, SUITES, suite_of
from onewindow.kernel.audit.acting import action
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.permission import system


@cache
def own_key(suite: str = INTL.name) -> Key:
    """One of each suite that a partner speaks; made when the first does."""
    key_id = settings.EXCHANGE_KEY_ID + ("" if suite == INTL.name else f"-{suite}")
    return key_at(settings.DATA_DIR / "keys" / "exchange", key_id, SUITES[suite])


def suite_spoken_with(partner: Partner) -> str:
    """That of the partner's newest key: we sign with what it signs with."""
    newest = partner.keys.filter(retired_at=None).order_by("-pk").values_list("suite", flat=True).first()
    return newest or INTL.name


def ring_of(partner: Partner) -> KeyRing:
    keys = partner.keys.filter(retired_at=None)
    return {each.key_id: PublicKey.from_pem(each.key_id, each.public_key.encode()) for each in keys}


def partner_named(code: str) -> Partner:
    partner = Partner.objects.filter(code=code, is_active=True).first()
    if partner is None:
        raise ProtocolError("unknown_partner", "we know no such partner")
    return partner


def say(partner: Partner, method: str, path: str, body: bytes = b"", most_bytes: int = MAX_MESSAGE_BYTES) -> Reply:
    """
    Signed, sent, and the answer's signature checked. Raises ProtocolError: `unreachable` where it is worth trying again,
    `refused` with the partner's own reason where it is not.
    """
    request = sign_request(own_key(suite_spoken_with(partner)), method, partner.base_url.rstrip("/") + path, body)
    reply = call(request, allowed=[partner.base_url], most_bytes=most_bytes)
    if reply.status_code >= 500:
        raise ProtocolError("unreachable", f"HTTP {reply.status_code}")
    try:
        verify_reply(reply, ring_of(partner))
    except ProtocolError as error:
        raise ProtocolError("unreachable", f"HTTP {reply.status_code}, {error}") from error
    if reply.status_code >= 400 and reply.status_code != 404:
        problem = parse(Problem, reply.body)
        raise ProtocolError("refused", f"{problem.reason}: {problem.text}")
    return reply


@action("partner.register", "登记交换单位", may=system, logs=("code", "base_url"))
def register_partner(actor: Actor, _: Any, *, code: str, base_url: str, **values: Any) -> Partner:
    Partner(code=code, base_url=base_url, **values).clean_fields()
    partner, _made = Partner.objects.update_or_create(code=code, defaults={"base_url": base_url, **values})
    return partner


@action("partner.add_key", "登记交换公钥", may=system, logs=("key_id",))
def add_key(actor: Actor, partner: Partner, *, key_id: str, public_pem: bytes) -> PartnerKey:
    """The same key again is no change; another one under a known name is refused."""
    suite = suite_of(public_pem)
    suite.read_public(public_pem)
    key, made = PartnerKey.objects.get_or_create(
        key_id=key_id, defaults={"partner": partner, "public_key": public_pem.decode(), "suite": suite.name}
    )
    if not made and (key.partner_id, key.public_key.encode()) != (partner.pk, public_pem):
        raise ValueError(f"{key_id} names another key; a new key needs a new name")
    return key


@action("partner.retire_key", "停用交换公钥", may=system)
def retire_key(actor: Actor, key: PartnerKey) -> PartnerKey:
    key.retired_at = timezone.now()
    key.save(update_fields=["retired_at"])
    return key
