"""Debian's and Ubuntu's own packages, for the few things that Python's and Node's registries do not have."""

import os
import shutil
import subprocess

from tools.steps import CannotGoOn, step

QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def install(package: str, why: str) -> None:
    command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotGoOn(f"{why} needs the package {package}. As root: {' '.join(command[:2])} {package}")
    with step(f"{why}: installing {package} with apt-get"):
        for words in (["apt-get", "update", "--quiet"], command):
            done = subprocess.run(words, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotGoOn(f"{why} needs {package}, and apt-get could not install it:\n{done.stderr.strip()}")
