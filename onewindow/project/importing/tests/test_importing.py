import csv
import json
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from onewindow.kernel.people.models import Household, Member, Person
from onewindow.project.cli import main
from onewindow.project.importing.records import HOUSEHOLD_COLUMNS, RESIDENT_COLUMNS
from tests.factories import COMMUNITY, City, id_numbers

WRONG = {
    97: ("身份证号", "120101199001019911", "校验位"),
    98: ("社区代码", "999", "社区代码"),
    99: ("手机号", "1990", "手机号"),
    100: ("姓名", "", "姓名"),
    101: ("死亡日期", "去年", "日期"),
}


def residents(count: int) -> list[list[str]]:
    """Good rows, and wrong ones among them."""
    numbers = id_numbers()
    rows = []
    for n in range(count):
        row = dict(zip(RESIDENT_COLUMNS, (f"居民{n}", next(numbers), "", "", COMMUNITY, "花园路", ""), strict=True))
        if n in WRONG:
            name, value, _ = WRONG[n]
            row[name] = value
        rows.append(list(row.values()))
    return rows


def run(*arguments: str) -> dict:
    result = CliRunner().invoke(main, ["import", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output.splitlines()[-1])


def as_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([RESIDENT_COLUMNS, *rows])
    return path


def test_ten_thousand_rows_come_in_and_the_wrong_ones_come_back_with_reasons(tmp_path: Path, db: None) -> None:
    City().lay()
    file = as_csv(tmp_path / "residents.csv", residents(10_000))
    found = run("residents", str(file))
    assert (found["added"], found["wrong"]) == (10_000 - len(WRONG), len(WRONG))
    with Path(found["wrong_rows"]).open(encoding="utf-8-sig") as back:
        reasons = [row["原因"] for row in csv.DictReader(back)]
    for reason, (_, _, expected) in zip(reasons, WRONG.values(), strict=True):
        assert expected in reason
    again = run("residents", str(file))
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 10_000 - len(WRONG))
    assert Person.unscoped.count() == 10_000 - len(WRONG)


def test_a_changed_row_changes_only_what_is_new(tmp_path: Path, db: None) -> None:
    City().lay()
    rows = residents(3)
    run("residents", str(as_csv(tmp_path / "a.csv", rows)))
    rows[1][2] = "19900001111"
    assert run("residents", str(as_csv(tmp_path / "b.csv", rows)))["changed"] == 1
    assert Person.unscoped.get(name="居民1").phone == "19900001111"


def test_what_excel_writes_on_a_chinese_windows_is_read(tmp_path: Path, db: None) -> None:
    City().lay()
    assert run("residents", str(as_csv(tmp_path / "a.csv", residents(2), "gb18030")))["added"] == 2


def test_a_workbook_comes_in_and_its_wrong_rows_hold_no_formula(tmp_path: Path, db: None) -> None:
    City().lay()
    rows = residents(2)
    rows[0][0], rows[0][4] = "=HYPERLINK(1)", "错"
    file = tmp_path / "residents.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([list(RESIDENT_COLUMNS), *rows]):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell)
    found = run("residents", str(file))
    assert (found["added"], found["wrong"]) == (1, 1)
    back = openpyxl.load_workbook(found["wrong_rows"]).active
    assert [cell.data_type for cell in back[2]].count("f") == 0 and back["A2"].value == "=HYPERLINK(1)"


def test_households_take_their_members_and_refuse_a_second_home(tmp_path: Path, db: None) -> None:
    City().lay()
    rows = residents(2)
    run("residents", str(as_csv(tmp_path / "residents.csv", rows)))
    file = tmp_path / "households.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([
            HOUSEHOLD_COLUMNS,
            ["H1", rows[0][1], "02", COMMUNITY, "花园路", "城镇"], ["H1", rows[1][1], "10", COMMUNITY, "花园路", "城镇"],
            ["H2", rows[1][1], "02", COMMUNITY, "花园路", "城镇"],
        ])  # fmt: skip
    found = run("households", str(file))
    assert (found["added"], found["wrong"]) == (2, 1)
    assert Member.objects.count() == 2 and Household.objects.get(number="H1").members.count() == 2
    assert run("households", str(file))["unchanged"] == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"not a workbook"), ("a.csv", "姓名,别的\n张三,1".encode())],
    ids=["xlsx", "header"],
)
def test_a_file_that_is_none_says_what_to_do(tmp_path: Path, db: None, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = CliRunner().invoke(main, ["import", "residents", str(file)])
    assert result.exit_code == 1 and "Traceback" not in result.output
    assert "另存为" in result.output or "表头应为" in result.output
