import json
from pathlib import Path

import click
import django

from onewindow.project.saying import as_json, end


@click.command(help="记下日志各链的链尾，存到系统之外（另一台机器、打印、对方回执）。")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@as_json
def command(out: Path, json_: bool) -> None:
    django.setup()
    from onewindow.kernel.audit.chain import drop_anchor

    anchor = drop_anchor()
    told = {"at": anchor.at.isoformat(), "heads": anchor.heads, "digest": anchor.digest}
    out.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    end(
        f"已记录{len(anchor.heads)}条链的链尾，摘要{anchor.digest}。请把{out}存到系统之外。",
        told,
        json_=json_,
        is_well=True,
    )
