"""What a month's payroll comes to, before anybody drafts it."""

import click

from onewindow.project.commands.find import the_month
from onewindow.project.saying import as_json, open_city, say


@click.command(help="某月应发合计：按在册金额和按当月规定重新计算各是多少，有差异的要先复核（onewindow recheck）。")
@click.option("--month", required=True, help="月份，例如 2025-10。")
@as_json
def command(month: str, json_: bool) -> None:
    open_city()
    from onewindow.project.searching.drafting import draft_sums

    rows = draft_sums(the_month(month, month))
    words = [
        f"{row['place'][:6]} {row['benefit']}：{row['count']}户，在册{row['fen'] / 100:,.2f}元，"
        f"按规定{row['law_fen'] / 100:,.2f}元" + (f"，{row['differ']}户不一致" if row["differ"] else "")
        for row in rows
    ]
    say("\n".join(words) or "没有在享待遇。", {"ok": True, "month": month, "rows": rows}, json_=json_)
