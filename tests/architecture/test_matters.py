import os
import shutil
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from onewindow.project.cli import main
from onewindow.project.commands.new_matter import make
from tests.architecture.matters import lacks

ROOT = Path(__file__).parents[2]
NOT_COPIED = shutil.ignore_patterns("node_modules", "vendor", "__pycache__", "front")


def test_no_matter_lacks_anything() -> None:
    found = list(lacks())
    assert not found, "\n".join(found)


def copy_of_the_city(tmp_path: Path) -> Path:
    for name in ("onewindow", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=NOT_COPIED)
    for name in ("pyproject.toml", "conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def pytest_in(copy: Path, *paths: str) -> subprocess.CompletedProcess[str]:
    fonts = ROOT / "onewindow/web/ui/static/vendor/fonts/ttf"
    environment = {**os.environ, "PYTHONPATH": str(copy), "ONEWINDOW_LETTER_FONTS": str(fonts)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def test_a_new_matter_works_at_once_and_its_law_is_tested(tmp_path: Path) -> None:
    copy = copy_of_the_city(tmp_path)
    make(copy / "onewindow/fields/assistance/heating_subsidy", "heating_subsidy", "冬季取暖补贴")
    told = pytest_in(
        copy, "tests/architecture/test_matters.py::test_no_matter_lacks_anything",
        "onewindow/rules/tests/test_yaml.py", "-k", "heating_subsidy or lacks",
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-3000:]
    assert "3 passed" in told.stdout, told.stdout[-500:]


def test_a_matter_without_its_papers_is_told_what_it_lacks(tmp_path: Path) -> None:
    copy = copy_of_the_city(tmp_path)
    folder = copy / "onewindow/fields/assistance/heating_subsidy"
    make(folder, "heating_subsidy", "冬季取暖补贴")
    (folder / "README.md").unlink()
    matter = folder / "matter.py"
    matter.write_text(
        matter.read_text().replace('four_eyes=("opinion",)', "four_eyes=()").replace('"street_chief"', '"king"')
    )
    told = pytest_in(copy, "tests/architecture/test_matters.py::test_no_matter_lacks_anything")
    for words in ("has no README.md", "there is no post king", "approves alone"):
        assert words in told.stdout


def test_a_new_matter_needs_a_field_that_is_there() -> None:
    for where in ("Heating", "assistance/dibao", "nowhere/heating", "../x/y"):
        result = CliRunner().invoke(main, ["new-matter", where])
        assert result.exit_code == 1 and "错误：" in result.output
