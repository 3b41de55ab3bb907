"""The browser for the tests of pages: Debian's or Ubuntu's own, as Playwright's cannot be had everywhere."""

import shutil
import subprocess

from tools import debian
from tools.environment import program
from tools.steps import CannotGoOn

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> None:
    if not _found():
        debian.install("chromium", "Testing pages in a browser")
    if not _found():
        raise CannotGoOn("Chromium was installed, but is nowhere to be found.")
    # Playwright's driver is a Node of its own, linked to a library that a bare Debian lacks.
    if not _driver_starts():
        debian.install("libatomic1", "Driving the browser")


def _found() -> bool:
    return any(map(shutil.which, NAMES))


def _driver_starts() -> bool:
    return subprocess.run([program("playwright"), "--version"], capture_output=True, check=False).returncode == 0
