"""The city's own residents and households."""

import hashlib
from pathlib import Path

import click
import django

from onewindow.project.saying import as_json, say


@click.command(name="import", help="导入本市居民（residents）或户（households），CSV 或 XLSX。重复导入不会改变什么。")
@click.argument("kind", type=click.Choice(["residents", "households"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option(
    "--wrong-rows", type=click.Path(dir_okay=False, path_type=Path), help="有误的行写到这里（.csv 或 .xlsx）。"
)
@click.option("--template", is_flag=True, help="只输出表头。")
@as_json
def command(kind: str, file: Path | None, wrong_rows: Path | None, template: bool, json_: bool) -> None:
    django.setup()
    from onewindow.kernel.staff.actor import SYSTEM  # noqa: PLC0415 needs Django set up
    from onewindow.project.importing.records import HOUSEHOLD_COLUMNS, RESIDENT_COLUMNS, import_rows  # noqa: PLC0415
    from onewindow.project.importing.tables import BadTable, WrongRows, rows_of  # noqa: PLC0415

    columns = RESIDENT_COLUMNS if kind == "residents" else HOUSEHOLD_COLUMNS
    if template or file is None:
        click.echo(",".join(columns))
        return
    with file.open("rb") as raw:
        sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    wrong = WrongRows(columns)
    try:
        counts = import_rows(SYSTEM, None, kind=kind, rows=rows_of(file, columns), sha256=sha256, wrong=wrong)
    except BadTable as problem:
        raise click.ClickException(str(problem)) from None
    back = wrong_rows or file.with_name(f"{file.stem}-需要更正{file.suffix}")
    if wrong.rows:
        wrong.write(back)
    found = {name: counts[name] for name in ("added", "changed", "unchanged", "wrong")}
    words = "新增{added}，更新{changed}，未变{unchanged}，有误{wrong}。".format(**found)
    words += f"有误的行连同原因在：{back}" if wrong.rows else ""
    say(words, {"ok": True, **found, "wrong_rows": str(back) if wrong.rows else ""}, json_=json_)
