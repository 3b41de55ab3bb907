"""A suite names the algorithms of a key: `intl`, and `gm` for the national ones. A key is of one suite for its whole life."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from http_message_signatures import ContentDigest, HTTPSignatureAlgorithm, algorithms

from onewindow.exchange.protocol import gm


class Sha256Digest(ContentDigest):
    """The library would take SHA-512 as well; one digest is enough."""

    algorithm = "sha-256"
    _hashers = {"sha-256": hashlib.sha256}


@dataclass(frozen=True)
class Suite:
    name: str
    algorithm: type[HTTPSignatureAlgorithm]
    digest: type[ContentDigest]
    new_key: Callable[[], Any]
    read_private: Callable[[bytes], Any]
    read_public: Callable[[bytes], Any]
    write_private: Callable[[Any], bytes]
    write_public: Callable[[Any], bytes]
    """The public half, of a private key."""


INTL = Suite(
    name="intl",
    algorithm=algorithms.ED25519,
    digest=Sha256Digest,
    new_key=Ed25519PrivateKey.generate,
    read_private=lambda pem: load_pem_private_key(pem, None),
    read_public=load_pem_public_key,
    write_private=lambda key: key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    write_public=lambda key: key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
)
GM = Suite(
    name="gm",
    algorithm=gm.Sm2Sm3,
    digest=gm.Sm3Digest,
    new_key=gm.Sm2Private.generate,
    read_private=gm.read_private,
    read_public=gm.read_public,
    write_private=gm.write_private,
    write_public=gm.write_public,
)
SUITES = {suite.name: suite for suite in (INTL, GM)}


def suite_of(public_pem: bytes) -> Suite:
    """By the curve that the key itself names."""
    return GM if gm.is_sm2(public_pem) else INTL
