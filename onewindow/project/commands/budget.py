"""The months ahead by the law of each, beside the year before."""

from pathlib import Path

import click

from onewindow.project.commands.find import progress, the_month
from onewindow.project.saying import as_json, open_city, operator, say


@click.command(
    help="未来各月的资金测算：在享待遇按各月规定逐户计算，加上届时因年龄、证件新增的人，并列出上年同期实发。"
)
@click.option("--from", "from_month", required=True, help="从哪个月起，例如 2026-01。")
@click.option("--months", default=12, show_default=True, type=click.IntRange(1, 36))
@click.option(
    "--population", type=click.Path(exists=True, file_okay=False, path_type=Path), help="已取好的人口数据文件夹。"
)
@as_json
def command(from_month: str, months: int, population: Path | None, json_: bool) -> None:
    open_city()
    from onewindow.project.searching.budgeting import forecast

    made = forecast(operator(), the_month(from_month, from_month), months, population, progress(json_))
    words = [
        f"{row['month']} {row['label']}：在享{row['grants']}，{row['fen'] / 100:,.2f}元；届时新增{row['newly']}，"
        f"{row['newly_fen'] / 100:,.2f}元；上年同期实发{row['last_fen'] / 100:,.2f}元"
        for row in made.rows
    ]
    say("\n".join(words) or "没有在享待遇。", {"ok": True, "from": from_month, "rows": made.rows}, json_=json_)
