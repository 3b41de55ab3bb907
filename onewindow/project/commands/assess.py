import json
from pathlib import Path

import click

from onewindow.project.saying import as_json, say


@click.command(help="按法规计算一户（OpenFisca 情形格式的 JSON 文件）。")
@click.argument("situation", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--month", required=True, help="月份，例如 2026-11。")
@click.option("--output", "outputs", multiple=True, default=("dibao_eligible", "dibao_amount"), show_default=True)
@as_json
def command(situation: Path, month: str, outputs: tuple[str, ...], json_: bool) -> None:
    from onewindow.rules.assess import CannotAssess, assess

    try:
        told = json.loads(situation.read_text(encoding="utf-8"))
        found = assess(told, month, list(outputs))
    except (ValueError, CannotAssess) as problem:
        raise click.ClickException(str(problem)) from None
    words = [f"{each.label}：{each.value}  {each.text}（{each.article}）" for each in found.steps]
    say("\n".join(words), found.to_json(), json_=json_)
