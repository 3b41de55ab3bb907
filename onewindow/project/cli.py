"""`onewindow`: one small file for each verb, in commands/. A verb is imported only when it is asked for."""

import os
from importlib import import_module
from pathlib import Path

import click

COMMANDS = Path(__file__).with_name("commands")


class Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(path.stem.rstrip("_").replace("_", "-") for path in COMMANDS.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = cmd_name.replace("-", "_")
        found = [each for each in (name, f"{name}_") if (COMMANDS / f"{each}.py").exists()]  # import_.py is `import`
        return import_module(f"onewindow.project.commands.{found[0]}").command if found else None


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """一窗 One Window: 民政业务系统的命令行。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.project.settings")
