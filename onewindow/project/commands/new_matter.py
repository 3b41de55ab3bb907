"""A new matter's folder, from a template that works; then it is filled in with the words of the law."""

import re
from pathlib import Path

import click

TEMPLATE = Path(__file__).parents[1] / "matter_template"
FIELDS = Path(__file__).parents[2] / "fields"


@click.command(help="建立新事项的文件夹，例如 onewindow new-matter assistance/heating_subsidy --title 冬季取暖补贴")
@click.argument("where")
@click.option("--title", default="", help="事项名称（中文）。")
def command(where: str, title: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*", where):
        raise click.ClickException("请写成“领域/事项”，只用小写英文和下划线，例如 assistance/heating_subsidy。")
    folder = FIELDS / where
    if not folder.parent.is_dir():
        known = "、".join(sorted(path.name for path in FIELDS.iterdir() if (path / "__init__.py").exists()))
        raise click.ClickException(f"没有领域{folder.parent.name}。已有：{known}。")
    if folder.exists():
        raise click.ClickException(f"{where}已经有了。")
    make(folder, folder.name, title or folder.name)
    click.echo(f"已建立{folder}。请填写其中的“待填”，再运行 make check test。")


def make(folder: Path, code: str, name: str) -> None:
    for source in sorted(TEMPLATE.rglob("*.tmpl")):
        relative = str(source.relative_to(TEMPLATE)).removesuffix(".tmpl").replace("CODE", code)
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8").replace("CODE", code).replace("NAME", name)
        target.write_text(text, encoding="utf-8")
