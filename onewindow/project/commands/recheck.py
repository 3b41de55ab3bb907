"""Every grant in force against the law of a month; and the writing of what a chief approved."""

import click

from onewindow.project.commands.find import progress, the_month, words_on
from onewindow.project.saying import as_json, open_city, operator, say


@click.command(help="按某月的规定复核全部在享待遇：一致的计数，事实变了的成为线索，只因规定变了的列入待批准名单。")
@click.option("--month", help="月份，例如 2025-10；不写则为本月。")
@click.option("--apply", "apply_", is_flag=True, help="把已批准的名单写入待遇（后台也会自动写；中断后接着写）。")
@as_json
def command(month: str | None, apply_: bool, json_: bool) -> None:
    open_city()
    if apply_:
        written = apply_approved(json_)
        say("\n".join(f"{name}：写入{n}，未写{left}。" for name, n, left in written) or "没有已批准的名单。",
            {"ok": True, "lists": [{"list": name, "written": n, "left": left} for name, n, left in written]}, json_=json_)  # fmt: skip
        return
    from onewindow.kernel.calendar.working_days import today
    from onewindow.project.searching.rechecking import recheck

    month = the_month(month, f"{today():%Y-%m}")
    search = recheck(operator(), month, progress(json_))
    lists = [{"benefit": each.benefit, "place": each.place_id, "count": each.count, "before_fen": each.before_fen,
              "after_fen": each.after_fen, "digest": each.digest} for each in search.lists.order_by("place_id")]  # fmt: skip
    say(words_on(search.counts), {"ok": True, "month": month, **search.counts, "lists": lists}, json_=json_)


def apply_approved(json_: bool) -> list[tuple[str, int, int]]:
    from onewindow.fields.finding.actions.recomputing import write_list
    from onewindow.fields.finding.models import Recomputation

    show, written = progress(json_), []
    for told in Recomputation.unscoped.filter(state=Recomputation.State.APPROVED).order_by("pk"):
        done = write_list(told.pk, lambda n, of: show(f"{n}/{of}"))
        written.append((f"{told.benefit}-{told.month}-{told.place_id[:6]}", done.written, done.left))
    return written
