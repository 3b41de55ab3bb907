"""Parameters and scales that an array asks: what OpenFisca answers with one number for each row, as nodes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import ENUM_ARRAY_DTYPE, Enum
from openfisca_core.parameters import ParameterNodeAtInstant
from openfisca_core.taxscales import (
    LinearAverageRateTaxScale,
    MarginalAmountTaxScale,
    MarginalRateTaxScale,
    RateTaxScaleLike,
    SingleAmountTaxScale,
)

from onewindow.bulk.compiled.graph import Graph, Node
from onewindow.bulk.compiled.lazy import LazyArray, filled, index_of, refuse, where


class LazyNodes:
    """A parameter node for each of several keys, until a number is reached."""

    def __init__(self, by_test: list[tuple[LazyArray, Any]]) -> None:
        self.by_test = by_test

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, LazyArray):
            return joined(
                [(test & inner, value) for test, node in self.by_test for inner, value in tests_of(node, key)]
            )
        return joined([(test, node[key]) for test, node in self.by_test])


def tests_of(node: Any, key: LazyArray) -> list[tuple[LazyArray, Any]]:
    children = node._children
    if key.enum is not None:
        found = [(key == item, children[item.name]) for item in key.enum if item.name in children]
        if len(found) == len(list(key.enum)):
            return found
        # OpenFisca stops at a row whose item has no parameter: the pass does too.
        known = found[0][0]
        for test, _ in found[1:]:
            known = known | test
        stop = key.graph.node("stop_unless", bool, key.rows, (known.node,), f"{node._name}, {node._instant_str}")
        return [(test & LazyArray(stop, key.graph), child) for test, child in found]
    if key.dtype.kind in "iu":
        found = [(key == int(name), child) for name, child in children.items() if name.lstrip("-").isdigit()]
        return found or refuse(f"parameter {node._name} indexed by numbers")
    if key.dtype.kind in "USO":
        return [(key == name, child) for name, child in children.items()]
    if key.dtype.kind == "M":
        return by_date(children, key)
    return refuse(f"parameter {node._name} indexed by {key.dtype}")


def by_date(children: Mapping[str, Any], key: LazyArray) -> list[tuple[LazyArray, Any]]:
    """As OpenFisca counts: the child at the number of `after_…` names that are not later than the key."""
    names = list(children)
    days = [
        np.datetime64("-".join(name[len("after_") :].split("_"))) for name in names if not name.startswith("before")
    ]
    passed = sum((np.asarray(day) <= key for day in days), start=0 * (key == key))
    return [(passed == number, children[name]) for number, name in enumerate(names)]


def joined(by_test: list[tuple[LazyArray, Any]]) -> Any:
    first = by_test[0][1]
    if isinstance(first, ParameterNodeAtInstant):
        return LazyNodes(by_test)
    values = np.array([value for _, value in by_test])
    if values.dtype.kind not in "bif":
        refuse("parameters that are no numbers, indexed by an array")
    graph = by_test[0][0].graph
    found: Any = LazyArray(graph.constant(values[0], values.dtype), graph)
    for (test, _), value in list(zip(by_test, values, strict=True))[1:]:
        found = where(graph, test, value, found)
    return LazyArray(graph.cast(found.node, values.dtype), graph)


def marginal_rates_calc(scale: Any, base: LazyArray, factor: Any = 1.0, round_base_decimals: Any = None) -> LazyArray:
    total: Any = None
    scaled = (
        factor + np.finfo(np.float64).eps
        if isinstance(factor, LazyArray)
        else np.float64(factor) + np.finfo(np.float64).eps
    )
    limits = [scaled * np.float64(each) for each in (*scale.thresholds, np.inf)]
    if round_base_decimals is not None:
        limits = [np.round(each, round_base_decimals) for each in limits]
    for rate, low, high in zip(scale.rates, limits, limits[1:], strict=False):
        part = np.maximum(np.minimum(base.astype(np.float64), high) - low, 0)
        if round_base_decimals is not None:
            owed = np.round(np.float64(rate) * np.round(part, round_base_decimals), round_base_decimals)
        else:
            owed = np.float64(rate) * part
        total = owed if total is None else total + owed
    return filled(base.graph, base, 0.0, np.float64) if total is None else total


def marginal_amounts_calc(scale: Any, base: LazyArray, right: bool = False) -> LazyArray:
    amounts = np.array(scale.amounts)
    parts = [(base.astype(np.float64) > low) * amount for low, amount in zip(scale.thresholds, amounts, strict=True)]
    total = parts[0]
    for each in parts[1:]:
        total = total + each
    return total


def single_amounts_calc(scale: Any, base: LazyArray, right: bool = False) -> LazyArray:
    amounts = np.array([0, *scale.amounts, 0])
    value = base.astype(np.float64)
    found: Any = LazyArray(base.graph.constant(amounts[0], amounts.dtype), base.graph)
    for low, amount in zip(scale.thresholds, amounts[1:-1], strict=True):
        found = where(base.graph, (value > low) if right else (value >= low), amount, found)
    return where(base.graph, value >= np.inf, amounts[-1], found) if not right else found


def linear_rates_calc(scale: Any, base: LazyArray, right: bool = False) -> LazyArray:
    if len(scale.rates) == 1:
        return base * scale.rates[0]
    rates, limits = np.array(scale.rates), np.array(scale.thresholds)
    slopes = (rates[1:] - rates[:-1]) / (limits[1:] - limits[:-1])

    def chosen(values: Any) -> Any:
        total: Any = None
        for low, high, value in zip(limits, limits[1:], values, strict=False):
            part = ((base >= low) & (base < high)) * value
            total = part if total is None else total + part
        return total

    return base * (chosen(rates[:-1]) + (base - chosen(limits[:-1])) * chosen(slopes))


def bracket_indices(scale: Any, base: LazyArray, factor: float = 1.0, round_decimals: int | None = None) -> LazyArray:
    limits = [(factor + np.finfo(np.float64).eps) * np.float64(each) for each in scale.thresholds]
    if round_decimals is not None:
        limits = [np.round(each, round_decimals) for each in limits]
    passed: Any = 0
    for limit in limits:
        passed = passed + (base.astype(np.float64) - limit >= 0)
    return passed - 1


CALC = {
    MarginalRateTaxScale: marginal_rates_calc, MarginalAmountTaxScale: marginal_amounts_calc,
    SingleAmountTaxScale: single_amounts_calc, LinearAverageRateTaxScale: linear_rates_calc,
}  # fmt: skip


@contextmanager
def replaced(owner: Any, name: str, by: Any) -> Iterator[None]:
    own = vars(owner).get(name)
    setattr(owner, name, by)
    try:
        yield
    finally:
        if own is None:
            delattr(owner, name)
        else:
            setattr(owner, name, own)


@contextmanager
def arrays_may_ask() -> Iterator[None]:
    """While a graph is drawn, parameters, scales and enums answer lazy arrays too; all else goes to OpenFisca's own code."""
    own_item, own_encode = ParameterNodeAtInstant.__getitem__, vars(Enum)["encode"].__func__

    def item(node: Any, key: Any) -> Any:
        return joined(tests_of(node, key)) if isinstance(key, LazyArray) else own_item(node, key)

    def encode(enum: Any, array: Any) -> Any:
        if not isinstance(array, LazyArray):
            return own_encode(enum, array)
        node = encoded(array.graph, array.node, enum) if array.dtype.kind in "USO" else array.node
        return LazyArray(array.graph.cast(node, ENUM_ARRAY_DTYPE), array.graph, enum)

    with ExitStack() as stack:
        stack.enter_context(replaced(ParameterNodeAtInstant, "__getitem__", item))
        stack.enter_context(replaced(Enum, "encode", classmethod(encode)))
        for scale, lazy in CALC.items():
            stack.enter_context(replaced(scale, "calc", either(scale.calc, lazy)))
        stack.enter_context(
            replaced(RateTaxScaleLike, "bracket_indices", either(RateTaxScaleLike.bracket_indices, bracket_indices))
        )
        yield


def either(own: Any, lazy: Any) -> Callable[..., Any]:
    def calc(scale: Any, base: Any, *given: Any, **named: Any) -> Any:
        return (lazy if isinstance(base, LazyArray) else own)(scale, base, *given, **named)

    return calc


def encoded(graph: Graph, node: Node, enum: type[Enum]) -> Node:
    """Names chosen by conditions, as the enum's numbers."""
    if node.op == "constant":
        return graph.constant(index_of(enum, node.given), ENUM_ARRAY_DTYPE)
    if node.op != "where":
        refuse("names that are no constants for an enum")
    test, x, y = node.args
    return graph.node("where", ENUM_ARRAY_DTYPE, node.rows, (test, encoded(graph, x, enum), encoded(graph, y, enum)))
