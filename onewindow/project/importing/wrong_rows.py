"""The rows that were wrong, back in the form of the file they came in, with the reason beside each."""

import csv
import os
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from onewindow.project.importing.tables import REASON, Table, TableRow, with_shield

XLSX_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class WrongRows:
    """Written row by row beside its final place, and moved there whole. Nothing is made where nothing is wrong."""

    def __init__(self, table: Table, path: Path) -> None:
        self.table, self.path, self.count = table, path, 0
        self._beside = path.with_name(f".{path.name}.{os.getpid()}")
        self._writer: _Csv | _Xlsx | None = None
        self._width = len(table.heading)
        if REASON in table.heading:  # rows that came back once are sent in again
            self._width = table.heading.index(REASON)

    def add(self, row: TableRow, reasons: list[str]) -> None:
        if self._writer is None:
            kind = _Xlsx if self.path.suffix.lower() == ".xlsx" else _Csv
            self._writer = kind(self._beside, self.table)
            self._writer.write([*self.table.heading[: self._width], REASON])
        cells = (row.cells + [""] * self._width)[: self._width]
        self._writer.write([*cells, "；".join(reasons)])
        self.count += 1

    def __enter__(self) -> "WrongRows":
        return self

    def __exit__(self, kind: Any, *_: object) -> None:
        if self._writer is None:
            return
        self._writer.close()
        if kind is None:
            self._beside.replace(self.path)
        else:
            self._beside.unlink(missing_ok=True)


class _Csv:
    def __init__(self, path: Path, table: Table) -> None:
        encoding = "utf-8-sig" if table.encoding in ("", "utf-8-sig") else table.encoding
        self._file: IO[str] = open(_private(path), "w", encoding=encoding, errors="replace", newline="")  # noqa: SIM115
        self._csv = csv.writer(self._file, delimiter=table.delimiter or ",")

    def write(self, cells: list[str]) -> None:
        self._csv.writerow(map(with_shield, cells))

    def close(self) -> None:
        self._file.close()


class _Xlsx:
    def __init__(self, path: Path, table: Table) -> None:
        self._file = os.fdopen(_private(path), "wb")
        self._book = xlsxwriter.Workbook(self._file, XLSX_OPTIONS)
        self._sheet = self._book.add_worksheet("需要更正")
        self._text = self._book.add_format({"num_format": "@"})
        self._sheet.set_column(0, len(table.heading), 18, self._text)
        self._at = 0

    def write(self, cells: list[str]) -> None:
        for column, cell in enumerate(cells):
            self._sheet.write_string(self._at, column, cell, self._text)
        self._at += 1

    def close(self) -> None:
        self._book.close()
        self._file.close()


def _private(path: Path) -> int:
    """It holds whole ID numbers: for its owner's eyes."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
