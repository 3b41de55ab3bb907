"""What may stand in no file of the repository: a city takes it all from its own mirror, onto a machine of its own."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written apart, or this file would be the first to break its rule.
REGISTRIES = {
    "org": ("pypi", "pythonhosted", "npmjs", "yarnpkg", "deb.debian", "security.debian", "golang"),
    "com": ("npmmirror", "archive.ubuntu", "tuna.tsinghua", "mirrors.aliyun", "jsdelivr", "unpkg", "googleapis"),
}
REGISTRY = re.compile("|".join(rf"\b{re.escape(name)}\.{end}\b" for end, names in REGISTRIES.items() for name in names))
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(work/(main|shared)|root|home/\w+|Users/\w+)/")
LOCKS = ["requirements/*.txt", "**/package-lock.json"]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        text = path.read_text(errors="replace")
        hits = ((text.count("\n", 0, hit.start()) + 1, hit.group()) for hit in pattern.finditer(text))
        found += [f"{path.relative_to(ROOT)}:{line}: {words}" for line, words in hits]
    return found


def test_no_file_names_a_registry() -> None:
    found = lines_with(REGISTRY, tracked())
    assert not found, f"A city takes packages from its own mirror, so no file may name a registry: {found}"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = lines_with(MACHINE_PATH, tracked())
    assert not found, f"This path exists on one machine only; write it from the root of the project: {found}"


@pytest.mark.parametrize("pattern", LOCKS)
def test_locks_hold_hashes_and_no_addresses(pattern: str) -> None:
    paths = [path for path in tracked() if path.match(pattern)]
    assert paths, f"no lock {pattern}"
    assert not lines_with(re.compile(r"https?://\S+"), [path for path in paths if path.name != "package-lock.json"])
    for path in paths:
        text = path.read_text()
        assert '"resolved"' not in text, f"{path.name}: npm config set omit-lockfile-registry-resolved true"
        assert "sha256:" in text or "sha512-" in text


def test_the_licence_is_there_in_full() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert len(text.splitlines()) > 600
