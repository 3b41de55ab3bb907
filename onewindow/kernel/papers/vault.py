"""Where the bytes lie: under names made here, never under a name that somebody sent, never behind a URL."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone


class Altered(Exception):
    """The stored bytes are not those that were kept."""


def keep(data: bytes, folder: str, suffix: str) -> str:
    name = f"{folder}/{timezone.now():%Y/%m}/{uuid.uuid4().hex}{suffix}"
    return default_storage.save(name, ContentFile(data))


def fetch(stored_as: str, sha256: str) -> bytes:
    with default_storage.open(stored_as) as stored:
        data = stored.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Altered(stored_as)
    return data
