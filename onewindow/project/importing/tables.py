"""Rows from the city's own CSV or XLSX, and the rows that were wrong, back in the same form with the reason beside each."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

MOST_UNPACKED_BYTES, MOST_RATIO = 500 * 2**20, 200
REASON = "原因"
Row = dict[str, str]


class BadTable(Exception):
    """The file as a whole can't be read; the message says what to do."""


def rows_of(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Line number and cells by column name. Raises BadTable where a column is missing."""
    lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    header = [name.strip() for name in next(lines, [])]
    missing = [name for name in columns if name not in header]
    if missing:
        raise BadTable(f"缺少列：{'、'.join(missing)}。表头应为：{'、'.join(columns)}。")
    for number, cells in enumerate(lines, 2):
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if any(row.values()):
            yield number, {name: row.get(name, "") for name in columns}


def _csv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            yield from csv.reader(file)
        except (csv.Error, UnicodeDecodeError):
            raise BadTable("不是有效的CSV文件，请用Excel另存为“CSV UTF-8”再试。") from None


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        try:
            while part := file.readline():
                part.decode("utf-8")
        except UnicodeDecodeError:
            return "gb18030"  # what Excel writes on a Chinese Windows
    return "utf-8-sig"


def _xlsx(path: Path) -> Iterator[list[str]]:
    try:
        with ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
        if size > MOST_UNPACKED_BYTES or size > MOST_RATIO * path.stat().st_size:
            raise BadTable("文件展开后过大，请拆成几个文件导入。")
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (BadZipFile, CalamineError):
        raise BadTable("不是有效的XLSX文件，请用Excel另存为“.xlsx”再试。") from None
    for cells in sheet.iter_rows():
        yield [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """Numbers as they were typed: an ID number or phone has no decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class WrongRows:
    """Collects wrong rows; nothing in them is ever a formula."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.header = [*columns, REASON]
        self.rows: list[list[str]] = []

    def add(self, row: Row, reason: str) -> None:
        self.rows.append([*row.values(), reason])

    def write(self, path: Path) -> None:
        if path.suffix.lower() == ".xlsx":
            with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
                sheet = book.add_worksheet("需要更正")
                for number, cells in enumerate([self.header, *self.rows]):
                    for column, cell in enumerate(cells):
                        sheet.write_string(number, column, cell)
            return
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([self.header, *(list(map(_harmless, row)) for row in self.rows)])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r＝＋－＠" and cell else cell
