from pathlib import Path

import click
import django

from onewindow.project.saying import as_json, end


@click.command(help="备份数据库和材料（运行中也可以）。密钥默认不在其中。")
@click.option("--to", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--with-keys", is_flag=True, help="连同密钥；此备份须按密钥保管。")
@as_json
def command(to: Path, with_keys: bool, json_: bool) -> None:
    django.setup()
    from onewindow.project.backing_up import BadBackup, back_up

    try:
        manifest = back_up(to, with_keys=with_keys)
    except BadBackup as problem:
        raise click.ClickException(str(problem)) from None
    words = f"已备份{len(manifest['files'])}个文件到{to}。"
    words += "" if with_keys else "密钥不在其中：没有 keys 目录，证件号等密封字段不能读出，请另行保管。"
    end(words, {"to": str(to), "files": len(manifest["files"])}, json_=json_, is_well=True)
