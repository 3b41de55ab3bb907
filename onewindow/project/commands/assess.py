import json
from pathlib import Path
from typing import Any

import click

from onewindow.project.saying import as_json, say


@click.command(help="按法规计算一户（OpenFisca 情形格式的 JSON 文件）。")
@click.argument("situation", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--month", required=True, help="月份，例如 2026-11。")
@click.option("--output", "outputs", multiple=True, default=("dibao_eligible", "dibao_amount"), show_default=True)
@click.option("--all", "asks_all", is_flag=True, help="逐项计算全部待遇；没有录入的标准只影响它自己那一项。")
@as_json
def command(situation: Path, month: str, outputs: tuple[str, ...], asks_all: bool, json_: bool) -> None:
    from onewindow.rules.assess import CannotAssess, assess

    try:
        told = json.loads(situation.read_text(encoding="utf-8"))
        if asks_all:
            say_all(told, month, json_=json_)
            return
        found = assess(told, month, list(outputs))
    except (ValueError, CannotAssess) as problem:
        raise click.ClickException(str(problem)) from None
    words = [f"{each.label}：{each.value}  {each.text}（{each.article}）" for each in found.steps]
    say("\n".join(words), found.to_json(), json_=json_)


def say_all(situation: Any, month: str, *, json_: bool) -> None:
    from onewindow.rules.assess import CannotAssess
    from onewindow.rules.every_benefit import every_benefit
    from onewindow.rules.figures import shown
    from onewindow.rules.system import system

    words: list[str] = []
    told: dict[str, Any] = {}
    for name, found in every_benefit(situation, month).items():
        rule = system().variables[name]
        if isinstance(found, CannotAssess):
            told[name] = {"refused": found.message_zh}
            words.append(f"{rule.label}：不能计算。{found.message_zh}")
            continue
        answer = found.outputs[name]
        told[name] = {"value": answer}
        each = answer if isinstance(answer, dict) else {"": answer}
        words += [
            f"{rule.label} {who}：{shown(value, rule.unit)}".replace(" ：", "：")
            for who, value in each.items()
            if value
        ]
    say("\n".join(words), told, json_=json_)
