"""Checks that anybody can run at any time; the log also has a verifier that imports nothing of ours (tools/verify_audit.py)."""

import json
from pathlib import Path
from typing import Any

import click
import django

from onewindow.project.saying import as_json, end


@click.command(help="核验：audit 日志链；ledger 账本。")
@click.argument("what", type=click.Choice(["audit", "ledger"]))
@click.option("--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="外存的锚点文件。")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="把日志写成 JSON 行，供独立程序核验。")
@as_json
def command(what: str, anchor: Path | None, export: Path | None, json_: bool) -> None:
    django.setup()
    if what == "ledger":
        flaws = ledger_flaws()
        end("账本一致。" if not flaws else "\n".join(flaws), {"flaws": flaws}, json_=json_, is_well=not flaws)
    from onewindow.kernel.audit.chain import flaws_of_chain
    from onewindow.kernel.audit.exporting import export_log

    if export is not None:
        export_log(export)

    told: dict[str, Any] | None = json.loads(anchor.read_text(encoding="utf-8")) if anchor else None
    found = [f"{flaw.shard}-{flaw.seq} {flaw.what}" for flaw in flaws_of_chain(told)]
    words = "\n".join(found) or ("日志链完整。" if anchor else "日志链完整（未给锚点，看不出链尾被整体改写）。")
    end(words, {"flaws": found, "anchored": anchor is not None}, json_=json_, is_well=not found)


def ledger_flaws() -> list[str]:
    """Every paid item is booked once with its sum, every closed run owes nothing."""
    from django.db.models import Count, F, Q

    from onewindow.kernel.grants.ledger import balance
    from onewindow.kernel.grants.models import PaymentItem, PaymentRun

    paid = Q(transfers__key__startswith="paid:", transfers__amount_fen=F("amount_fen"))
    booked = PaymentItem.objects.annotate(times=Count("transfers", filter=paid))
    flaws = [f"{item.key} 已到账但账上记了{item.times}次" for item in booked.filter(state="paid").exclude(times=1)]
    flaws += [f"{item.key} 未到账但账上已记" for item in booked.exclude(state="paid").filter(times__gt=0)]
    for run in PaymentRun.unscoped.filter(state=PaymentRun.State.CLOSED):
        owed = balance(f"owed:{run.file_id}")
        flaws += [f"{run.file_id} 已关账但尚欠{owed}分"] if owed else []
    return flaws
