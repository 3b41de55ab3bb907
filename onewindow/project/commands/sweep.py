import click
import django


@click.command(help="处理到期事项一轮：公示期满、核对逾期、银行久未答复。")
@click.option("--once", is_flag=True, default=True, hidden=True)
def command(once: bool) -> None:
    django.setup()
    from onewindow.kernel.outbox.sending import SWEEPS

    for sweep in SWEEPS:
        click.echo(f"{sweep.__name__}：{sweep()}")
