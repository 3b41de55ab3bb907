"""The pass compiled for this processor, in memory, and called on a part's columns."""

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from llvmlite import binding  # type: ignore[import-untyped]
from numpy.typing import NDArray
from openfisca_core.errors import ParameterNotFoundError

from onewindow.bulk.compiled.graph import PERSON, DType, LoweringError, Node
from onewindow.bulk.compiled.machine import Machine, machine_of
from onewindow.bulk.compiled.tracing import Key, Refused, trace

Array = NDArray[Any]
TABLES = 7
NOBODY = np.zeros(0, np.uint8)
SIGNATURE = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, *[ctypes.c_void_p] * TABLES)


def processor() -> Any:
    """A new one each time: the engine made with it takes it along when it goes."""
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    features = binding.get_host_cpu_features().flatten()
    target = binding.Target.from_default_triple()
    return target.create_target_machine(cpu=binding.get_host_cpu_name(), features=features, opt=2)


class Code:
    """Called without Python's lock; lives as long as somebody holds it."""

    def __init__(self, text: str) -> None:
        module = binding.parse_assembly(text)
        module.verify()
        machine_code = processor()
        passes = binding.create_pass_builder(machine_code, binding.create_pipeline_tuning_options(speed_level=1))
        passes.getModulePassManager().run(module, passes)
        self.engine = binding.create_mcjit_compiler(module, machine_code)
        self.engine.finalize_object()
        self.run = SIGNATURE(self.engine.get_function_address("run"))


# Another month, another standard: most often the same function with other numbers.
code_of = lru_cache(maxsize=32)(Code)


class Compiled:
    def __init__(self, machine: Machine) -> None:
        self.machine, self.code = machine, code_of(str(machine.module))
        self.whole, self.broken = np.array(machine.whole, np.int64), np.array(machine.broken, np.float64)

    def __call__(
        self, sizes: Array, roles: Array, inputs: Sequence[Array], outputs: Sequence[Array], scratch: Array
    ) -> bool:
        """True if a whole number did not fit its column. Raises where OpenFisca would for one of the rows."""
        tables = [np.array([each.ctypes.data for each in arrays], np.uintp) for arrays in (inputs, outputs)]
        most = int(sizes.max()) if len(sizes) else 0
        arrays = (sizes, roles, self.whole, self.broken, *tables, scratch)
        told = self.code.run(len(sizes), most, *(each.ctypes.data for each in arrays))
        if told > 1:
            name, _, day = self.machine.stops[told // 2 - 1].rpartition(", ")
            raise ParameterNotFoundError(name, day)
        return bool(told)


@dataclass
class Kernel:
    """The outputs of one system for one month, from columns of these variables and periods."""

    nodes: Mapping[str, Node]
    refused: Mapping[Key, LoweringError]
    """Stay with OpenFisca's numpy: their values are awaited as columns."""
    made: dict[Any, Compiled] = field(default_factory=dict)
    making: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, system: Any, month: str, outputs: Sequence[str], given: Sequence[Key], *, may_refuse: bool) -> "Kernel":
        refusals = Refused() if may_refuse else None
        types = {key: system.variables[key[0]].dtype for key in given}
        _, found = trace(system, [(name, month) for name in outputs], types, refusals)
        return cls({name: found[name, month] for name in outputs}, refusals.found if refusals else {})

    def compiled(self, types: Mapping[Key, DType], *, is_narrow: bool) -> Compiled:
        key = (is_narrow, tuple(sorted((name, str(kind)) for name, kind in types.items())))
        with self.making:
            if key not in self.made:
                machine = machine_of(list(self.nodes.values()), lambda node: types[node.given], is_narrow=is_narrow)  # type: ignore[index]
                self.made[key] = Compiled(machine)
            return self.made[key]

    def run(
        self, sizes: Array, roles: Array | None, columns: Mapping[Key, Array], room: "Room | None" = None
    ) -> dict[str, Array]:
        """Results by name, whole numbers as narrow as they fit. Arrays of `room` are used again by its next call."""
        room, sizes = room or Room(), np.ascontiguousarray(sizes, np.uint16)
        persons = int(sizes.sum())
        given = {key: plain(values) for key, values in columns.items()}
        types = {key: values.dtype for key, values in given.items()}
        for is_narrow in (True, False):
            code = self.compiled(types, is_narrow=is_narrow)
            inputs = [given[node.given] for node, _ in code.machine.inputs]  # type: ignore[index]
            outputs = [
                room.array(place, persons if node.rows == PERSON else len(sizes), kind)
                for place, (node, kind) in enumerate(code.machine.outputs)
            ]
            scratch = room.array("scratch", code.machine.kept * int(sizes.max(initial=0)) + 1, np.dtype(np.int64))
            if not code(sizes, NOBODY if roles is None else plain(roles), inputs, outputs, scratch):
                break
        stored = {id(node): array for (node, _), array in zip(code.machine.outputs, outputs, strict=True)}
        return {name: shown(node, stored[id(node)]) for name, node in self.nodes.items()}


class Room:
    """Arrays of one thread, as large as the largest part so far."""

    def __init__(self) -> None:
        self.arrays: dict[Any, Array] = {}

    def array(self, place: Any, rows: int, kind: DType) -> Array:
        had = self.arrays.get(place)
        if had is None or len(had) < rows or had.dtype != kind:
            had = self.arrays[place] = np.empty(rows, kind)
        return had[:rows]


def plain(values: Array) -> Array:
    """As numbers: dates by their days, enums by their codes."""
    values = np.ascontiguousarray(values)
    if values.dtype.kind in "mM":
        return values.view(np.int64)
    return values.view(np.ndarray) if type(values) is not np.ndarray else values


def shown(node: Node, values: Array) -> Array:
    return values.astype(np.int64).view(node.dtype) if node.dtype.kind == "M" else values
