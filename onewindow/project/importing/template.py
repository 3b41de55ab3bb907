"""An empty table to fill in, with what each column may hold."""

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from onewindow.project.importing.columns import Column

HELP_HEADING = ("列名", "英文列名", "必填", "怎么填", "例子")


def write_template(path: Path, columns: Sequence[Column]) -> None:
    if path.suffix.lower() != ".xlsx":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerow(column.name for column in columns)
        return
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True, "num_format": "@"})
        # Text, or Excel would round an ID number to fifteen digits.
        text = book.add_format({"num_format": "@"})
        sheet, told = book.add_worksheet("填写"), book.add_worksheet("说明")
        sheet.set_column(0, len(columns) - 1, 20, text)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [column.name for column in columns], bold)
        told.set_column(0, len(HELP_HEADING) - 1, 30, text)
        told.write_row(0, 0, HELP_HEADING, bold)
        for at, column in enumerate(columns, 1):
            needed = "必填" if column.is_required else ""
            told.write_row(at, 0, [column.name, column.key, needed, column.hint, column.example], text)
