"""The written function compiled, kept on disk by its digest, and called on a part's columns."""

import hashlib
import importlib.util
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from onewindow.bulk.compiled.graph import LoweringError, Node
from onewindow.bulk.compiled.source import Source, source_of
from onewindow.bulk.compiled.tracing import Key, Refused, trace

NO_ROLES = np.zeros(0, np.uint8)


def cache_folder() -> Path:
    """Ours alone: what lies here is run."""
    given = os.environ.get("ONEWINDOW_DATA_DIR")
    folder = Path(given) / "kernels" if given else Path.home() / ".cache" / "onewindow" / "kernels"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def compiled(source: Source, folder: Path | None = None) -> Callable[..., int]:
    name = hashlib.sha256(
        "\n".join([source.text, numba.__version__, np.__version__, platform.machine()]).encode()
    ).hexdigest()[:20]
    path = (folder or cache_folder()) / f"law_{name}.py"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8") as file:
            file.write(source.text)
        Path(file.name).replace(path)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # numba finds what it kept on disk by the module's name
    spec.loader.exec_module(module)
    return module.run


@dataclass
class Kernel:
    """The outputs of one system for one month, from columns of these variables and periods."""

    nodes: Mapping[str, Node]
    refused: Mapping[Key, LoweringError]
    """Stay with OpenFisca's numpy: their values are awaited as columns."""

    @classmethod
    def of(cls, system: Any, month: str, outputs: Sequence[str], given: Sequence[Key], *, may_refuse: bool) -> "Kernel":
        refusals = Refused() if may_refuse else None
        types = {key: system.variables[key[0]].dtype for key in given}
        wanted = [(name, month) for name in outputs]
        _, found = trace(system, wanted, types, refusals)
        return cls({name: found[name, month] for name in outputs}, refusals.found if refusals else {})

    @cached_property
    def narrow(self) -> tuple[Source, Callable[..., int]]:
        return self.built(is_narrow=True)

    @cached_property
    def wide(self) -> tuple[Source, Callable[..., int]]:
        return self.built(is_narrow=False)

    def built(self, *, is_narrow: bool) -> tuple[Source, Callable[..., int]]:
        source = source_of(list(self.nodes.values()), is_narrow=is_narrow)
        return source, compiled(source)

    def run(
        self,
        sizes: NDArray[Any],
        roles: NDArray[Any] | None,
        columns: Mapping[Key, NDArray[Any]],
        room: "Room | None" = None,
    ) -> dict[str, NDArray[Any]]:
        """Results by name, whole numbers as narrow as they fit. Arrays of `room` are used again by the next call."""
        most = int(sizes.max()) if len(sizes) else 0
        persons = int(sizes.sum())
        for source, function in (self.narrow, self.wide) if room is None or not room.is_wide else (self.wide,):
            inputs = [plain(columns[node.given]) for node in source.inputs]  # type: ignore[index]
            rows = {id(node): persons if node.rows == "person" else len(sizes) for node, _ in source.outputs}
            arrays = [
                (room or Room()).array(place, rows[id(node)], kind) for place, (node, kind) in enumerate(source.outputs)
            ]
            if not function(
                sizes, NO_ROLES if roles is None else roles, most, source.whole, source.broken, *inputs, *arrays
            ):
                break
            if room is not None:
                room.is_wide = True
        stored = {id(node): array for (node, _), array in zip(source.outputs, arrays, strict=True)}
        return {name: shown(node, stored[id(node)]) for name, node in self.nodes.items()}


class Room:
    """Arrays of one thread, as large as the largest part so far."""

    def __init__(self) -> None:
        self.arrays: dict[int, NDArray[Any]] = {}
        self.is_wide = False

    def array(self, place: int, rows: int, kind: np.dtype[Any]) -> NDArray[Any]:
        had = self.arrays.get(place)
        if had is None or len(had) < rows or had.dtype != kind:
            had = self.arrays[place] = np.empty(rows, kind)
        return had[:rows]


def plain(values: NDArray[Any]) -> NDArray[Any]:
    """As numbers: dates by their days, enums by their codes."""
    values = np.ascontiguousarray(values)
    if values.dtype.kind in "mM":
        return values.view(np.int64)
    return values.view(np.ndarray) if type(values) is not np.ndarray else values


def shown(node: Node, values: NDArray[Any]) -> NDArray[Any]:
    return values.astype(np.int64).view(node.dtype) if node.dtype.kind == "M" else values
