"""The city as it stands, for the law to be run over it: no name, no number of a person, only what the law asks for."""

import sys
import time
from pathlib import Path

import click

from onewindow.project.saying import as_json, open_city, say


@click.command(
    help="把本市数据库里的家庭、登记信息和已确认办件的情况写成人口文件夹（不含姓名和证件号码），供全市测算。"
)
@click.option("--month", required=True, help="月份，例如 2025-10。")
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path), help="写到哪个文件夹。")
@as_json
def command(month: str, into: Path, json_: bool) -> None:
    open_city()
    from django.db import connection

    from onewindow.bulk.goes import JOURNAL, InUse, OtherPlan
    from onewindow.bulk.snapshot import address_of, take
    from onewindow.kernel.catalog import matters
    from onewindow.rules.case import TEKUN_AMOUNT
    from onewindow.rules.situation import MONTH

    if not MONTH.fullmatch(month):
        raise click.ClickException("月份应写成“年-月”，例如 2025-10。")
    if into.exists() and any(into.iterdir()) and not (into / JOURNAL).exists():
        raise click.ClickException(f"{into}里已有文件，请换一个空文件夹。")
    begun = time.monotonic()

    def show(persons: int, left: int) -> None:
        if not json_ and sys.stderr.isatty():
            click.echo(f"\r  {time.monotonic() - begun:5.1f}秒  {persons}人，还有{left}份", nl=False, err=True)

    kept = [each.code for each in matters().values() if each.grant and each.grant.amount == TEKUN_AMOUNT]
    try:
        taken = take(address_of(connection.settings_dict), month, into, tekun_benefits=kept, progress=show)
    except OtherPlan as error:
        raise click.ClickException(f"{into}里有没写完的快照，但月份或事项目录与这次不同，请换一个空文件夹。") from error
    except InUse as error:
        raise click.ClickException(f"另一个快照正在往{into}里写，请等它写完，或换一个空文件夹。") from error
    seconds = round(time.monotonic() - begun, 1)
    words = f"已写出{taken.households}户、{taken.persons}人，用时{seconds}秒：{into}"
    words += f"\n有{taken.not_whole}个登记值不是整数，没有采用。" if taken.not_whole else ""
    words += "\n这份快照中断过，本次接着写完；后写的部分是后来的情况。" if taken.resumed_at else ""
    told = {
        "ok": True,
        "resumed_at": taken.resumed_at,
        "households": taken.households,
        "persons": taken.persons,
        "not_whole": taken.not_whole,
    }
    say(words, told | {"seconds": seconds, "into": str(into)}, json_=json_)
