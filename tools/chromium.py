"""The browser for the tests of pages: Debian's or Ubuntu's own, as Playwright's cannot be had everywhere."""

import shutil

from tools import debian
from tools.steps import CannotGoOn

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> None:
    if not _found():
        debian.install("chromium", "Testing pages in a browser")
    if not _found():
        raise CannotGoOn("Chromium was installed, but is nowhere to be found.")


def _found() -> bool:
    return any(map(shutil.which, NAMES))
