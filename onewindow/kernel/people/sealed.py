"""Fields whose plain text never stands in the database: AES-256-GCM, with a keyed blind index to find equal values."""

import base64
import hashlib
import hmac
import os
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

VERSION = "1"
NONCE_BYTES = 12


@cache
def _key(purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return kdf.derive(settings.SEALING_KEY.encode())


def seal(text: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_key("seal")).encrypt(nonce, text.encode(), None)
    return f"{VERSION}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(stored: str) -> str:
    """Raises ValueError where the key is not the one it was sealed with, or the value was altered."""
    version, _, body = stored.partition(":")
    raw = base64.b64decode(body)
    if version != VERSION:
        raise ValueError("sealed with an unknown version of the key")
    try:
        return AESGCM(_key("seal")).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
    except InvalidTag:
        raise ValueError("sealed with another key, or altered") from None


def blind_index(text: str, purpose: str) -> str:
    """The same text gives the same index under our key only; purposes can't be joined with each other."""
    return hmac.new(_key(f"index:{purpose}"), text.encode(), hashlib.sha256).hexdigest()


class SealedField(models.TextField):
    """Plain in Python, sealed in the database. Can't be filtered on: use a blind index beside it."""

    def get_prep_value(self, value: Any) -> Any:
        return seal(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        raise TypeError("a sealed field can't be searched; use its blind index")
