"""The list on the screen as a workbook. Every cell is typed as text or number, so that no name becomes a formula."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import islice
from urllib.parse import quote

from django.http import HttpResponse

MOST_ROWS = 2_000
Cell = str | int | Decimal
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], most: int = MOST_ROWS) -> HttpResponse:
    import xlsxwriter  # noqa: PLC0415 an eighth of a second, which no start of the city should wait for

    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(title), book.add_format({"bold": True})
        sums = book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 20)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        n = 0
        for n, row in enumerate(islice(rows, most), 1):
            for column, value in enumerate(row):
                if isinstance(value, int | Decimal):
                    sheet.write_number(n, column, value, sums if isinstance(value, Decimal) else None)
                else:
                    sheet.write_string(n, column, value)
        if n == most:
            sheet.write_string(n + 1, 0, f"只导出前{most}行。请缩小筛选条件后分次导出。", bold)
    response = HttpResponse(kept.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    response.headers["Cache-Control"] = "no-store"
    return response
