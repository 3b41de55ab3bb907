"""Rows from the city's own CSV or XLSX, one after the other: a file may be larger than the memory."""

import codecs
import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from onewindow.project.importing.columns import Column
from onewindow.project.importing.spreadsheet import TOO_LARGE

REASON = "错误原因"
HEADING_WITHIN = 10
"""Rows from the top: many tables begin with a title."""
DELIMITERS = ",\t;"
ENCODINGS = ("utf-8-sig", "gb18030")
"""What Excel writes: the second on a Chinese Windows."""
SHIELD = "'"
DANGEROUS = tuple("=+-@\t\r\x00＝＋－＠")


class BadTable(Exception):
    """The file as a whole can't be read; the message says what to do."""


@dataclass(frozen=True)
class TableRow:
    number: int
    cells: list[str]
    """As they stand in the file."""
    values: dict[str, str]
    """Texts by the key of their column."""
    surplus: int = 0
    """Cells beyond the heading: what a comma inside a cell makes."""


@dataclass(frozen=True)
class Table:
    path: Path
    sha256: str
    encoding: str
    """Empty for a workbook."""
    delimiter: str
    heading: list[str]
    heading_at: int
    keys: list[str | None]
    """For each cell the key of its column; None where nobody asks for it."""

    @property
    def ignored(self) -> list[str]:
        told = zip(self.heading, self.keys, strict=True)
        return [name for name, key in told if key is None and name and name != REASON]

    def rows(self) -> Iterator[TableRow]:
        with _lines(self.path, self.encoding, self.delimiter) as lines:
            for number, cells in enumerate(islice(lines, self.heading_at, None), self.heading_at + 1):
                texts = [without_shield(cell) for cell in cells]
                if any(texts):
                    yield self._row(number, cells, texts)

    def _row(self, number: int, cells: list[str], texts: list[str]) -> TableRow:
        values = {key: text for key, text in zip(self.keys, texts, strict=False) if key}
        return TableRow(number, cells, values, len([each for each in texts[len(self.keys) :] if each]))


def open_table(path: Path, columns: Sequence[Column]) -> Table:
    """Finds out how the file is written and where its heading stands. Raises BadTable."""
    sha256, encoding = _inspect(path)
    delimiter = _delimiter(path, encoding) if encoding else ""
    with _lines(path, encoding, delimiter) as lines:
        top = list(islice(lines, HEADING_WITHIN))
    wanted = {heading.casefold(): column.key for column in columns for heading in column.headings}
    best = max(range(len(top)), key=lambda n: _matches(top[n], wanted), default=None)
    if best is None:
        raise BadTable("文件是空的。")
    heading = [_plain(cell) for cell in top[best]]
    keys = [wanted.get(name.casefold()) for name in heading]
    _check_heading(columns, keys)
    return Table(path, sha256, encoding, delimiter, heading, best + 1, keys)


def _matches(cells: list[str], wanted: Mapping[str, str]) -> int:
    return sum(_plain(cell).casefold() in wanted for cell in cells)


def _check_heading(columns: Sequence[Column], keys: list[str | None]) -> None:
    missing = [column.name for column in columns if column.is_required and column.key not in keys]
    twice = [column.name for column in columns if keys.count(column.key) > 1]
    if missing:
        all_names = "、".join(column.name for column in columns)
        raise BadTable(f"缺少列：{'、'.join(missing)}。表头可以有：{all_names}。用 --template 可以得到空表。")
    if twice:
        raise BadTable(f"有两列都是{'、'.join(twice)}，请只留一列。")


def _inspect(path: Path) -> tuple[str, str]:
    """SHA-256 and encoding, in one walk through the file; the encoding of a workbook is empty."""
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ENCODINGS}
    first = b""
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            first = first or part[:4]
            digest.update(part)
            for name in list(decoders):
                try:
                    decoders[name].decode(part)
                except UnicodeDecodeError:
                    del decoders[name]
    if first[:2] == b"PK":
        return digest.hexdigest(), ""
    if first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return digest.hexdigest(), "utf-16"
    for name, decoder in decoders.items():
        try:
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            continue
        return digest.hexdigest(), name
    raise BadTable("既不是XLSX，也不是UTF-8或GB18030编码的CSV。请用Excel另存为“.xlsx”或“CSV UTF-8”再试。")


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        top = "".join(islice(file, HEADING_WITHIN))
    return max(DELIMITERS, key=top.count)


@contextmanager
def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[Iterator[list[str]]]:
    if encoding:
        with path.open(encoding=encoding, newline="") as file:
            yield _csv(csv.reader(file, delimiter=delimiter))
        return
    command = [sys.executable, "-m", "onewindow.project.importing.spreadsheet", str(path.resolve())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:  # noqa: S603 our own
        try:
            yield _workbook(reading)
        finally:
            reading.kill()


def _csv(lines: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error as problem:
        raise BadTable(f"不是有效的CSV文件（{problem}）。请用Excel另存为“CSV UTF-8”再试。") from None


def _workbook(reading: subprocess.Popen[bytes]) -> Iterator[list[str]]:
    assert reading.stdout is not None
    for line in reading.stdout:
        yield json.loads(line)
    ended = reading.wait()
    if ended == TOO_LARGE or ended < 0:
        raise BadTable("工作簿展开后过大。请删去空白的行和列，或另存为CSV，或拆成几个文件再试。")
    if ended:
        raise BadTable("不是有效的XLSX文件。请用Excel另存为“.xlsx”再试。")


def _plain(cell: str) -> str:
    return without_shield(cell).strip("*＊ ")


def without_shield(cell: str) -> str:
    """What we wrote with a quote before it, so that no program takes it for a formula, comes back without."""
    text = _stripped(cell)
    return text[1:] if text[:1] == SHIELD and text[1:].startswith(DANGEROUS) else text


def with_shield(cell: str) -> str:
    text = _stripped(cell)
    return f"{SHIELD}{text}" if text.startswith(DANGEROUS) else text


def _stripped(cell: str) -> str:
    return cell.strip().strip("\ufeff\u3000")
