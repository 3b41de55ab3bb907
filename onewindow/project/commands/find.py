"""政策找人: over everybody by the month, or cheaply over what happened since the last time."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from onewindow.project.saying import as_json, open_city, operator, say

WORDS = {
    "looked_at": "看了", "leads": "新线索", "have_it": "已在享受", "applied": "正在办理", "known": "已有线索",
    "not_enough_known": "信息不足不提示", "agree": "一致", "to_recompute": "按规定重算",
}  # fmt: skip


@click.command(help="找出应享未享的居民，写成线索。中断后再运行会接着做；重复运行不会重复写。")
@click.option("--month", help="月份，例如 2025-10；不写则为本月。")
@click.option(
    "--population", type=click.Path(exists=True, file_okay=False, path_type=Path), help="已取好的人口数据文件夹。"
)
@click.option("--events", is_flag=True, help="只看上次以来发生的事：满80岁等生日、死亡、残疾证、标准调整。")
@as_json
def command(month: str | None, population: Path | None, events: bool, json_: bool) -> None:
    open_city()
    from onewindow.kernel.calendar.working_days import today
    from onewindow.project.searching.events import follow_events
    from onewindow.project.searching.finding import find

    month = the_month(month, f"{today():%Y-%m}")
    show = progress(json_)
    search = follow_events(operator(), month, show) if events else find(operator(), month, population, show)
    counts = {"month": month, **search.counts}
    say(words_on(search.counts), {"ok": True, **counts}, json_=json_)


def the_month(told: str | None, now: str) -> str:
    from onewindow.rules.situation import MONTH

    if told and not MONTH.fullmatch(told):
        raise click.ClickException("月份应写成“年-月”，例如 2025-10。")
    return told or now


def progress(json_: bool) -> Callable[[str], None]:
    quiet = json_ or not sys.stderr.isatty()
    return lambda text: None if quiet else click.echo(f"  {text}", err=True)


def words_on(counts: dict[str, int]) -> str:
    return "，".join(f"{WORDS.get(name, name)}{count}" for name, count in counts.items()) + "。"
