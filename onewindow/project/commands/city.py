"""A city of invented people in a folder, for `onewindow bulk`, `find` and `simulate`; nothing goes into the database."""

import sys
import time
from pathlib import Path

import click

from onewindow.project.saying import as_json, say


@click.command(help="生成虚拟城市（全市测算用的人口文件夹，不写入数据库）。同一个种子得到同样的城市。")
@click.option("--people", default=100_000, show_default=True, type=click.IntRange(1, 20_000_000), help="大约多少人。")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="种子。")
@click.option("--month", required=True, help="月份，例如 2025-10。")
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path), help="写到哪个文件夹。")
@click.option("--months-back", default=0, type=click.IntRange(0, 12), help="另有几个月以前的收入和刚性支出，最多12。")
@click.option("--processes", default=0, type=click.IntRange(0, 64), help="几个进程，0 为本机核数。")
@as_json
def command(people: int, seed: int, month: str, into: Path, months_back: int, processes: int, json_: bool) -> None:
    from onewindow.bulk.city.making import city_of, write
    from onewindow.rules.situation import MONTH

    if not MONTH.fullmatch(month):
        raise click.ClickException("月份应写成“年-月”，例如 2025-10。")
    if into.exists() and any(into.iterdir()):
        raise click.ClickException(f"{into}里已有文件，请换一个空文件夹。")
    begun, city = time.monotonic(), city_of(people, month, seed, months_back)

    def show(persons: int, left: int) -> None:
        if not json_ and sys.stderr.isatty():
            click.echo(f"\r  {time.monotonic() - begun:5.1f}秒  {persons}人，还有{left}份", nl=False, err=True)

    persons = write(city, into, show, processes)
    seconds = round(time.monotonic() - begun, 1)
    told = {"ok": True, "households": city.households, "persons": persons, "parts": city.parts, "seconds": seconds}
    say(f"已生成{city.households}户、{persons}人，用时{seconds}秒：{into}", told | {"into": str(into)}, json_=json_)
