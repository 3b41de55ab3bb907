"""
A process of its own for workbooks: two cells in far corners are a small file that asks for the memory of a whole sheet.
argv: the file. stdout: one JSON list of texts for each row of the first sheet.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

CPU_SECONDS, MEMORY_BYTES = 300, 2 * 2**30
MOST_PARTS, MOST_UNPACKED_BYTES = 1_000, 1024 * 2**20
UNREADABLE, TOO_LARGE = 3, 4
LOST_BEYOND = 10**15
"""Excel keeps fifteen digits of a number; what is longer and was not text has lost its end."""


def confine() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def rows(path: Path) -> Iterator[list[str]]:
    with ZipFile(path) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise MemoryError
    for cells in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows():
        yield [text_of(cell) for cell in cells]


def text_of(cell: object) -> str:
    """As it was typed: an ID number has no decimals. What lost digits looks like what Excel would show."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.14E}" if abs(cell) >= LOST_BEYOND else str(int(cell))
    return str(cell)


def main(path: Path) -> int:
    confine()
    try:
        for row in rows(path):
            sys.stdout.write(f"{json.dumps(row, ensure_ascii=True)}\n")
        sys.stdout.flush()
    except (CalamineError, BadZipFile, IndexError, OSError):
        return UNREADABLE
    except MemoryError:
        return TOO_LARGE
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
