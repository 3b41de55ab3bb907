"""The city's own residents and households."""

import sys
import time
from pathlib import Path

import click

from onewindow.project.saying import as_json, open_city, operator, say


@click.command(
    name="import",
    help="导入本市居民（residents）或户（households），CSV 或 XLSX。有误的行连同原因另存，其余导入；重复导入不会改变什么。",
)
@click.argument("kind", type=click.Choice(["residents", "households"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--wrong-rows", type=click.Path(dir_okay=False, path_type=Path), help="有误的行写到哪里。")
@click.option("--dry-run", is_flag=True, help="只检查，不导入。")
@click.option("--template", is_flag=True, help="在 FILE 生成带说明的空表；不给 FILE 则只输出表头。")
@as_json
def command(kind: str, file: Path | None, wrong_rows: Path | None, dry_run: bool, template: bool, json_: bool) -> None:
    open_city()
    if template or file is None:
        make_template(kind, file)
        return
    if not file.is_file():
        raise click.ClickException(f"没有文件{file}。")
    from onewindow.project.importing.running import Import, homes_without_one_head
    from onewindow.project.importing.tables import BadTable

    back = wrong_rows or file.with_name(f"{file.stem}-需要更正{file.suffix}")
    if back.resolve() == file.resolve():
        raise click.ClickException("有误的行不能写回原文件，请用 --wrong-rows 指定另一个文件。")
    begun = time.monotonic()
    try:
        work = Import(operator(), kind, file, is_rehearsal=dry_run)  # type: ignore[arg-type]
        counts = work.run(back, progress=lambda done: show(done, begun, json_))
    except BadTable as problem:
        raise click.ClickException(str(problem)) from None
    told = {
        "ok": True, "kind": kind, "dry_run": dry_run, "rows": sum(counts.values()), **counts,
        "wrong_rows": str(back) if counts["wrong"] else "", "ignored_columns": work.table.ignored,
        "sha256": work.table.sha256, "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip
    words = ["（只检查，没有导入）"] if dry_run else []
    words.append("新增{added}，更新{changed}，未变{unchanged}，有误{wrong}。".format(**counts))
    words += [f"有误的行连同原因在：{back}"] if counts["wrong"] else []
    words += [f"没有用到的列：{'、'.join(work.table.ignored)}。"] if work.table.ignored else []
    if kind == "households" and not dry_run and (odd := homes_without_one_head()):
        told["households_without_one_head"] = odd
        words.append(f"全市有{odd}户没有户主或有多个户主，请核对。")
    say("\n".join(words), told, json_=json_)


def show(done: int, begun: float, json_: bool) -> None:
    if not json_ and sys.stderr.isatty():
        click.echo(f"\r  {time.monotonic() - begun:5.1f}秒  {done}行", nl=False, err=True)


def make_template(kind: str, file: Path | None) -> None:
    from onewindow.project.importing.columns import COLUMNS
    from onewindow.project.importing.template import write_template

    columns = COLUMNS[kind]  # type: ignore[index]
    if file is None:
        click.echo(",".join(column.name for column in columns))
        return
    if file.exists():
        raise click.ClickException(f"{file}已经有了，请换个名字。")
    write_template(file, columns)
    click.echo(f"已生成空表{file}，填好后运行：onewindow import {kind} {file}")
