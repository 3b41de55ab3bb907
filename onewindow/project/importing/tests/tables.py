"""Tables as a city hands them in, and the verb that takes them."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from click.testing import CliRunner

from onewindow.project.cli import main
from onewindow.project.importing.columns import COLUMNS
from tests.factories import COMMUNITY, id_numbers

RESIDENTS, HOUSEHOLDS = ([column.name for column in COLUMNS[kind]] for kind in ("residents", "households"))
USUAL = {"社区代码": COMMUNITY, "地址": "花园路"}
Rows = list[list[str]]


def residents(count: int, **of_all: str) -> list[dict[str, str]]:
    numbers = id_numbers()
    return [{"姓名": f"居民{n}", "身份证号": next(numbers), **USUAL, **of_all} for n in range(count)]


def member(number: str, home: str, relation: str, **more: str) -> dict[str, str]:
    return {"户号": home, "身份证号": number, "与户主关系": relation, "城乡": "城镇", **USUAL, **more}


def lines(rows: Sequence[dict[str, str]], heading: Sequence[str]) -> Rows:
    return [[*heading], *([row.get(name, "") for name in heading] for row in rows)]


def as_csv(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def as_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return path


def run(*arguments: object) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["import", *map(str, arguments), "--json"])
    assert len(result.stdout.splitlines()) == 1, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (0 if told["ok"] else 1)
    return told


def counts(told: dict[str, Any]) -> tuple[int, int, int, int]:
    return told["added"], told["changed"], told["unchanged"], told["wrong"]


def reasons(told: dict[str, Any]) -> list[str]:
    with Path(told["wrong_rows"]).open(encoding="utf-8-sig") as back:
        return [row["错误原因"] for row in csv.DictReader(back)]
