"""What a formula does, as nodes: the same sum written twice is one node. Types are numpy's own, conversions are nodes."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

PERSON, SCALAR = "person", ""
DType = np.dtype[Any]


class LoweringError(Exception):
    """A formula that can't become part of the pass. `reason` in English: engineers read it."""

    def __init__(self, reason: str, variable: str = "", file: str = "", line: int = 0, text: str = "") -> None:
        self.reason, self.variable, self.file, self.line, self.text = reason, variable, file, line, text
        where = f" (variable '{variable}', {file}:{line}: `{text}`)" if variable else ""
        super().__init__(f"{reason}{where}")


class WholePopulationError(LoweringError):
    """It looks at all people at once: by parts it would mean something else, in OpenFisca's numpy too."""


@dataclass(frozen=True, eq=False)
class Node:
    op: str
    dtype: DType
    rows: str
    """Key of the entity whose rows it has; SCALAR for a constant."""
    args: tuple["Node", ...] = ()
    given: Hashable = None
    """A constant's value, an input's name and period, a role's numbers, …"""


@dataclass
class Graph:
    nodes: dict[Hashable, Node] = field(default_factory=dict)

    def node(self, op: str, dtype: Any, rows: str, args: tuple[Node, ...] = (), given: Hashable = None) -> Node:
        kind = np.dtype(dtype)
        key = (op, kind, rows, tuple(map(id, args)), type(given), repr(given) if isinstance(given, float) else given)
        if key not in self.nodes:
            self.nodes[key] = Node(op, kind, rows, args, given)
        return self.nodes[key]

    def constant(self, value: Any, dtype: Any) -> Node:
        kind = np.dtype(dtype)
        if kind.kind in "MmUSO":
            return self.node("constant", kind, SCALAR, (), value if kind.kind in "USO" else whole_number(value, kind))
        return self.node("constant", kind, SCALAR, (), np.asarray(value).astype(kind).item())

    def cast(self, node: Node, dtype: Any) -> Node:
        kind = np.dtype(dtype)
        if kind == node.dtype:
            return node
        if node.op == "constant":
            if node.dtype.kind in "Mm" and kind.kind in "Mm":
                return self.constant(np.asarray(node.given, "int64").view(node.dtype).astype(kind), kind)
            return self.constant(node.given, kind)
        return self.node("cast", kind, node.rows, (node,))


def whole_number(value: Any, kind: DType) -> int:
    if isinstance(value, int):
        return value
    return int(np.asarray(value, kind).view(np.int64))


def in_order(wanted: Iterable[Node]) -> list[Node]:
    """Every node that is needed, after those it needs."""
    found: dict[int, Node] = {}
    waiting = [(node, False) for node in wanted]
    while waiting:
        node, is_ready = waiting.pop()
        if id(node) in found:
            continue
        if is_ready:
            found[id(node)] = node
        else:
            waiting.append((node, True))
            waiting.extend((each, False) for each in node.args)
    return list(found.values())
