"""
A graph written out as one Python function for numba: for each household, person loops and sums in turn. Every step has
numpy's type for it. Numbers of the law are arguments: another value of a parameter is no other function.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onewindow.bulk.compiled.graph import PERSON, SCALAR, LoweringError, Node, in_order

HEAD = """import numba
import numpy as np

from onewindow.bulk.compiled.steps import days_from_months, days_from_years, months_from_days, rank, years_from_days


@numba.njit(nogil=True, cache=True, error_model="numpy")
def run({arguments}):
"""
NARROW: dict[np.dtype[Any], np.dtype[Any]] = {
    np.dtype(np.int64): np.dtype(np.int32),
    np.dtype(np.int32): np.dtype(np.int16),
}
COMPARED = {
    "equal": "==", "not_equal": "!=", "less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">=",
}  # fmt: skip
REDUCED = {"sum", "maximum_of", "minimum_of", "logical_and_of", "logical_or_of", "pick"}
INLINED = {"floor_divide", "remainder", "power"}
"""Whose second number stays in the source: dividing by a known number is a multiplication."""
INT, FLOAT = np.dtype(np.int64), np.dtype(np.float64)


@dataclass
class Source:
    text: str
    inputs: list[Node]
    outputs: list[tuple[Node, np.dtype[Any]]]
    """Each distinct node that is asked for, and the type of the column that it is stored in."""
    whole: np.ndarray[Any, Any]
    broken: np.ndarray[Any, Any]


@dataclass
class Writer:
    order: list[Node]
    outputs: dict[int, str]
    stored: dict[int, np.dtype[Any]]
    names: dict[int, str] = field(default_factory=dict)
    whole: list[int] = field(default_factory=list)
    broken: list[float] = field(default_factory=list)
    level: dict[int, int] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)
    """Person values that a later loop needs."""
    inlined: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for number, node in enumerate(self.order):
            self.names[id(node)] = f"v{number}"
            self.level[id(node)] = self.level_of(node)
            for place, arg in enumerate(node.args):
                if node.rows == PERSON and arg.rows == PERSON and self.level[id(arg)] < self.level[id(node)]:
                    self.kept.add(id(arg))
                if node.op in INLINED and place == 1 and arg.op == "constant":
                    self.inlined.add(id(arg))
        for node in self.order:  # a reduction reads its arguments in the loop of the latest of them
            if node.op in REDUCED:
                last = max(self.level[id(arg)] for arg in node.args)
                self.kept |= {id(arg) for arg in node.args if arg.rows == PERSON and self.level[id(arg)] < last}
            if node.op == "rank":
                self.kept.add(id(node.args[0]))

    def level_of(self, node: Node) -> int:
        below = max((self.level[id(arg)] for arg in node.args), default=0)
        return below + 1 if node.op in REDUCED or node.op == "rank" else below

    def lines(self) -> list[str]:
        groups, persons, sums = defaultdict(list), defaultdict(list), defaultdict(list)
        head: list[Node] = []
        for node in self.order:
            level = self.level[id(node)]
            if node.rows == SCALAR:
                head.append(node)
            elif node.op in REDUCED:
                sums[level - 1].append(node)
            elif node.rows == PERSON:
                persons[level].append(node)
            else:
                groups[level].append(node)
        text = [f"    {self.names[id(node)]} = {self.written(node)}" for node in head if node.op != "constant"]
        text = [*self.constants(head), *text]
        text += [
            f"    s_{self.names[id(node)]} = np.empty(most, {scratch(node.dtype)})"
            for node in self.order
            if id(node) in self.kept and node.op != "input"
        ]
        text += [
            "    bad = 0",
            "    hi = 0",
            "    for h in range(len(sizes)):",
            "        lo = hi",
            "        hi = lo + np.int64(sizes[h])",
        ]
        for level in range(max(self.level.values(), default=0) + 1):
            text += self.group_lines(groups[level])
            text += self.person_lines(persons[level], sums[level])
        return [*text, "    return bad"]

    def constants(self, head: Sequence[Node]) -> list[str]:
        return [f"    {self.names[id(node)]} = {self.constant(node)}" for node in head if node.op == "constant"]

    def constant(self, node: Node) -> str:
        value: Any = node.given
        kind = node.dtype.kind
        if kind == "b":
            return str(bool(value))
        if id(node) in self.inlined and kind in "iu":
            return cast(node.dtype, str(int(value)))
        if kind in "iuMm":
            self.whole.append(int(value))
            return cast(node.dtype, f"whole[{len(self.whole) - 1}]")
        if kind == "f":
            self.broken.append(float(value))
            return cast(node.dtype, f"broken[{len(self.broken) - 1}]")
        raise LoweringError(f"constants of type {node.dtype}")

    def group_lines(self, nodes: Sequence[Node]) -> list[str]:
        text = []
        for node in nodes:
            name = self.names[id(node)]
            text.append(f"        {name} = {self.written(node)}")
            text += self.stores(node, name, "h", "        ")
        return text

    def person_lines(self, nodes: Sequence[Node], sums: Sequence[Node]) -> list[str]:
        nodes = [node for node in nodes if node.op != "rank"] + [node for node in nodes if node.op == "rank"]
        if not nodes and not sums:
            return []
        text = [f"        a_{self.names[id(node)]} = {self.start(node)}" for node in sums]
        text.append("        for p in range(lo, hi):")
        inside, mine = [], {id(node) for node in nodes}
        for node in nodes:
            name = self.names[id(node)]
            inside.append(f"            {name} = {self.written(node)}")
            if id(node) in self.kept and node.op != "input":
                inside.append(f"            s_{name}[p - lo] = {name}")
            inside += self.stores(node, name, "p", "            ")
        for node in sums:
            inside.append("            " + self.step(node))
        text += self.again(nodes, sums, mine) + inside
        text += [
            line
            for node in sums
            for line in [
                f"        {self.names[id(node)]} = a_{self.names[id(node)]}",
                *self.stores(node, self.names[id(node)], "h", "        "),
            ]
        ]
        return text

    def again(self, nodes: Sequence[Node], sums: Sequence[Node], mine: set[int]) -> list[str]:
        """Values of an earlier loop, for this person."""
        wanted = {
            id(arg): arg for node in [*nodes, *sums] for arg in node.args if arg.rows == PERSON and node.op != "rank"
        }
        return [
            f"            {self.names[key]} = {self.written(arg) if arg.op == 'input' else f's_{self.names[key]}[p - lo]'}"
            for key, arg in wanted.items()
            if key not in mine
        ]

    def stores(self, node: Node, name: str, row: str, indent: str) -> list[str]:
        column = self.outputs.get(id(node))
        if column is None:
            return []
        kind = self.stored[id(node)]
        if kind == node.dtype or node.dtype.kind == "b" or node.dtype.kind in "Mm":
            return [f"{indent}{column}[{row}] = {name}"]
        return [f"{indent}n = {cast(kind, name)}", f"{indent}bad |= n != {name}", f"{indent}{column}[{row}] = n"]

    def written(self, node: Node) -> str:
        names = [self.names[id(arg)] for arg in node.args]
        if node.op in COMPARED:
            return f"({names[0]} {COMPARED[node.op]} {names[1]})"
        if node.op not in OPS:
            raise LoweringError(f"the kernel has no {node.op}")
        return OPS[node.op](node, names, self)

    def start(self, node: Node) -> str:
        if node.op == "pick":
            return self.names[id(node.args[2])]
        if node.op == "sum":
            return "0.0"
        value: Any = node.given
        if node.dtype.kind == "f" and np.isinf(value):
            return cast(node.dtype, "np.inf" if value > 0 else "-np.inf")
        return cast(node.dtype, repr(value)) if node.dtype != bool else str(bool(value))

    def step(self, node: Node) -> str:
        into, value = f"a_{self.names[id(node)]}", self.names[id(node.args[0])]
        if node.op == "sum":
            return f"{into} += {value}"
        if node.op == "pick":
            return f"if {self.names[id(node.args[1])]}: {into} = {value}"
        if node.op == "maximum_of":
            return f"{into} = {higher(into, value, node)}"
        if node.op == "minimum_of":
            return f"{into} = {lower(into, value, node)}"
        return f"{into} = {into} {'and' if node.op == 'logical_and_of' else 'or'} {truth(value, node.args[0])}"


def cast(dtype: np.dtype[Any], text: str) -> str:
    if dtype.kind == "b":
        return f"({text} != 0)"
    return f"np.{INT if dtype.kind in 'Mm' else dtype}({text})"


def scratch(dtype: np.dtype[Any]) -> str:
    return "np.bool_" if dtype.kind == "b" else f"np.{INT if dtype.kind in 'Mm' else dtype}"


def truth(name: str, node: Node) -> str:
    return name if node.dtype.kind == "b" else f"({name} != 0)"


def higher(a: str, b: str, node: Node) -> str:
    return f"({a} if {a} >= {b} or {a} != {a} else {b})" if node.dtype.kind == "f" else f"({a} if {a} >= {b} else {b})"


def lower(a: str, b: str, node: Node) -> str:
    return f"({a} if {a} <= {b} or {a} != {a} else {b})" if node.dtype.kind == "f" else f"({a} if {a} <= {b} else {b})"


Written = Callable[[Node, list[str], Writer], str]


def sized(dtype: np.dtype[Any], text: str) -> str:
    """numba widens small numbers to 64 bits; numpy does not."""
    return f"({text})" if dtype in (INT, FLOAT) or dtype.kind in "Mm" else cast(dtype, f"({text})")


def infix(sign: str, of_flags: str = "") -> Written:
    def text(node: Node, names: list[str], _: Writer) -> str:
        if node.dtype.kind == "b":
            if not of_flags:
                raise LoweringError(f"{node.op} of flags")
            return f"({names[0]} {of_flags} {names[1]})"
        return sized(node.dtype, f"{names[0]} {sign} {names[1]}")

    return text


def called(text: str) -> Written:
    return lambda node, names, _: sized(node.dtype, text.format(*names))


def converted(node: Node, names: list[str], _: Writer) -> str:
    (arg,) = node.args
    name, had, has = names[0], arg.dtype, node.dtype
    if had.kind == "M" and has.kind == "M":
        return dated(name, unit(had), unit(has))
    if has.kind == "b":
        return f"({name} != 0)"
    if had.kind in "Mm" and has.kind in "iu":
        return cast(has, name)
    if (had.kind == "m") != (has.kind == "m") and had.kind in "mM":
        raise LoweringError(f"{had} to {has}")
    if had.kind == "m" and had != has:
        raise LoweringError(f"{had} to {has}")
    return cast(has, name)


def unit(dtype: np.dtype[Any]) -> str:
    found, count = np.datetime_data(dtype)
    if count != 1 or found not in ("D", "M", "Y"):
        raise LoweringError(f"dates of {dtype}")
    return found


def dated(name: str, had: str, has: str) -> str:
    ways = {
        ("D", "M"): "months_from_days({})", ("D", "Y"): "years_from_days({})", ("M", "D"): "days_from_months({})",
        ("Y", "D"): "days_from_years({})", ("M", "Y"): "({} // 12)", ("Y", "M"): "({} * 12)",
    }  # fmt: skip
    return name if had == has else ways[had, has].format(name)


def loaded(node: Node, _: list[str], writer: Writer) -> str:
    row = "p" if node.rows == PERSON else "h"
    return cast(node.dtype, f"i_{writer.names[id(node)]}[{row}]")


def ranked(node: Node, names: list[str], _: Writer) -> str:
    return f"rank(s_{names[0]}, p - lo, hi - lo)"


OPS: dict[str, Written] = {
    "input": loaded,
    "role": lambda node, names, writer: "np.uint8(roles[p])",
    "members": lambda node, names, writer: "(hi - lo)",
    "rank": ranked, "position": lambda node, names, writer: "np.int32(p - lo)",
    "fill": lambda node, names, writer: names[0], "project": lambda node, names, writer: names[0],
    "cast": converted,
    "add": infix("+", "or"), "multiply": infix("*", "and"), "subtract": infix("-"),
    "divide": infix("/"), "floor_divide": infix("//"), "remainder": infix("%"), "power": infix("**"),
    "bitwise_and": infix("&", "&"), "bitwise_or": infix("|", "|"), "bitwise_xor": infix("^", "!="),
    "logical_and": lambda node, names, _: " & ".join(truth(n, a) for n, a in zip(names, node.args, strict=True)).join("()"),
    "logical_or": lambda node, names, _: " | ".join(truth(n, a) for n, a in zip(names, node.args, strict=True)).join("()"),
    "logical_xor": lambda node, names, _: " != ".join(truth(n, a) for n, a in zip(names, node.args, strict=True)).join("()"),
    "logical_not": lambda node, names, _: f"(not {truth(names[0], node.args[0])})",
    "invert": lambda node, names, _: f"(not {names[0]})" if node.dtype.kind == "b" else sized(node.dtype, f"~{names[0]}"),
    "where": lambda node, names, _: f"({names[1]} if {names[0]} else {names[2]})",
    "maximum": lambda node, names, _: higher(names[0], names[1], node), "minimum": lambda node, names, _: lower(names[0], names[1], node),
    "fmax": called("np.fmax({}, {})"), "fmin": called("np.fmin({}, {})"),
    "negative": called("-{}"), "positive": called("{}"), "absolute": called("abs({})"), "fabs": called("abs({})"),
    "sign": called("np.sign({})"), "square": called("{0} * {0}"), "sqrt": called("np.sqrt({})"), "exp": called("np.exp({})"),
    "log": called("np.log({})"), "floor": called("np.floor({})"), "ceil": called("np.ceil({})"), "rint": called("np.rint({})"),
    "trunc": called("np.trunc({})"),
    "isnan": lambda node, names, _: f"({names[0]} != {names[0]})",
    "isinf": lambda node, names, _: f"(abs({names[0]}) == np.inf)",
    "isfinite": lambda node, names, _: f"(abs({names[0]}) < np.inf)",
}  # fmt: skip


def column_type(dtype: np.dtype[Any], is_narrow: bool) -> np.dtype[Any]:
    if dtype.kind == "b":
        return np.dtype(np.uint8)
    if dtype.kind == "M":
        return np.dtype(np.int32)
    return NARROW[dtype] if is_narrow and dtype in NARROW else dtype


def source_of(wanted: Sequence[Node], *, is_narrow: bool = True) -> Source:
    """`is_narrow`: whole numbers in half their width; `run` says with a 1 if one did not fit."""
    order = in_order(wanted)
    groups = {node.rows for node in order} - {PERSON, SCALAR}
    if len(groups) > 1:
        raise LoweringError(f"several group entities: {', '.join(sorted(groups))}")
    unique = list({id(node): node for node in wanted}.values())
    stored = {id(node): column_type(node.dtype, is_narrow) for node in unique}
    writer = Writer(order, {id(node): f"o_{number}" for number, node in enumerate(unique)}, stored)
    lines = writer.lines()
    inputs = [node for node in order if node.op == "input"]
    arguments = ["sizes", "roles", "most", "whole", "broken"]
    arguments += [f"i_{writer.names[id(node)]}" for node in inputs] + list(writer.outputs.values())
    text = HEAD.format(arguments=", ".join(arguments)) + "\n".join(lines) + "\n"
    return Source(
        text, inputs, [(node, stored[id(node)]) for node in unique],
        np.array(writer.whole, np.int64), np.array(writer.broken, np.float64),
    )  # fmt: skip
