import click
import django


@click.command(help="只启动演示的银行和不动产登记中心。")
def command() -> None:
    django.setup()
    from onewindow.project.commands.serve import run_together
    from onewindow.project.demo.partners import partner_commands

    click.echo("按 Ctrl-C 关闭。")
    run_together(partner_commands(), list)
