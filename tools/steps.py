"""What every tool needs: the root of the project, words on the screen, and work that is not done twice."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in ("true", "1")


class CannotGoOn(Exception):
    """What is wrong and what to do about it, for the person at the screen."""


def say(words: str) -> None:
    print(words, flush=True)


def shout(words: str) -> None:
    bold = "\033[1;31m{}\033[0m" if sys.stdout.isatty() else "{}"
    say(bold.format(words))


@contextmanager
def step(title: str) -> Iterator[None]:
    """Says what begins, and how long it took."""
    say(f"→ {title} …")
    began = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - began:.1f} s")


def run(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    words = [str(word) for word in command]
    if subprocess.run(words, env={**os.environ, **(env or {})}, cwd=cwd, check=False).returncode:
        raise CannotGoOn(f"This failed, and said above why: {' '.join(words)}")


def fingerprint(paths: Iterable[Path]) -> str:
    """Changes when a file or the place of the project does: programs in an environment carry its path."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in sorted(paths):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


@contextmanager
def plain_endings() -> Iterator[None]:
    """Ends with words instead of a traceback."""
    try:
        yield
    except CannotGoOn as reason:
        shout(f"✗ {reason}")
        sys.exit(1)
    except KeyboardInterrupt:
        shout("Stopped.")
        sys.exit(130)
