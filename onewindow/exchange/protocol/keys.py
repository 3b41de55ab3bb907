"""Keys on disk: `<key id>.pem` is private and ours, `<key id>.pub` is public."""

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onewindow.exchange.protocol.suites import INTL, Suite, suite_of


@dataclass(frozen=True)
class Key:
    """A private key with its name."""

    key_id: str
    private: Any = field(repr=False)
    suite: Suite = INTL

    @property
    def public_pem(self) -> bytes:
        return self.suite.write_public(self.private)


@dataclass(frozen=True)
class PublicKey:
    key_id: str
    public: Any
    suite: Suite = INTL

    @classmethod
    def from_pem(cls, key_id: str, pem: bytes) -> "PublicKey":
        suite = suite_of(pem)
        return cls(key_id, suite.read_public(pem), suite)


KeyRing = dict[str, PublicKey]
"""Key id → key: the allow-list of one counterpart."""


def key_at(directory: Path, key_id: str, suite: Suite = INTL) -> Key:
    """The key of that name; made, with its public half beside it, where there is none yet."""
    path = directory / f"{key_id}.pem"
    if not path.exists():
        _make(path, suite)
    return Key(key_id, suite.read_private(path.read_bytes()), suite)


def _make(path: Path, suite: Suite) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made, fresh = suite.new_key(), path.with_name(f".{path.stem}.{os.getpid()}.{threading.get_ident()}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(suite.write_private(made))
    try:
        # The whole key appears at once under its name: of two processes that start together one wins.
        os.link(fresh, path)
        path.with_suffix(".pub").write_bytes(suite.write_public(made))
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def ring_at(directory: Path) -> KeyRing:
    return {path.stem: PublicKey.from_pem(path.stem, path.read_bytes()) for path in directory.glob("*.pub")}
