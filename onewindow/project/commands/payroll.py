"""A month's payroll from the command line: the same acts as on the pages, by the same people, in the foreground."""

from typing import TYPE_CHECKING

import click

from onewindow.project.saying import as_json, end, open_city, say

if TYPE_CHECKING:
    from onewindow.kernel.staff.actor import Actor

by = click.option("--as", "username", required=True, help="以谁的账号办理，须输入其密码；日志记在其名下。")
monthly = click.option("--month", required=True, help="月份，例如 2026-12。")


@click.group(invoke_without_command=True, help="发放：测算、编制、复核、发送。只给 --month 时列出该月应发合计。")
@click.option("--month", help="月份，例如 2026-12：按在册金额和按当月规定重新计算各是多少。")
@as_json
@click.pass_context
def command(told: click.Context, month: str | None, json_: bool) -> None:
    open_city()
    if told.invoked_subcommand is not None:
        return
    if month is None:
        raise click.UsageError("请给出 --month，或使用 draft、approve、send。")
    from onewindow.project.commands.find import the_month
    from onewindow.project.searching.drafting import draft_sums

    rows = draft_sums(the_month(month, month))
    words = [
        f"{row['place'][:6]} {row['benefit']}：{row['count']}户，在册{row['fen'] / 100:,.2f}元，"
        f"按规定{row['law_fen'] / 100:,.2f}元" + (f"，{row['differ']}户不一致" if row["differ"] else "")
        for row in rows
    ]
    say("\n".join(words) or "没有在享待遇。", {"ok": True, "month": month, "rows": rows}, json_=json_)


def me(username: str) -> "Actor":
    from onewindow.project.payrolling import signed_in

    return signed_in(username, lambda: click.prompt(f"{username}的密码", hide_input=True, err=True))


@command.command(help="编制某月名册：本人任制单的各区、各项待遇。再运行一次只补漏。")
@monthly
@click.option("--benefit", help="只编制这一项。")
@by
@as_json
def draft(month: str, benefit: str | None, username: str, json_: bool) -> None:
    from onewindow.project.payrolling import draft_all

    made = draft_all(me(username), month, benefit)
    words = [f"{each['file']}：{each['count']}笔，{each['total_fen']}分，摘要{each['digest']}" for each in made]
    say("\n".join(words) or "没有需要发放的款项。", {"ok": True, "runs": made}, json_=json_)


@command.command(help="复核某月的名册：须由制单人以外的人，对着摘要复核。")
@monthly
@click.option("--digest", "digests", multiple=True, help="只复核摘要为此的名册，可给多个；不给则复核全部待复核的。")
@by
@as_json
def approve(month: str, digests: tuple[str, ...], username: str, json_: bool) -> None:
    from onewindow.project.payrolling import approve_all

    done, refused = approve_all(me(username), month, digests)
    words = [*(f"{each['file']}：已复核" for each in done), *refused]
    end("\n".join(words) or "没有待复核的名册。", {"runs": done, "refused": refused}, json_=json_, is_well=not refused)


@command.command(help="把已复核的名册发送银行，并追问久未答复的。")
@click.option("--once", is_flag=True, default=True, hidden=True)
@as_json
def send(once: bool, json_: bool) -> None:
    from onewindow.project.payrolling import send_due

    done = send_due()
    words = f"已发送{done['sent']}份，追问{done['asked']}份，仍在等待{done['waiting']}份。" + "".join(
        f"\n{each}" for each in done["problems"]
    )
    end(words, done, json_=json_, is_well=not done["problems"])


@command.command(help="月末关账：各批都已结清、账上无差额时关闭该月，并打印关账报告。")
@monthly
@by
@as_json
def close(month: str, username: str, json_: bool) -> None:
    from onewindow.project.payrolling import close_all

    done, refused = close_all(me(username), month)
    words = [
        *(f"{each['place']}{month}已关账：实发{each['paid_fen']}分，报告摘要{each['digest']}" for each in done),
        *refused,
    ]
    end("\n".join(words) or "没有可关账的区。", {"closed": done, "refused": refused}, json_=json_, is_well=not refused)
