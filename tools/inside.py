"""Starts a program of our environment, after making sure of it: `python -m tools.inside run onewindow new-matter NAME`."""

import os
import sys

from tools.environment import environment, program
from tools.steps import ROOT, plain_endings

if __name__ == "__main__":
    with plain_endings():
        kind, name, *words = sys.argv[1:]
        environment(kind)
        os.chdir(ROOT)
        os.execv(
            program(name), [str(program(name)), *words]
        )  # Python finds its environment by the path it is called by.
