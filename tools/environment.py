"""Makes .venv what the lock says: everything pinned by hash, nothing built with tools fetched on the side."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian
from tools.steps import ROOT, fingerprint, is_fresh, run, step

VENV = ROOT / ".venv"
STAMP = VENV / ".lock-fingerprint"
REQUIREMENTS = ROOT / "requirements"
BOOTSTRAP = REQUIREMENTS / "bootstrap.txt"


def program(name: str) -> Path:
    return VENV / "bin" / name


def environment(kind: str) -> None:
    """`run`: what a city needs; `dev`: the same and what tests and checks need."""
    if _kind_here() == "dev":
        kind = "dev"  # Starting the city takes nothing from who develops it.
    wanted = fingerprint([BOOTSTRAP, REQUIREMENTS / f"{kind}.txt", ROOT / "pyproject.toml"])
    if not is_fresh(STAMP, f"{kind} {wanted}"):
        STAMP.unlink(missing_ok=True)
        _make_venv()
        _install(kind)
        STAMP.write_text(f"{kind} {wanted}")


def _kind_here() -> str:
    return STAMP.read_text().split()[0] if STAMP.is_file() else ""


def _make_venv() -> None:
    # The path inside its programs: an environment that was moved or copied here starts another one's Python.
    if program("uv").is_file() and os.access(program("python"), os.X_OK) and str(VENV) in _shebang(program("pip")):
        return
    with step(f"Making a Python environment in {VENV.relative_to(ROOT)} with Python {sys.version.split()[0]}"):
        shutil.rmtree(VENV, ignore_errors=True)
        if not _can_make_venv():
            debian.install(f"python3.{sys.version_info.minor}-venv", "A Python environment")
        # Not sys.executable, which may be the one that was just removed.
        run(sys._base_executable, "-m", "venv", VENV)  # type: ignore[attr-defined]
        run(program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", BOOTSTRAP)  # fmt: skip


def _shebang(path: Path) -> str:
    return path.read_text().split("\n", 1)[0] if path.is_file() else ""


def _can_make_venv() -> bool:
    asked = [sys._base_executable, "-c", "import ensurepip, venv"]  # type: ignore[attr-defined]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _install(kind: str) -> None:
    with step(f"Installing the locked packages of requirements/{kind}.txt"):
        uv("pip", "sync", "--quiet", "--require-hashes", BOOTSTRAP, REQUIREMENTS / f"{kind}.txt")
        # Without isolation setuptools is the locked one; with it, an unpinned one would be fetched.
        uv("pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--editable", ROOT)


def uv(*words: str | Path, venv: Path = VENV) -> None:
    run(program("uv"), *words, env={"VIRTUAL_ENV": str(venv), "UV_PYTHON_DOWNLOADS": "never", **_mirror()})


def _mirror() -> dict[str, str]:
    """uv does not read pip's settings, where a city names its mirror."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    asked = [str(program("python")), "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    mirror = os.environ.get("PIP_INDEX_URL") or answer
    return {"UV_DEFAULT_INDEX": mirror} if mirror else {}
