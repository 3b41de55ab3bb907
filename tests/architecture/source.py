"""The source as text and as trees, for tests that read it instead of running it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "onewindow"


@cache
def modules() -> dict[str, ast.Module]:
    """Path from the root → tree, of everything that runs in a city: no tests, no migrations."""
    found = (path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations", "node_modules"} & set(path.parts))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sorted(found)}


@cache
def templates() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text() for path in sorted(PACKAGE.glob("**/templates/**/*.html"))}


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name; `from a import b` gives `a.b`, since b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def is_under(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)
