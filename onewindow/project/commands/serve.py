"""The city's processes: the web, the background worker, and in the demo the partners. One stops, all stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

import click
import django
import httpx


@click.command(help="打开城市：网页、后台处理；演示城市还有银行和登记中心的模拟。")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--partners/--no-partners", default=None, help="演示城市默认启动。")
def command(host: str, port: int, workers: int, partners: bool | None) -> None:
    must_be_free(host, port)
    os.environ.setdefault("ONEWINDOW_PUBLIC_URL", f"http://localhost:{port}")
    os.environ["ONEWINDOW_EXCHANGE_URL"] = f"http://127.0.0.1:{port}"
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers",
        str(workers), "--blocking-threads", "4", "--log-level", "error", "onewindow.project.wsgi:application",
    ]  # fmt: skip
    run_together([web], lambda: open_the_door(host, port, partners))


def open_the_door(host: str, port: int, partners: bool | None) -> list[list[str]]:
    """The web first and the rest when it answers: at the start all would share the same cores, and people wait for one."""
    django.setup()
    until_it_answers(f"http://{host}:{port}/")
    announce(port)
    return behind_the_door(partners)


def behind_the_door(partners: bool | None) -> list[list[str]]:
    from django.conf import settings

    commands = [[sys.executable, "-m", "onewindow.project", "work"]]
    if settings.DEMO if partners is None else partners:
        from onewindow.project.demo.partners import partner_commands

        commands += partner_commands()
    return commands


def must_be_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise click.ClickException(f"端口{port}已被占用。请换一个：PORT=8001 make run") from None


def run_together(commands: Sequence[Sequence[str]], then: Callable[[], Sequence[Sequence[str]]]) -> None:
    """`then` is called when the first run, and says which others follow."""
    children = [subprocess.Popen(each) for each in commands]  # noqa: S603 our own programs

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        children.extend(subprocess.Popen(each) for each in then())  # noqa: S603 our own programs
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        click.echo("\n正在关闭…")
    finally:
        stop_all(children)
    if any(child.returncode not in (0, -signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGTERM) for child in children):
        raise click.ClickException("有一个进程意外停止，已全部关闭。请查看上面的提示。")


def stop_all(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def until_it_answers(url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(url, timeout=20)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise click.ClickException("网页没有启动，请查看上面的提示。")


def announce(port: int) -> None:
    from django.conf import settings

    click.secho(f"\n一窗已打开：http://localhost:{port}\n", bold=True)
    if settings.DEMO:
        from onewindow.web.demo_door import demo_accounts

        click.echo("演示账号（在登录页点一下即可进入）：")
        for account in demo_accounts():
            click.echo(f"  {account.username:<14}{account.name}  {account.role}：{account.what_to_try}")
        click.echo("\n按 Ctrl-C 关闭。")
