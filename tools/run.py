"""make run: from a bare machine to a city that answers."""

import os
import socket

from tools.environment import environment, program
from tools.front import front
from tools.steps import ROOT, CannotGoOn, plain_endings, run, step

PORT = os.environ.get("PORT") or "8000"


def main() -> None:
    _refuse_taken_port()
    environment("run")
    front()
    with step("Opening the city (made and filled with demo data the first time)"):
        run(program("onewindow"), "demo")
    os.chdir(ROOT)
    # Replaces this process, so that Ctrl-C reaches the city itself.
    os.execv(program("onewindow"), ["onewindow", "serve", "--port", PORT])


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
