"""Files as they come, and files that mean harm."""

import csv
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from onewindow.kernel.people.models import Person
from onewindow.project.cli import main
from onewindow.project.importing.cells import RELATIONS, WrongCell, day, relation
from onewindow.project.importing.columns import COLUMNS
from onewindow.project.importing.seen import Seen
from onewindow.project.importing.tables import BadTable, open_table, without_shield
from onewindow.project.importing.tests.tables import (
    HOUSEHOLDS,
    RESIDENTS,
    as_csv,
    as_xlsx,
    counts,
    lines,
    reasons,
    residents,
    run,
)  # fmt: skip
from tests.factories import COMMUNITY, City

ENGLISH = ["name", "id_number", "phone", "place"]
SHEET = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>
<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"""


@pytest.fixture
def city(db: None) -> City:
    return City().lay()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_what_programs_write_is_read_as_it_is_written(
    tmp_path: Path, city: City, encoding: str, delimiter: str
) -> None:
    rows = residents(2, 地址="䶮路，1号")
    rows[1]["社区代码"] = "1"
    told = run("residents", as_csv(tmp_path / "a.csv", lines(rows, RESIDENTS), encoding, delimiter))
    assert counts(told) == (1, 0, 0, 1) and Person.unscoped.get().address == "䶮路，1号"
    back = Path(told["wrong_rows"]).read_bytes().decode("utf-8" if encoding == "utf-8" else encoding)
    assert "错误原因" in back and back.count(delimiter) >= 16


def test_headings_may_be_english_in_any_order_and_under_a_title(tmp_path: Path, city: City) -> None:
    row = residents(1)[0]
    cells = {"name": row["姓名"], "id_number": row["身份证号"], "place": COMMUNITY, "备注": "无"}
    heading = ["备注", " Place ", "*id_number", "NAME"]
    rows = [["2026年居民登记表"], [], heading, [cells.get(h.strip(" *").lower(), "") for h in heading]]
    told = run("residents", as_csv(tmp_path / "a.csv", rows))
    assert counts(told) == (1, 0, 0, 0) and told["ignored_columns"] == ["备注"]


def test_a_workbook_comes_in_and_its_wrong_rows_go_out_as_one(tmp_path: Path, city: City) -> None:
    rows = residents(3)
    rows[0] |= {"姓名": "=HYPERLINK(1)", "社区代码": "错"}
    told = run("residents", as_xlsx(tmp_path / "a.xlsx", lines(rows, RESIDENTS)))
    assert counts(told) == (2, 0, 0, 1)
    back = openpyxl.load_workbook(told["wrong_rows"]).active
    assert {cell.data_type for cell in back[2]} <= {"s", "n"} and back["A2"].value == "=HYPERLINK(1)"


def test_numbers_and_dates_of_a_workbook_are_read_as_they_were_typed(tmp_path: Path, city: City) -> None:
    row = residents(1)[0]
    cells = [row["姓名"], row["身份证号"], 19900000001, 1.2e11, int(COMMUNITY)]
    heading = ["姓名", "身份证号", "手机号", "银行账号", "社区代码"]
    assert counts(run("residents", as_xlsx(tmp_path / "a.xlsx", [heading, cells]))) == (1, 0, 0, 0)
    assert Person.unscoped.get().phone == "19900000001"


def test_an_id_number_that_excel_has_rounded_says_so(tmp_path: Path, city: City) -> None:
    cells = ["张三", 120101199003079915, COMMUNITY]
    told = run(
        "residents",
        as_xlsx(tmp_path / "a.xlsx", [["姓名", "身份证号", "社区代码"], cells]),
        "--wrong-rows",
        tmp_path / "b.csv",
    )
    assert "文本格式" in reasons(told)[0]


def test_the_empty_table_can_be_filled_in_and_handed_in(tmp_path: Path, city: City) -> None:
    for kind in COLUMNS:
        path = tmp_path / f"{kind}.xlsx"
        assert CliRunner().invoke(main, ["import", kind, str(path), "--template"]).exit_code == 0
        assert open_table(path, COLUMNS[kind]).heading == [column.name for column in COLUMNS[kind]]
        assert CliRunner().invoke(main, ["import", kind, str(path), "--template"]).exit_code == 1
    assert CliRunner().invoke(main, ["import", "residents"]).stdout.strip().split(",") == RESIDENTS
    assert HOUSEHOLDS[0] == "户号"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " =", "'="])
def test_nothing_in_a_wrong_row_is_a_formula_and_it_comes_back_as_it_was(
    tmp_path: Path, city: City, start: str
) -> None:
    row = residents(1, 社区代码="1", 地址=f"{start}1+1")[0]
    told = run("residents", as_csv(tmp_path / "a.csv", lines([row], RESIDENTS)))
    with Path(told["wrong_rows"]).open(encoding="utf-8-sig", newline="") as file:
        *_, cell, _died, _reason = [*csv.reader(file)][-1]
    assert cell[0] not in "=+-@＝＋－＠" and cell[0].isprintable()
    assert without_shield(cell) == without_shield(f"{start}1+1")


HEADING = "姓名,身份证号,社区代码".encode()
BAD = {
    "empty.csv": (b"", "空的"),
    "binary.csv": (b"\xff\xff\xff\xff\x00\xff", "另存为"),
    "heading.csv": ("姓名,别的\n张三,1".encode(), "缺少列：身份证号"),
    "twice.csv": ("姓名,身份证号,公民身份号码,社区代码\n".encode(), "两列都是身份证号"),
    "quote.csv": (HEADING + b'\n"' + b"x" * 200_000, "不是有效的CSV"),
    "no.xlsx": (b"PK\x03\x04 not a workbook", "另存为"),
    "text.xlsx": (b"not a workbook", "缺少列"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_none_says_what_to_do_in_one_line(tmp_path: Path, city: City, name: str) -> None:
    content, words = BAD[name]
    (tmp_path / name).write_bytes(content)
    result = CliRunner().invoke(main, ["import", "residents", str(tmp_path / name)])
    assert result.exit_code == 1 and words in result.stderr and len(result.stderr.splitlines()) == 1
    told = CliRunner().invoke(main, ["import", "residents", str(tmp_path / name), "--json"])
    assert json.loads(told.stdout)["ok"] is False


def workbook(path: Path, sheet: bytes) -> Path:
    """The smallest one that is opened."""
    as_xlsx(path, [["姓名"]])
    with zipfile.ZipFile(path) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def test_two_cells_in_far_corners_do_not_take_the_memory_of_a_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "corners.xlsx", SHEET.encode())
    assert path.stat().st_size < 10_000
    with pytest.raises(BadTable, match="过大"):
        open_table(path, COLUMNS["residents"])


def test_a_workbook_that_unfolds_to_gigabytes_is_not_unfolded(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bomb.xlsx", SHEET.encode())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/media/x", "w") as part:
        for _ in range(1100):
            part.write(bytes(1 << 20))
    assert path.stat().st_size < 3_000_000
    with pytest.raises(BadTable, match="过大"):
        open_table(path, COLUMNS["residents"])


def test_a_comma_inside_a_cell_is_pointed_out(tmp_path: Path, city: City) -> None:
    row = residents(1)[0]
    path = tmp_path / "a.csv"
    path.write_text(f"姓名,身份证号,社区代码\n{row['姓名']},{row['身份证号']},{COMMUNITY},多出来\n", encoding="utf-8")
    assert "多出1格" in reasons(run("residents", path))[0]


@pytest.mark.parametrize(
    "text", ["2026-01-05", "2026/1/5", "2026.1.5", "20260105", "2026年1月5日", "2026-01-05 00:00:00"]
)
def test_days_are_written_in_many_ways(text: str) -> None:
    assert day(text).isoformat() == "2026-01-05"


@pytest.mark.parametrize("text", ["2026-13-01", "昨天", "2026", "1-1-1", "2026-02-30"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(WrongCell):
        day(text)


def test_relations_are_told_by_code_or_word() -> None:
    assert [relation(text) for text in ("2", "02", "户主", "本人", "妻子", "女", "儿媳")] == [
        "02",
        "02",
        "02",
        "02",
        "12",
        "30",
        "38",
    ]
    assert all(len(code) == 2 for code in RELATIONS.values())


def test_what_was_seen_is_kept_on_disk() -> None:
    seen = Seen()
    assert seen.otherwise_at("a", [1], 2) is None and seen.otherwise_at("a", [1], 3) is None
    assert seen.otherwise_at("a", [2], 4) == 2
