"""
The scheduled graph as one function of LLVM: a loop over households, in it loops over their members. Each step has numpy's
own type, and does on one number what numpy does on an array of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from onewindow.bulk.compiled.graph import PERSON, DType, LoweringError, Node
from onewindow.bulk.compiled.instructions import OPS, Ints, converted, is_square, lower_or_higher, truth, type_of
from onewindow.bulk.compiled.schedule import REDUCED, Round, Schedule

I8, I64, F64, POINTER = ir.IntType(8), ir.IntType(64), ir.DoubleType(), ir.PointerType()
NARROW: dict[DType, DType] = {np.dtype(np.int64): np.dtype(np.int32), np.dtype(np.int32): np.dtype(np.int16)}
ARGUMENTS = ("households", "most", "sizes", "roles", "whole", "broken", "inputs", "outputs", "scratch")
FIXED = {"floor_divide", "remainder"}
"""Whose second number stays in the code: dividing by a known number is a multiplication."""


@dataclass
class Machine:
    """
    `inputs` and `outputs` with the types of their columns. `run` gives 1 if a whole number did not fit its column; from
    2 on, the first place of `stops` that a row has come to, times two.
    """

    module: ir.Module
    inputs: list[tuple[Node, DType]]
    outputs: list[tuple[Node, DType]]
    whole: list[int]
    """The law's numbers are arguments: a standard raised is no other function."""
    broken: list[float]
    kept: int
    stops: list[str] = field(default_factory=list)
    """Where OpenFisca would have stopped: a parameter that no row may need."""


def column_type(dtype: DType, *, is_narrow: bool) -> DType:
    if dtype.kind == "b":
        return np.dtype(np.uint8)
    if dtype.kind == "M":
        return np.dtype(np.int32)
    return NARROW[dtype] if is_narrow and dtype in NARROW else dtype


def machine_of(wanted: Sequence[Node], columns: Callable[[Node], DType], *, is_narrow: bool) -> Machine:
    """`columns`: in which type an input lies in memory."""
    schedule = Schedule(wanted)
    outputs = [(node, column_type(node.dtype, is_narrow=is_narrow)) for node in {id(n): n for n in wanted}.values()]
    inputs = [(node, columns(node)) for node in schedule.order if node.op == "input"]
    machine = Machine(ir.Module("law"), inputs, outputs, [], [], len(schedule.kept))
    Writer(machine, schedule).write()
    return machine


@dataclass
class Writer:
    machine: Machine
    schedule: Schedule
    values: dict[int, Any] = field(default_factory=dict)
    pointers: dict[tuple[int, str], Any] = field(default_factory=dict)
    """Of columns and of kept values, by node and table."""

    lo: Any = None
    members: Any = None
    household: Any = None
    member: Any = None
    person: Any = None
    """Where the pass stands: the household's first person and how many there are, both loops, the person's row."""

    def write(self) -> None:
        signature = ir.FunctionType(I64, [I64, I64, *[POINTER] * (len(ARGUMENTS) - 2)])
        function = ir.Function(self.machine.module, signature, "run")
        for argument, name in zip(function.args, ARGUMENTS, strict=True):
            argument.name = name
        self.arguments = dict(zip(ARGUMENTS, function.args, strict=True))
        self.at = ir.IRBuilder(function.append_basic_block("start"))
        self.ints = Ints(self.machine.module)
        self.hi, self.bad, self.stopped = (self.place(I64, 0) for _ in range(3))
        self.prepare()
        with Loop(self.at, I64(0), self.arguments["households"]) as self.household:
            self.one_household()
        self.at.ret(self.at.or_(self.at.load(self.bad, typ=I64), self.at.load(self.stopped, typ=I64)))

    def prepare(self) -> None:
        divisors = {id(n.args[1]) for n in self.schedule.order if n.op in FIXED}
        for node in self.schedule.scalars:
            is_divisor = id(node) in divisors
            self.values[id(node)] = (
                self.constant(node, is_fixed=is_divisor) if node.op == "constant" else self.step(node)
            )
        for table, nodes in (("inputs", self.machine.inputs), ("outputs", self.machine.outputs)):
            for number, (node, _) in enumerate(nodes):
                self.pointers[id(node), table] = self.read(POINTER, self.arguments[table], I64(number))
        kept = [id(node) for node in self.schedule.order if id(node) in self.schedule.kept]
        for number, key in enumerate(kept):
            first = self.at.mul(self.arguments["most"], I64(number))
            self.pointers[key, "scratch"] = self.at.gep(self.arguments["scratch"], [first], source_etype=I64)

    def constant(self, node: Node, *, is_fixed: bool) -> Any:
        value: Any = node.given
        kind = type_of(node.dtype)
        if node.dtype.kind in "iufMm" and value == 0 and not np.signbit(value):
            return kind(value)  # what an absent column has: LLVM leaves out what can only follow from nothing
        if node.dtype.kind == "f":
            self.machine.broken.append(float(value))
            found = self.read(F64, self.arguments["broken"], I64(len(self.machine.broken) - 1))
            return converted(self.at, found, np.dtype(np.float64), node.dtype)
        if node.dtype.kind == "b" or is_fixed:
            return kind(int(value))
        if node.dtype.kind not in "iuMm":
            raise LoweringError(f"constants of type {node.dtype}")
        self.machine.whole.append(int(value))
        found = self.read(I64, self.arguments["whole"], I64(len(self.machine.whole) - 1))
        return found if kind == I64 else self.at.trunc(found, kind)

    def one_household(self) -> None:
        self.lo = self.at.load(self.hi, typ=I64)
        size = self.at.zext(self.read(ir.IntType(16), self.arguments["sizes"], self.household.index), I64)
        self.members = size
        self.at.store(self.at.add(self.lo, size), self.hi)
        for number, each in enumerate(self.schedule.rounds):
            for node in each.of_household:
                self.have(node, self.step(node), self.household.index)
            if each.of_members or each.sums:
                self.all_members(number, each)

    def all_members(self, number: int, each: Round) -> None:
        sums = {id(node): self.place(type_of(node.dtype), self.start(node)) for node in each.sums}
        with Loop(self.at, I64(0), self.members) as self.member:
            self.person = self.at.add(self.lo, self.member.index)
            for node in each.needs():
                if self.schedule.level[id(node)] < number:
                    self.values[id(node)] = self.again(node)
            for node in each.of_members:
                self.have(node, self.step(node), self.person)
                if id(node) in self.schedule.kept:
                    self.at.store(
                        self.widened(node), self.element(I64, self.pointers[id(node), "scratch"], self.member.index)
                    )
            for node in each.sums:
                self.add(node, sums[id(node)])
        for node in each.sums:
            self.have(node, self.at.load(sums[id(node)], typ=type_of(node.dtype)), self.household.index)

    def start(self, node: Node) -> Any:
        if node.op == "pick":
            return self.values[id(node.args[2])]
        value: Any = 0.0 if node.op == "sum" else node.given
        return type_of(node.dtype)(value if node.dtype.kind == "f" else int(value))

    def add(self, node: Node, place: Any) -> None:
        had, value = self.at.load(place, typ=type_of(node.dtype)), self.values[id(node.args[0])]
        if node.op == "sum":
            found = self.at.fadd(had, value)
        elif node.op == "pick":
            found = self.at.select(self.values[id(node.args[1])], value, had)
        elif node.op in ("maximum_of", "minimum_of"):
            found = lower_or_higher(self.at, node.dtype, had, value, is_higher=node.op == "maximum_of")
        else:
            join = self.at.and_ if node.op == "logical_and_of" else self.at.or_
            found = join(had, truth(self.at, value, node.args[0].dtype))
        self.at.store(found, place)

    def again(self, node: Node) -> Any:
        if id(node) not in self.schedule.kept:
            return self.step(node)
        kind, found = type_of(node.dtype), self.read(I64, self.pointers[id(node), "scratch"], self.member.index)
        if kind == F64:
            return self.at.bitcast(found, F64)
        if node.dtype.kind == "f":
            return self.at.fptrunc(self.at.bitcast(found, F64), kind)
        return found if kind == I64 else self.at.trunc(found, kind)

    def widened(self, node: Node) -> Any:
        value = self.values[id(node)]
        if node.dtype.kind == "f":
            return self.at.bitcast(value if value.type == F64 else self.at.fpext(value, F64), I64)
        return value if value.type == I64 else self.at.sext(value, I64)

    def step(self, node: Node) -> Any:
        if node.op in OWN:
            return OWN[node.op](self, node)
        if node.op not in OPS:
            raise LoweringError(f"the kernel has no {node.op} of {node.dtype}")
        return OPS[node.op](self.at, self.ints, node, [self.values[id(arg)] for arg in node.args])

    def stop_unless(self, node: Node) -> Any:
        self.machine.stops.append(str(node.given))
        had, test = self.at.load(self.stopped, typ=I64), self.values[id(node.args[0])]
        place = self.at.select(self.at.icmp_signed("==", had, I64(0)), I64(2 * len(self.machine.stops)), had)
        self.at.store(self.at.select(test, had, place), self.stopped)
        return test

    def have(self, node: Node, value: Any, row: Any) -> None:
        self.values[id(node)] = value
        pointer = self.pointers.get((id(node), "outputs"))
        if pointer is not None:
            self.keep(node, value, pointer, row)

    def keep(self, node: Node, value: Any, pointer: Any, row: Any) -> None:
        kind = next(kind for each, kind in self.machine.outputs if each is node)
        narrow = converted(self.at, value, node.dtype, kind)
        if kind.kind in "iu" and node.dtype.kind in "iuM" and kind.itemsize < node.dtype.itemsize:
            differs = self.at.icmp_signed("!=", converted(self.at, narrow, kind, node.dtype), value)
            self.at.store(self.at.or_(self.at.load(self.bad, typ=I64), self.at.zext(differs, I64)), self.bad)
        self.at.store(narrow, self.element(type_of(kind), pointer, row))

    def loaded(self, node: Node) -> Any:
        kind = next(kind for each, kind in self.machine.inputs if each is node)
        row = self.person if node.rows == PERSON else self.household.index
        found = self.read(type_of(kind, in_memory=True), self.pointers[id(node), "inputs"], row)
        return converted(self.at, found, np.dtype(np.uint8) if kind.kind == "b" else kind, node.dtype)

    def element(self, kind: Any, pointer: Any, index: Any) -> Any:
        return self.at.gep(pointer, [index], source_etype=kind)

    def read(self, kind: Any, pointer: Any, index: Any) -> Any:
        return self.at.load(self.element(kind, pointer, index), typ=kind)

    def place(self, kind: Any, value: Any) -> Any:
        with self.at.goto_entry_block():
            found = self.at.alloca(kind)
        self.at.store(value if isinstance(value, ir.Value) else kind(value), found)
        return found


class Loop:
    """`for index in range(first, last)`; the builder stands inside, and after it behind."""

    def __init__(self, at: ir.IRBuilder, first: Any, last: Any) -> None:
        self.at, self.last = at, last
        with at.goto_entry_block():
            self.counter = at.alloca(I64)
        at.store(first, self.counter)

    def __enter__(self) -> "Loop":
        self.test, body, self.behind = (self.at.append_basic_block(name) for name in ("test", "body", "behind"))
        self.at.branch(self.test)
        self.at.position_at_end(self.test)
        self.index = self.at.load(self.counter, typ=I64)
        self.at.cbranch(self.at.icmp_signed("<", self.index, self.last), body, self.behind)
        self.at.position_at_end(body)
        return self

    def __exit__(self, *_: object) -> None:
        self.at.store(self.at.add(self.index, I64(1)), self.counter)
        self.at.branch(self.test)
        self.at.position_at_end(self.behind)


OWN: dict[str, Callable[[Writer, Node], Any]] = {
    "input": Writer.loaded,
    "stop_unless": Writer.stop_unless,
    "role": lambda writer, _: writer.read(I8, writer.arguments["roles"], writer.person),
    "members": lambda writer, _: writer.members,
    "position": lambda writer, _: writer.at.trunc(writer.member.index, ir.IntType(32)),
    "rank": lambda writer, node: writer.ints.rank(
        writer.at, writer.pointers[id(node.args[0]), "scratch"], writer.member.index, writer.members
    ),
}


def lacks(node: Node) -> str:
    """Why a node can't be compiled, as far as it can be seen without compiling; empty if nothing is seen."""
    if node.dtype.kind in "USO" or node.op.startswith("words_"):
        return "words"
    if node.op == "power" and not is_square(node):
        return "a power other than 2, whose last digits are numpy's own"
    return (
        ""
        if node.op in OPS.keys() | OWN.keys() | REDUCED | {"constant"}
        else f"numpy.{node.op}, whose last digits are numpy's own"
    )
