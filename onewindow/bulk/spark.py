"""
The same engine on a cluster: Spark hands out parts of the population folder, a worker maps each part from the shared folder,
runs the compiled law over it and writes the part's results beside the others. Only names of parts and a line about each go
through Spark: people turned into rows of a JVM and back cost more than the law itself (measured: docs/bench.md).
"""

import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from onewindow.bulk.engine import BulkEngine

SCHEMA = "part string, host string, pid long, seconds double"
LAYOUT = "layout.json"
EVERY_SECONDS = 1.0
Settings = Mapping[str, str]
Progress = Callable[[int, int], None]
Task = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


class NoSpark(Exception):
    """The cluster's package is not installed; the message is for the operator."""


@dataclass(frozen=True)
class PartDone:
    part: str
    host: str
    pid: int
    seconds: float


def run(
    population: Path,
    month: str,
    outputs: Sequence[str],
    into: Path,
    *,
    master: str,
    law: str = "onewindow.rules.system:system",
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> list[PartDone]:
    """`law` is where each worker finds the system. Both folders are where all workers see them by the same path."""
    names = [part["name"] for part in json.loads((population / LAYOUT).read_text())["parts"]]
    todo = [name for name in names if not is_done(into / f"{name}.json", month, outputs)]
    task = task_of(population.resolve(), month, tuple(outputs), into.resolve(), law, tuple(todo))
    spark = session(master, settings or {})
    try:
        done = collected(spark, task, todo, into, progress) if todo else []
    finally:
        spark.stop()
    join_layouts(names, into)
    return done


def collected(spark: Any, task: Task, todo: Sequence[str], into: Path, progress: Progress | None) -> list[PartDone]:
    rows = spark.range(0, len(todo), 1, len(todo)).mapInArrow(task, SCHEMA)
    with ThreadPoolExecutor(1) as waiting:
        found = waiting.submit(rows.collect)
        while progress and not found.done():
            wait([found], EVERY_SECONDS)
            there = sum((into / f"{name}.json").exists() for name in todo)
            progress(there, len(todo) - there)
        return [PartDone(**row.asDict()) for row in found.result()]


def session(master: str, settings: Settings) -> Any:
    try:
        from pyspark.sql import SparkSession  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 half a gigabyte that a city on one machine does not have
    except ImportError:
        raise NoSpark("没有安装 Spark：安装依赖组 cluster（pyspark）和 Java 17，或不用 --engine spark。") from None
    builder = SparkSession.builder.master(master).appName("onewindow")
    for name, value in {**usual(), **settings}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def usual() -> Settings:
    """Workers run this same Python and see this same code."""
    return {
        "spark.pyspark.python": sys.executable,
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.log.level": "ERROR",
    }


def task_of(
    population: Path, month: str, outputs: tuple[str, ...], into: Path, law: str, names: tuple[str, ...]
) -> Task:
    def task(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            done = [one_part(population, month, outputs, into, law, names[at]) for at in batch.column(0).to_pylist()]
            yield pa.RecordBatch.from_pylist([vars(each) for each in done])

    return task


def one_part(population: Path, month: str, outputs: Sequence[str], into: Path, law: str, name: str) -> PartDone:
    """Results appear whole or not at all: Spark may run a part twice, when a worker is lost or slow."""
    begun = time.perf_counter()
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=f".{name}-") as folder:
        alone, found = Path(folder) / "in", Path(folder) / "out"
        only(population, name, alone)
        engine(law).run(alone, month, outputs, found, processes=1)
        layout = json.loads((found / LAYOUT).read_text())
        for path in found.glob("*.arrow"):
            path.replace(into / path.name)
        (found / LAYOUT).write_text(json.dumps({"month": month, "outputs": list(outputs), "layout": layout}))
        (found / LAYOUT).replace(into / f"{name}.json")
    return PartDone(name, socket.gethostname(), os.getpid(), time.perf_counter() - begun)


def is_done(told: Path, month: str, outputs: Sequence[str]) -> bool:
    """By an earlier run that was broken off, and that wanted the same."""
    if not told.exists():
        return False
    of = json.loads(told.read_text())
    return (of["month"], of["outputs"]) == (month, list(outputs))


def only(population: Path, name: str, into: Path) -> None:
    """A population of this one part, by links."""
    into.mkdir()
    layout = json.loads((population / LAYOUT).read_text())
    parts = [part for part in layout["parts"] if part["name"] == name]
    sizes = {key: parts[0][key] for key in ("households", "persons")}
    (into / LAYOUT).write_text(json.dumps({**layout, **sizes, "parts": parts}))
    for path in population.glob(f"{name}.*.arrow"):
        (into / path.name).symlink_to(path)


@cache
def engine(law: str) -> BulkEngine:
    """Once in each worker process: reading the law and loading what was compiled takes longer than a part."""
    module, _, name = law.partition(":")
    return BulkEngine(getattr(import_module(module), name)())


def join_layouts(names: Sequence[str], into: Path) -> None:
    layouts = [json.loads((into / f"{name}.json").read_text())["layout"] for name in names]
    if not layouts:
        return
    parts = [part for layout in layouts for part in layout["parts"]]
    sizes = {key: sum(part[key] for part in parts) for key in ("households", "persons")}
    (into / LAYOUT).write_text(json.dumps({**layouts[0], **sizes, "parts": parts}, ensure_ascii=False))
    for name in names:
        (into / f"{name}.json").unlink()
