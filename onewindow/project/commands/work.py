import signal
import time
from types import FrameType

import click
import django

IDLE_SECONDS = 1


@click.command(help="后台处理：到期事项、对外查询、付款、短信。")
@click.option("--once", is_flag=True, help="只做一轮。")
def command(once: bool) -> None:
    django.setup()
    from onewindow.kernel.outbox.sending import work_once

    stopping = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        done = work_once()
        if once:
            click.echo(f"已发出{done}条。")
            return
        if not done:
            time.sleep(IDLE_SECONDS)
