from pathlib import Path

import click
import django

from onewindow.project.saying import as_json, end


@click.command(help="从备份恢复；被改动的备份会被拒绝，恢复后核验日志链。")
@click.option("--from", "from_", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="覆盖现有数据。")
@as_json
def command(from_: Path, force: bool, json_: bool) -> None:
    django.setup()
    from onewindow.kernel.audit.chain import flaws_of_chain
    from onewindow.project.backing_up import BadBackup, restore

    try:
        manifest = restore(from_, force=force)
    except BadBackup as problem:
        raise click.ClickException(str(problem)) from None
    # Heads were read before the dump: the log may have grown since, but must still hold them.
    flaws = [f"{each.shard}-{each.seq} {each.what}" for each in flaws_of_chain({"heads": manifest["heads"]})]
    words = f"已恢复{manifest['at']}的备份。" + ("日志链完整。" if not flaws else "日志链有问题：" + "；".join(flaws))
    end(words, {"at": manifest["at"], "flaws": flaws}, json_=json_, is_well=not flaws)
