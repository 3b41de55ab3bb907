"""`onewindow`: one small file for each verb, in commands/. A verb is imported only when it is asked for."""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from onewindow.project.faults import words_on

COMMANDS = Path(__file__).with_name("commands")


class Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(path.stem.rstrip("_").replace("_", "-") for path in COMMANDS.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = cmd_name.replace("-", "_")
        found = [each for each in (name, f"{name}_") if (COMMANDS / f"{each}.py").exists()]  # import_.py is `import`
        return import_module(f"onewindow.project.commands.{found[0]}").command if found else None

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Every verb ends here: what was foreseen as one line, for programs as JSON, and never a traceback."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            ended = super().main(words, **{**extra, "standalone_mode": False})
        except click.Abort:
            fail("已停止。", words, 130)
        except Exception as error:
            if (told := words_on(error)) is None:
                raise
            fail(told, words, getattr(error, "exit_code", 1))
        sys.exit(ended if isinstance(ended, int) else 0)


def fail(text: str, words: list[str], code: int) -> NoReturn:
    if "--json" in words:
        click.echo(json.dumps({"ok": False, "error": text}, ensure_ascii=False))
    else:
        click.echo(f"错误：{text}", err=True)
    sys.exit(code)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """一窗 One Window: 民政业务系统的命令行。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.project.settings")
