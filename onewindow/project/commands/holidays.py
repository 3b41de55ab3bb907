from pathlib import Path

import click
import django

from onewindow.project.saying import as_json, end


@click.command(
    help="导入国务院办公厅公布的放假安排（YAML，样子见 kernel/calendar/notice_example.yaml）；不给文件则只看算到哪天。"
)
@click.argument("notice", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def command(notice: Path | None, json_: bool) -> None:
    django.setup()
    from onewindow.kernel.audit.acting import Refused
    from onewindow.kernel.calendar.notice import UnreadableNotice, read_notice
    from onewindow.kernel.calendar.publishing import publish_holidays
    from onewindow.kernel.calendar.working_days import forget_own_days, horizon
    from onewindow.kernel.staff.actor import SYSTEM

    days = 0
    if notice is not None:
        try:
            read = read_notice(notice.read_text(encoding="utf-8"))
            days = publish_holidays(SYSTEM, None, year=read.year, days=read.days, source=read.source)
        except (UnreadableNotice, Refused, UnicodeDecodeError) as problem:
            raise click.ClickException(str(problem)) from None
        forget_own_days()
    told = {"days": days, "horizon": horizon().isoformat()}
    loaded = f"已导入{days}天。" if notice else ""
    end(f"{loaded}工作日已确定到{told['horizon']}，此后的期限标为暂定。", told, json_=json_, is_well=True)
