"""What went wrong, as one line in Chinese. Only a mistake of ours ends in a traceback."""

import click
from click import exceptions as wrong

NO_TABLES = ("no such table", "does not exist", "no such column")


def words_on(error: Exception) -> str | None:
    """None for what nobody has foreseen."""
    if isinstance(error, click.ClickException):
        return words_on_usage(error)
    words = [found for kind in type(error).__mro__ if (found := BY_NAME.get(kind.__name__))]
    return words[0](error) if words else None


def words_on_usage(error: click.ClickException) -> str:
    if isinstance(error, wrong.NoSuchOption):
        return f"没有选项{error.option_name}。{_help(error)}"
    if isinstance(error, wrong.MissingParameter):
        name = error.param.opts[0] if isinstance(error.param, click.Option) else _shown(error.param)
        return f"缺少{name}。{_help(error)}"
    if isinstance(error, wrong.BadParameter):
        return f"{_shown(error.param)}的值不对：{error.message}"
    if isinstance(error, wrong.UsageError):
        return f"用法不对：{error.message} {_help(error)}"
    return error.format_message()


def _shown(param: click.Parameter | None) -> str:
    if param is None:
        return "选项"
    return param.opts[0] if isinstance(param, click.Option) else (param.human_readable_name or "参数")


def _help(error: click.UsageError) -> str:
    return f"用法见 {error.ctx.command_path} --help。" if error.ctx else "用法见 onewindow --help。"


def words_on_database(error: Exception) -> str:
    if any(each in str(error) for each in NO_TABLES):
        return "数据库还没有建好或版本较旧，请先运行 onewindow migrate（演示城市：onewindow demo）。"
    return f"数据库现在不能用：{_first_line(error)}。请稍后再试；一直如此请检查DATABASE_URL和磁盘空间。"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip("。.")


BY_NAME = {
    "Refused": lambda error: error.message,
    "NotAllowed": lambda error: "没有做这件事的权限。",
    "CannotAssess": lambda error: error.message_zh,
    "OperationalError": words_on_database,
    "ProgrammingError": words_on_database,
    "OSError": lambda error: f"{error.filename or '文件'}：{error.strerror or error}",
}
"""By name, so that a verb that needs no Django does not wait for it. OperationalError is of Django; ours are Refused."""
