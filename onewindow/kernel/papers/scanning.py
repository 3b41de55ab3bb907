"""Virus scanning. By default there is none, and we say so; with clamd configured and down, files wait (fail closed)."""

import logging
import socket
from typing import Protocol

from django.conf import settings

from onewindow.kernel.outbox.sending import sweep
from onewindow.kernel.papers.models import Paper
from onewindow.kernel.papers.vault import fetch

log = logging.getLogger("onewindow.papers")
SECONDS = 15
BLOCK = 2**17
AT_ONCE = 50


class ScannerDown(Exception):
    pass


class Scanner(Protocol):
    def scan(self, data: bytes) -> str:
        """The name of what was found, or nothing. Raises ScannerDown."""


class NoScanner:
    def scan(self, data: bytes) -> str:
        return ""


class Clamd:
    """clamd's INSTREAM: blocks with their length before them, an empty one at the end, one line as the answer."""

    def __init__(self, address: str) -> None:
        self.address = address

    def scan(self, data: bytes) -> str:
        try:
            with self._connect() as line:
                line.sendall(b"zINSTREAM\0")
                for at in range(0, len(data), BLOCK):
                    block = data[at : at + BLOCK]
                    line.sendall(len(block).to_bytes(4, "big") + block)
                line.sendall(bytes(4))
                answer = line.makefile("rb").read(400).rstrip(b"\0\n").decode(errors="replace")
        except OSError as error:
            raise ScannerDown(str(error)) from error
        if answer == "stream: OK":
            return ""
        if not answer.endswith(" FOUND"):
            raise ScannerDown(answer or "no answer")
        return answer.removeprefix("stream: ").removesuffix(" FOUND")

    def _connect(self) -> socket.socket:
        host, colon, port = self.address.rpartition(":")
        if colon:
            return socket.create_connection((host, int(port)), timeout=SECONDS)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        line.connect(self.address)
        return line


def scanner() -> Scanner:
    return Clamd(settings.PAPER_SCANNER) if settings.PAPER_SCANNER else NoScanner()


@sweep
def scan_waiting() -> int:
    """Papers in quarantine are looked at again, until the scanner answers."""
    done = 0
    for paper in Paper.unscoped.filter(state=Paper.State.QUARANTINED).order_by("id")[:AT_ONCE]:
        try:
            found = scanner().scan(fetch(paper.stored_as, paper.sha256))
        except ScannerDown as down:
            log.warning("scanner: %s", down)
            break
        paper.state = Paper.State.REFUSED if found else Paper.State.ACCEPTED
        paper.refused_because = found[:200]
        paper.save(update_fields=["state", "refused_because"])
        done += 1
    return done
