"""The law over a whole population folder: embedded, or on a Spark cluster; and a report of who gets what."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from onewindow.project.saying import as_json, say

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
USUAL = ("dibao_eligible", "dibao_amount", "is_marginal_household", "marginal_grant")


@click.group(help="全市测算：run 按法规计算整座城市；report 按区和家庭类型汇总。")
def command() -> None:
    pass


@command.command(help="按法规计算人口文件夹里的每一户，结果写到另一个文件夹。")
@click.argument("population", type=FOLDER)
@click.option("--month", help="月份，例如 2025-10；不写则用人口文件夹的月份。")
@click.option("--output", "outputs", multiple=True, default=USUAL, show_default=True)
@click.option("--into", required=True, type=NEW_FOLDER, help="结果写到哪个文件夹。")
@click.option("--engine", type=click.Choice(["embedded", "spark"]), default="embedded", show_default=True)
@click.option("--master", default="local[*]", show_default=True, help="Spark 集群地址，例如 spark://10.0.0.5:7077。")
@click.option("--processes", type=click.IntRange(1, 64), help="几路并行；不写则按本机核数。")
@click.option(
    "--backend",
    type=click.Choice(["kernel", "openfisca"]),
    default="kernel",
    show_default=True,
    help="kernel 编译后一遍算完；openfisca 用 OpenFisca 自己的算法，两者结果一分不差。",
)
@as_json
def run(
    population: Path, month: str | None, outputs: tuple[str, ...], into: Path, engine: str, master: str,
    processes: int | None, backend: Literal["kernel", "openfisca"], json_: bool,
) -> None:  # fmt: skip
    from onewindow.bulk.report import layout_of
    from onewindow.rules.system import system

    if wrong := [name for name in outputs if name not in system().variables]:
        raise click.ClickException(f"没有“{'”、“'.join(wrong)}”这样的计算项。")
    layout, begun = layout_of(population), time.monotonic()
    month = month or layout["month"]
    progress = None if json_ or not sys.stderr.isatty() else shown(begun)
    if engine == "spark":
        on_spark(population, month, outputs, into, master, progress)
    else:
        from onewindow.bulk.engine import BulkEngine

        report = BulkEngine(system()).run(
            population, month, outputs, into, backend=backend, processes=processes, progress=progress
        )
        for refusal in report.by_openfisca:
            click.echo(f"  由 OpenFisca 计算：{refusal}", err=True)
    seconds = round(time.monotonic() - begun, 1)
    told: dict[str, Any] = {"ok": True, "month": month, "engine": engine, "seconds": seconds, "into": str(into)}
    sizes = {key: layout[key] for key in ("households", "persons")}
    say(f"已计算{layout['households']}户、{layout['persons']}人，用时{seconds}秒：{into}", told | sizes, json_=json_)


def on_spark(
    population: Path, month: str, outputs: tuple[str, ...], into: Path, master: str,
    progress: Callable[[int, int], None] | None,
) -> None:  # fmt: skip
    from onewindow.bulk import spark

    try:
        spark.run(population, month, outputs, into, master=master, progress=progress)
    except spark.NoSpark as problem:
        raise click.ClickException(str(problem)) from None


def shown(begun: float) -> Callable[[int, int], None]:
    def show(done: int, left: int) -> None:
        click.echo(f"\r  {time.monotonic() - begun:5.1f}秒  完成{done}，还有{left}", nl=False, err=True)

    return show


@command.command(help="汇总：各区、各类家庭有多少户、多少人得到多少。金额单位为分。")
@click.argument("population", type=FOLDER)
@click.argument("results", type=FOLDER)
@click.option("--output", "outputs", multiple=True, default=USUAL, show_default=True)
@click.option(
    "--by", multiple=True, default=("district",), show_default=True, help="district 区，household_type 家庭类型。"
)
@as_json
def report(population: Path, results: Path, outputs: tuple[str, ...], by: tuple[str, ...], json_: bool) -> None:
    from onewindow.bulk.report import layout_of
    from onewindow.bulk.report import report as rows_of

    if wrong := set(by) - set(layout_of(population)["carried"]):
        raise click.ClickException(f"人口文件夹里没有“{'”、“'.join(sorted(wrong))}”这一分类。")
    rows = rows_of(population, results, outputs, by)
    columns = list(rows[0]) if rows else []
    lines = ["\t".join(columns), *("\t".join(str(row[name]) for name in columns) for row in rows)]
    say("\n".join(lines), {"ok": True, "rows": rows}, json_=json_)


@command.command(help="一个 OpenFisca 软件包里哪些公式能编译，哪些不能、为什么。")
@click.option("--package", default="onewindow.rules.system:system", show_default=True, help="模块:类或函数。")
@click.option("--day", required=True, help="哪一天的公式，例如 2025-10-01。")
@as_json
def lowered(package: str, day: str, json_: bool) -> None:
    from importlib import import_module

    from onewindow.bulk.compiled.coverage import Summary, coverage

    module, _, name = package.partition(":")
    try:
        system = getattr(import_module(module), name)()
    except (ImportError, AttributeError) as problem:
        raise click.ClickException(f"没有找到{package}：{problem}") from None
    found = list(coverage(system, day))
    told = Summary.of(found)
    lines = [f"{each.variable}\t{each.refusal or each.uncompiled}" for each in found if each.refusal or each.uncompiled]
    share = f"{told.lowered / max(told.formulas - told.failing, 1):.1%}"
    words = (
        f"{told.formulas}个公式：能转换{told.lowered}个（OpenFisca 自己能算的{share}），能编译{told.compiled}个；"
        f"OpenFisca 自己也算不出的{told.failing}个。"
    )
    as_dict = {"formulas": told.formulas, "lowered": told.lowered, "compiled": told.compiled, "failing": told.failing}
    say("\n".join([*lines, words]), {"ok": True, **as_dict, "reasons": dict(told.reasons)}, json_=json_)
