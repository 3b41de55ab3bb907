"""make lock: pins every package by hash for Python 3.11 to 3.13. No addresses: a city uses its own mirror."""

import os

from tools.environment import environment, uv
from tools.steps import plain_endings, step

# run first: dev must not move what a city runs.
WHAT = {
    "bootstrap": ["--group", "bootstrap"],
    "node": ["--group", "node"],
    "run": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev", "--constraint", "requirements/run.txt"],
    "cluster": ["pyproject.toml", "--group", "cluster", "--constraint", "requirements/dev.txt"],
}
HOW = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]


def main() -> None:
    environment("dev")
    newer = ["--upgrade"] if os.environ.get("UPGRADE") else []
    for name, sources in WHAT.items():
        with step(f"Locking requirements/{name}.txt"):
            uv("pip", "compile", *sources, *HOW, *newer, "--output-file", f"requirements/{name}.txt")


if __name__ == "__main__":
    with plain_endings():
        main()
