"""
The national algorithms of the `gm` suite: SM2 signatures (GB/T 32918.2) with SM3 (GB/T 32905). SM3 is OpenSSL's; SM2 is pure
Python and takes no constant time: whoever can measure our clock closely needs a cryptographic machine (密码机) in its place,
which is these two classes again (decision 0018).
"""

import base64
import hmac
import textwrap
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from http_message_signatures import ContentDigest, HTTPSignatureAlgorithm
from http_message_signatures.exceptions import InvalidSignature

USER_ID = b"1234567812345678"
"""What GB/T 35276 has two sides use that agreed on nothing else."""
# DER around a key of always the same length: id-ecPublicKey on the curve 1.2.156.10197.1.301.
PUBLIC_DER = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
PRIVATE_DER = bytes.fromhex("308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420")
BETWEEN = bytes.fromhex("a144034200")


class Sm3:
    """As hashlib's: that has SM3 only where the machine's OpenSSL does."""

    digest_size = 32

    def __init__(self, content: bytes = b"") -> None:
        self._hash = Hash(SM3())
        self._hash.update(content)

    def digest(self) -> bytes:
        return self._hash.finalize()


class Sm3Digest(ContentDigest):
    algorithm = "sm3"
    _hashers = {"sm3": Sm3}  # type: ignore[dict-item]


@dataclass(frozen=True)
class Sm2Public:
    point: bytes
    """65 bytes, uncompressed; on the curve, or it could not be made."""

    def __post_init__(self) -> None:
        if len(self.point) != 65 or self.point[0] != 4 or not _sm2().verify_pk(self.point):
            raise ValueError("not a point of the SM2 curve")

    def verify(self, signature: bytes, message: bytes) -> None:
        is_his = len(signature) == 64 and _sm2(pk=self.point, uid=USER_ID).verify(
            message, signature[:32], signature[32:]
        )
        if not is_his:
            raise InvalidSignature("the SM2 signature is not of this key")


@dataclass(frozen=True)
class Sm2Private:
    secret: bytes = field(repr=False)
    public: Sm2Public

    @classmethod
    def generate(cls) -> "Sm2Private":
        secret, point = _sm2().generate_keypair()
        return cls(secret.rjust(32, b"\0"), Sm2Public(point))

    def sign(self, message: bytes) -> bytes:
        r, s = _sm2(sk=self.secret, pk=self.public.point, uid=USER_ID).sign(message)
        return r.rjust(32, b"\0") + s.rjust(32, b"\0")


class Sm2Sm3(HTTPSignatureAlgorithm):
    algorithm_id = "sm2-sm3"

    def __init__(self, public_key: Any = None, private_key: Any = None) -> None:
        self.public_key, self.private_key = public_key, private_key

    def sign(self, message: bytes) -> bytes:
        signature: bytes = self.private_key.sign(message)
        return signature

    def verify(self, signature: bytes, message: bytes) -> None:
        self.public_key.verify(signature, message)


# A partner's keys are opened for each of its messages; whether a point is on the curve takes as long as half a signature.
@lru_cache(maxsize=256)
def read_public(pem: bytes) -> Sm2Public:
    der = _opened(pem, "PUBLIC KEY")
    if not der.startswith(PUBLIC_DER):
        raise ValueError("not the public key of an SM2 pair")
    return Sm2Public(der[len(PUBLIC_DER) :])


def read_private(pem: bytes) -> Sm2Private:
    der = _opened(pem, "PRIVATE KEY")
    secret, between, point = der[len(PRIVATE_DER) :][:32], der[len(PRIVATE_DER) + 32 :][:5], der[-65:]
    if not der.startswith(PRIVATE_DER) or between != BETWEEN or len(der) != len(PRIVATE_DER) + 32 + 5 + 65:
        raise ValueError("not the private key of an SM2 pair")
    if not hmac.compare_digest(_sm2().generate_pk(secret), point):
        raise ValueError("the two halves of the SM2 pair do not belong together")
    return Sm2Private(secret, Sm2Public(point))


def write_public(key: Sm2Private) -> bytes:
    return _closed(PUBLIC_DER + key.public.point, "PUBLIC KEY")


def write_private(key: Sm2Private) -> bytes:
    return _closed(PRIVATE_DER + key.secret + BETWEEN + key.public.point, "PRIVATE KEY")


def is_sm2(pem: bytes) -> bool:
    try:
        return _opened(pem, "PUBLIC KEY").startswith(PUBLIC_DER)
    except ValueError:
        return False


def _sm2(**given: Any) -> Any:
    from gmalg import SM2  # type: ignore[import-untyped] # noqa: PLC0415 only who has partners of this suite pays for its tables

    return SM2(**given)


def _opened(pem: bytes, kind: str) -> bytes:
    head, *lines, foot = pem.decode("ascii").strip().splitlines()
    if (head, foot) != (f"-----BEGIN {kind}-----", f"-----END {kind}-----"):
        raise ValueError(f"not a {kind} in PEM")
    return base64.b64decode("".join(lines), validate=True)


def _closed(der: bytes, kind: str) -> bytes:
    lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
    return "\n".join([f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----", ""]).encode()
