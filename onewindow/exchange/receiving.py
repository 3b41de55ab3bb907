"""The door for partners: size, headers, key, signature, window, digest, replay; then the message. A refusal is never a 5xx."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from onewindow.exchange.models import Partner, Received, RejectedMessage
from onewindow.exchange.partners import own_key, partner_named, ring_of
from onewindow.exchange.protocol.client import origin
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.messages import Problem, Receipt
from onewindow.exchange.protocol.signing import Request, Verified, sign_reply, verify_request
from onewindow.exchange.protocol.strict import write_json
from onewindow.kernel.audit.acting import Refused

log = logging.getLogger("onewindow.exchange")


@dataclass(frozen=True)
class Heard:
    """A message whose signature was verified, not yet kept."""

    request: Request
    verified: Verified

    @property
    def body(self) -> bytes:
        return self.request.body


Take = Callable[[Partner, Heard], Receipt]


def receive(request: HttpRequest, partner_code: str, take: Take, most_bytes: int) -> HttpResponse:
    known: Heard | None = None
    try:
        partner = partner_named(partner_code)
        message = _message(request, most_bytes)
        known = Heard(message, verify_request(message, ring_of(partner)))
        return _reply(200, take(partner, known), known)
    except Refused as refused:
        error = ProtocolError("conflict", refused.message)
    except ProtocolError as refusal:
        error = refusal
    _keep_refusal(partner_code, request.path, error)
    return _reply(error.status, Problem("problem", error.reason, error.text[:200]), known)


def _message(request: HttpRequest, most_bytes: int) -> Request:
    """
    As signed: the authority is the one under which partners know us, not the Host header, which a proxy rewrites and a
    message meant for another environment would bring along.
    """
    body = request.read(most_bytes + 1)
    if len(body) > most_bytes:
        raise ProtocolError("too_large", f"more than {most_bytes} bytes")
    url = origin(settings.EXCHANGE_URL) + request.get_full_path()
    return Request.received(request.method or "", url, dict(request.headers.items()), body)


def _reply(status: int, message: Receipt | Problem, heard: Heard | None) -> HttpResponse:
    """Signed for those whose signature we have seen."""
    body = write_json(message)
    response = HttpResponse(body, status=status, content_type="application/json")
    if heard is not None:
        own = own_key(heard.verified.suite.name)
        for name, value in sign_reply(own, status, body, heard.request).headers.items():
            response.headers[name] = value
    return response


def _keep_refusal(partner: str, path: str, error: ProtocolError) -> None:
    log.warning("refused from %s: %s", partner, error.reason)
    text = "".join(c if c.isprintable() else "?" for c in error.text)
    RejectedMessage.objects.create(partner=partner[:40], path=path[:200], reason=error.reason, text=text[:200])


def keep(partner: Partner, heard: Heard) -> Received:
    """Once for each message id, decided by the database."""
    headers = heard.request.headers
    try:
        with transaction.atomic():
            return Received.objects.create(
                partner=partner,
                message_id=heard.verified.message_id,
                url=heard.request.url[:300],
                key_id=heard.verified.key_id,
                signature_input=headers["signature-input"],
                signature=headers["signature"],
                body=heard.body.decode(),
            )
    except IntegrityError:
        raise ProtocolError("replay", "this message id was taken before") from None
