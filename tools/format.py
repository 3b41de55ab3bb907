"""make format: Python by ruff, templates by djhtml."""

import subprocess

from tools.environment import environment, program
from tools.steps import ROOT, plain_endings, run
from tools.templates import templates


def main() -> None:
    environment("dev")
    run(program("ruff"), "check", "--fix", "--quiet", "--exit-zero", ".")
    run(program("ruff"), "format", ".")
    # It answers 1 when it mended something, which is no failure here.
    subprocess.run([program("djhtml"), "--tabwidth", "2", *templates()], cwd=ROOT, check=False)


if __name__ == "__main__":
    with plain_endings():
        main()
