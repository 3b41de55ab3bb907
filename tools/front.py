"""Builds what the browser gets, with the machine's Node or, where it has none, with the one from PyPI."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.environment import REQUIREMENTS, program, uv
from tools.steps import ROOT, fingerprint, is_fresh, run, say, step

FRONT = ROOT / "onewindow" / "web" / "ui" / "front"
BUILT = ROOT / "onewindow" / "web" / "ui" / "static" / "vendor"
STAMP = BUILT / ".source-fingerprint"
OWN_NODE = ROOT / "build" / "node"
NODE_LOCK = REQUIREMENTS / "node.txt"
OLDEST_NODE = 20


def front() -> None:
    if not (FRONT / "package-lock.json").is_file():
        say(f"→ No front end to build: {FRONT.relative_to(ROOT)} is not there.")
        return
    if is_fresh(STAMP, _wanted()):
        return
    path = {"PATH": f"{_node_folder()}{os.pathsep}{os.environ['PATH']}"}
    with step("Fetching the front end's packages with npm"):
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", env=path, cwd=FRONT)
    with step("Building style sheets, scripts and fonts"):
        run("npm", "run", "--silent", "build", env=path, cwd=FRONT)
        STAMP.write_text(_wanted())


def _wanted() -> str:
    modules = FRONT / "node_modules"
    return fingerprint(path for path in FRONT.rglob("*") if path.is_file() and modules not in path.parents)


def _node_folder() -> Path:
    found = shutil.which("node")
    if found and shutil.which("npm") and _major(found) >= OLDEST_NODE:
        return Path(found).parent
    if not is_fresh(OWN_NODE / ".lock-fingerprint", fingerprint([NODE_LOCK])):
        with step(f"No Node {OLDEST_NODE} or later here: fetching one from PyPI"):
            shutil.rmtree(OWN_NODE, ignore_errors=True)
            uv("venv", "--quiet", "--python", program("python"), OWN_NODE)
            uv("pip", "install", "--quiet", "--require-hashes", "-r", NODE_LOCK, venv=OWN_NODE)
            (OWN_NODE / ".lock-fingerprint").write_text(fingerprint([NODE_LOCK]))
    return OWN_NODE / "bin"


def _major(node: str) -> int:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(version.lstrip("v").split(".")[0] or 0)
