"""Checks that anybody can run at any time; the log also has a verifier that imports nothing of ours (tools/verify_audit.py)."""

import json
from pathlib import Path
from typing import Any

import click

from onewindow.project.saying import as_json, end, open_city


@click.group(help="核验：audit 日志链；ledger 账本；rules 重算每一笔决定。")
def command() -> None:
    open_city()


@command.command(help="日志链：每一行是否仍是当时写下的。")
@click.option("--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="外存的锚点文件。")
@click.option(
    "--export", type=click.Path(dir_okay=False, path_type=Path), help="另把日志写成 JSON 行，供独立程序核验。"
)
@as_json
def audit(anchor: Path | None, export: Path | None, json_: bool) -> None:
    from onewindow.kernel.audit.chain import flaws_of_chain
    from onewindow.kernel.audit.exporting import export_log

    told = read_anchor(anchor) if anchor else None
    lines = export_log(export) if export else None
    found = [f"{flaw.shard}-{flaw.seq} {flaw.what}" for flaw in flaws_of_chain(told)]
    words = "\n".join(found) or ("日志链完整。" if anchor else "日志链完整（未给锚点，看不出链尾被整体改写）。")
    values: dict[str, Any] = {"flaws": found, "anchored": anchor is not None}
    if lines is not None:
        values["exported"] = lines
        words += f"\n已写出{lines}行到{export}。"
    end(words, values, json_=json_, is_well=not found)


def read_anchor(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not all(len(head) == 2 for head in told["heads"].values()):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise click.ClickException(f"{path}不是锚点文件。锚点由 onewindow anchor --out 生成。") from None
    return told


@command.command(help="账本：每一笔款项是否恰好记了一次，关账的名册是否不再欠款。")
@as_json
def ledger(json_: bool) -> None:
    from onewindow.kernel.grants.conservation import flaws_of_ledger, totals_of_ledger

    found, totals = list(flaws_of_ledger()), totals_of_ledger()
    yuan, fen = divmod(totals["paid_fen"], 100)
    words = "\n".join(found) or f"账本一致：{totals['transfers']}笔，已付{yuan:,}.{fen:02d}元。"
    end(words, {"flaws": found, **totals}, json_=json_, is_well=not found)


@command.command(help="重算：每个决定的金额按当时的输入再算一遍。")
@as_json
def rules(json_: bool) -> None:
    from onewindow.project.replaying import Replay

    replay = Replay()
    found = list(replay.flaws())
    words = "\n".join(found) or f"{replay.same}个决定重算一致。"
    words += f"\n{replay.older}个决定按较早的规定作出，须用当时的版本重算。" if replay.older else ""
    words += f"\n{replay.by_hand}个决定当时无法计算，按书面材料作出。" if replay.by_hand else ""
    values = {"flaws": found, "same": replay.same, "older_law": replay.older, "not_computed": replay.by_hand}
    end(words, values, json_=json_, is_well=not found)
