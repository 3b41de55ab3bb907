"""How a verb ends: words for people, one JSON line for programs, 0 or not 0 for both."""

import json
from typing import Any, NoReturn

import click

as_json = click.option("--json", "json_", is_flag=True, help="只输出一行 JSON，供程序读取。")


def say(text: str, found: dict[str, Any], *, json_: bool) -> None:
    click.echo(json.dumps(found, ensure_ascii=False) if json_ else text)


def end(text: str, found: dict[str, Any], *, json_: bool, is_well: bool) -> NoReturn:
    say(text, {"ok": is_well, **found}, json_=json_)
    raise SystemExit(0 if is_well else 1)
