"""Where the templates are."""

from tools.steps import ROOT


def templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "onewindow").glob("**/templates/**/*.html"))
