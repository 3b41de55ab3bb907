"""What another standard would cost, and who gains or loses, before anybody signs it."""

from dataclasses import asdict
from pathlib import Path

import click

from onewindow.project.saying import as_json, say


def read_changes(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, int]:
    """`standard.unified=1045`: yuan, with up to two decimals."""
    found = {}
    for each in given:
        name, _, yuan = each.partition("=")
        whole, _, part = yuan.partition(".")
        if not name or not (whole.isascii() and whole.isdigit() and len(whole) < 9 and len(part) < 3) or (
            part and not part.isdigit()
        ):  # fmt: skip
            raise click.BadParameter(f"“{each}”应写成 standard.unified=1045（元）。")
        found[name] = int(whole) * 100 + int(part.ljust(2, "0") or 0)
    return found


@click.command(help="试算：把某项标准改成另一个数，全市多花多少、哪里的哪些家庭多得或少得。不改变任何数据。")
@click.option("--set", "changes", multiple=True, required=True, callback=read_changes, help="标准=元，例如 standard.unified=1045；可以写多个。")  # fmt: skip
@click.option("--month", required=True, help="从哪个月起，例如 2025-09。")
@click.option("--population", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="人口文件夹（onewindow city 或 snapshot 生成）。")  # fmt: skip
@as_json
def command(changes: dict[str, int], month: str, population: Path, json_: bool) -> None:
    from onewindow.project.simulating import simulate
    from onewindow.rules.reforming import NoSuchFigure
    from onewindow.rules.situation import MONTH

    if not MONTH.fullmatch(month):
        raise click.ClickException("月份应写成“年-月”，例如 2025-10。")
    try:
        told = simulate(population, month, changes)
    except NoSuchFigure as problem:
        raise click.ClickException(str(problem)) from None
    lines = [told.whole, *(line for kind in told.by.values() for line in kind)]
    heads = "户数  每月现支出（元）  每月新支出（元）  每月增加（元）  多得（户）  少得（户）  新享（户）  退出（户）"
    rows = [
        f"{line.name}  {line.households}  {line.before_fen / 100:.2f}  {line.after_fen / 100:.2f}  {line.more_fen / 100:.2f}"
        f"  {line.gaining}  {line.losing}  {line.newly}  {line.ending}"
        for line in lines
    ]
    gap = f"按新标准，距标准的缺口由每月{told.whole.gap_before_fen / 100:.2f}元变为{told.whole.gap_after_fen / 100:.2f}元。"
    say("\n".join([heads, *rows, gap]), {"ok": True, **asdict(told)}, json_=json_)
