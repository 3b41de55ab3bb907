"""How a verb begins and ends: the city opened, words for people, one JSON line for programs, 0 or not 0 for both."""

import getpass
import json
import os
from typing import TYPE_CHECKING, Any, NoReturn

import click
import django
from django.db import connection

if TYPE_CHECKING:
    from onewindow.kernel.staff.actor import Actor

as_json = click.option("--json", "json_", is_flag=True, help="只输出一行 JSON，供程序读取。")


def open_city() -> None:
    """For work that may take hours, unlike a page: PostgreSQL's limits of time are for pages."""
    django.setup()
    from onewindow.fields.policy.law import look  # noqa: PLC0415 needs Django set up

    look(now=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SET idle_in_transaction_session_timeout = 0")


def operator() -> "Actor":
    """Whoever may type commands on this machine; the log names their account on it."""
    from onewindow.kernel.staff.actor import Actor  # noqa: PLC0415 needs Django set up

    return Actor(system=f"命令行（{_user()}）")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's number without a name
        return str(os.getuid())


def say(text: str, found: dict[str, Any], *, json_: bool) -> None:
    click.echo(json.dumps(found, ensure_ascii=False) if json_ else text)


def end(text: str, found: dict[str, Any], *, json_: bool, is_well: bool) -> NoReturn:
    say(text, {"ok": is_well, **found}, json_=json_)
    raise SystemExit(0 if is_well else 1)
