"""make run: from a bare machine to a city that answers."""

import os
import socket
from pathlib import Path

from tools.environment import environment, program
from tools.front import front
from tools.steps import ROOT, CannotGoOn, fingerprint, is_fresh, plain_endings, run, step

PORT = os.environ.get("PORT") or "8000"
DATA_DIR = Path(os.environ.get("ONEWINDOW_DATA_DIR", ROOT / "var"))
STAMP = DATA_DIR / ".demo-fingerprint"


def main() -> None:
    _refuse_taken_port()
    environment("run")
    front()
    _demo_city()
    os.chdir(ROOT)
    # Replaces this process, so that Ctrl-C reaches the city itself.
    os.execv(program("onewindow"), ["onewindow", "serve", "--port", PORT])


def _demo_city() -> None:
    """Only when there is none, or when its tables are older than the code: asking Django costs seconds."""
    wanted = fingerprint((ROOT / "onewindow").glob("**/migrations/*.py"))
    if "DATABASE_URL" in os.environ or not (is_fresh(STAMP, wanted) and (DATA_DIR / "city.sqlite3").is_file()):
        with step("Making the city, or bringing it up to date"):
            run(program("onewindow"), "demo")
        STAMP.write_text(wanted)


def _refuse_taken_port() -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", int(PORT)))
        except (OSError, ValueError, OverflowError) as error:
            raise CannotGoOn(f"Port {PORT} cannot be used ({error}). Choose another: make run PORT=8001") from None


if __name__ == "__main__":
    with plain_endings():
        main()
