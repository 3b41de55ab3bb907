"""What the contracts in pyproject.toml (import-linter) cannot say: matters apart, and the two ends of the exchange."""

import ast
import sys
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT, imported, is_under, modules

MATTERS = sorted(path.parent for path in PACKAGE.glob("fields/*/*/matter.py"))
PROTOCOL, SIMULATORS = "onewindow.exchange.protocol", "onewindow.exchange.simulators"


def imports_under(folder: Path) -> list[tuple[str, str]]:
    """(where, what) of each import in the folder, without its tests."""
    prefix = f"{folder.relative_to(ROOT)}/"
    trees = ((path, tree) for path, tree in modules().items() if path.startswith(prefix))
    return [(f"{path}:{line}", name) for path, tree in trees for line, name in imported(tree)]


def dotted(folder: Path) -> str:
    return ".".join(folder.relative_to(ROOT).parts)


def test_there_are_matters_to_look_at() -> None:
    assert MATTERS


def test_matters_do_not_import_each_other() -> None:
    names = [dotted(matter) for matter in MATTERS]
    for matter in MATTERS:
        others = [name for name in names if name != dotted(matter)]
        wrong = [f"{where}: {name}" for where, name in imports_under(matter) if is_under(name, *others)]
        assert not wrong, f"A matter builds on another through a grant on file, never its code: {wrong}"


def test_nobody_imports_a_matter() -> None:
    names = [dotted(matter) for matter in MATTERS]
    outside = {path: tree for path, tree in modules().items() if not (ROOT / path).is_relative_to(PACKAGE / "fields")}
    wrong = [f"{path}:{line}: {name}" for path, tree in outside.items() for line, name in imported(tree) if is_under(name, *names)]  # fmt: skip
    assert not wrong, f"The catalogue finds matters by their folders; whoever names one cannot live without it: {wrong}"


def test_the_rules_of_a_matter_know_no_django() -> None:
    for matter in MATTERS:
        wrong = [f"{where}: {name}" for where, name in imports_under(matter / "rules") if is_under(name, "django")]
        assert not wrong, f"The law is also run over the whole city, on machines with no database: {wrong}"


def test_the_protocol_of_the_exchange_stands_alone() -> None:
    imports = imports_under(PACKAGE / "exchange" / "protocol")
    wrong = [
        f"{where}: {name}" for where, name in imports if is_under(name, "django") or is_ours_besides(name, PROTOCOL)
    ]
    assert not wrong, f"A partner takes this folder alone to speak with us: {wrong}"


def test_simulated_partners_know_only_the_protocol() -> None:
    imports = imports_under(PACKAGE / "exchange" / "simulators")
    wrong = [f"{where}: {name}" for where, name in imports if is_under(name, "django") or is_ours_besides(name, PROTOCOL, SIMULATORS)]  # fmt: skip
    assert not wrong, f"A partner that knows our code would agree with our mistakes: {wrong}"


def test_the_verifier_of_the_log_imports_only_what_python_has() -> None:
    tree = ast.parse((ROOT / "tools" / "verify_audit.py").read_text())
    wrong = [name for _, name in imported(tree) if name.split(".")[0] not in sys.stdlib_module_names]
    assert not wrong, f"An auditor runs it where nothing of ours is installed: {wrong}"


def is_ours_besides(name: str, *allowed: str) -> bool:
    return is_under(name, "onewindow") and not is_under(name, *allowed)
