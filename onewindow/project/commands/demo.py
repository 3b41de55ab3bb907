"""The demo city: an empty database becomes a city in the middle of its work. A city that is there is left alone."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import click
import django


@click.command(help="建立演示城市（已有则不动）。")
@click.option("--households", default=800, show_default=True, type=click.IntRange(1, 1_000_000), help="居民户数。")
@click.option("--seed", default=2026, show_default=True, help="同一个数总是得到同样的居民。")
@click.option("--reset", is_flag=True, help="清空后重建。")
@click.option("--yes", is_flag=True, help="不再询问。")
def command(households: int, seed: int, reset: bool, yes: bool) -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    if not settings.DEMO:
        raise click.ClickException("正式环境不能建立演示城市。")
    if reset:
        if not yes:
            click.confirm("将清空现有的演示数据，不能恢复。继续吗？", abort=True)
        empty(Path(settings.DATA_DIR))
    begun = time.monotonic()

    def progress(text: str) -> None:
        click.echo(f"  {time.monotonic() - begun:5.1f}秒  {text}")

    call_command("migrate", verbosity=0)
    from onewindow.kernel.people.models import Account

    if Account.objects.exists():
        click.echo("演示城市已经建好。重新建立：onewindow demo --reset")
        return
    click.echo("正在建立演示城市…")
    build(households, seed, progress)


def build(households: int, seed: int, progress: Callable[[str], None]) -> None:
    from onewindow.project.demo.leads import search_the_city
    from onewindow.project.demo.load import load_city
    from onewindow.project.demo.partners import lay
    from onewindow.project.demo.standards import propose
    from onewindow.project.demo.story import tell_story

    loader = load_city(households, seed, progress)
    lay([])
    story = tell_story(loader, progress)
    search_the_city(story, progress)
    propose(story, progress)
    lay(loader.truth)


def empty(data_dir: Path) -> None:
    """SQLite's files, papers and partners' books; never the keys."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.close()
        for path in data_dir.glob("city.sqlite3*"):
            path.unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    for folder in ("papers", "partners"):
        shutil.rmtree(data_dir / folder, ignore_errors=True)
