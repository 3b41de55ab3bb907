"""
What a formula is handed instead of numpy's array: it takes part in numpy's functions and operators and notes what was
asked. Types come from numpy itself; what would need the values is refused.
"""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import numpy as np
from openfisca_core.indexed_enums import ENUM_ARRAY_DTYPE, Enum

from onewindow.bulk.compiled.graph import SCALAR, Graph, LoweringError, Node, WholePopulationError

UFUNCS = {
    "add", "subtract", "multiply", "divide", "floor_divide", "remainder", "power", "negative", "positive", "absolute",
    "fabs", "sign", "square", "sqrt", "exp", "log", "floor", "ceil", "rint", "trunc", "maximum", "minimum", "fmax", "fmin",
    "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "isnan", "isfinite", "isinf",
    "logical_and", "logical_or", "logical_xor", "logical_not", "startswith", "bitwise_and", "bitwise_or", "bitwise_xor", "invert",
}  # fmt: skip


def refuse(reason: str) -> NoReturn:
    raise LoweringError(reason)


def refuse_control(*_: object) -> NoReturn:
    refuse("python control flow (if, and, or, not, while, int(), float()) on an array; use where, select, *, +")


def refuse_length(*_: object) -> NoReturn:
    raise WholePopulationError("the number of rows, or a loop over them")


class LazyArray(np.lib.mixins.NDArrayOperatorsMixin):
    __hash__ = None  # type: ignore[assignment]
    __bool__ = __int__ = __float__ = __index__ = refuse_control
    __len__ = __iter__ = refuse_length

    def __init__(self, node: Node, graph: Graph, enum: type[Enum] | None = None, part: Node | None = None) -> None:
        self.node, self.graph, self.enum, self.part = node, graph, enum, part
        """`part`: the rows it was cut to; computed for all rows all the same, since each row stands for itself."""

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.node.dtype

    @property
    def possible_values(self) -> type[Enum] | None:
        return self.enum

    @property
    def size(self) -> NoReturn:
        raise WholePopulationError("the number of rows")

    shape = size

    @property
    def rows(self) -> str:
        return self.node.rows

    def like(self, node: Node) -> "LazyArray":
        return LazyArray(node, self.graph, part=self.part)

    def __array__(self, *_: object, **__: object) -> NoReturn:
        refuse("an array whose values are needed to build another one")

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **given: Any) -> Any:
        if method != "__call__" or ufunc.__name__ not in UFUNCS or ufunc.nout != 1:
            refuse(f"numpy.{ufunc.__name__}" + (f".{method}" if method != "__call__" else ""))
        out, test = given.pop("out", None), given.pop("where", True)
        if given or (test is not True and out is None):
            refuse(f"numpy.{ufunc.__name__} with {', '.join(given) or 'where'}")
        found = applied(self.graph, ufunc, inputs)
        if out is None:
            return found
        (target,) = out
        if test is not True:
            return where(self.graph, test, found, target)
        if not isinstance(target, LazyArray) or not np.can_cast(found.dtype, target.dtype, "same_kind"):
            refuse(f"numpy.{ufunc.__name__} into another array")
        target.node = self.graph.cast(found.node, target.dtype)
        return target

    def __array_function__(self, function: Callable[..., Any], _: object, args: Any, given: Any) -> Any:
        if function.__name__ not in FUNCTIONS:
            refuse(f"numpy.{function.__name__}")
        return FUNCTIONS[function.__name__](self.graph, *args, **given)

    def astype(self, dtype: Any, **_: object) -> "LazyArray":
        kind = np.zeros(1, self.dtype).astype(dtype).dtype
        if kind.kind in "USO" and self.dtype.kind not in "USO":
            refuse(f"astype({kind})")
        return self.like(self.graph.cast(self.node, kind))

    def copy(self) -> "LazyArray":
        return LazyArray(self.node, self.graph, self.enum, self.part)

    def view(self, *_: object) -> "LazyArray":
        return LazyArray(self.node, self.graph)

    def round(self, decimals: int = 0) -> "LazyArray":
        return rounded(self.graph, self, decimals)

    def clip(self, low: Any = None, high: Any = None) -> "LazyArray":
        return clipped(self.graph, self, low, high)

    def any(self, *_: object, **__: object) -> NoReturn:
        raise WholePopulationError("any, all, sum, max, min or mean over the whole population")

    all = sum = max = min = mean = any

    def __getitem__(self, mask: Any) -> "LazyArray":
        if not is_mask(mask) or self.part is not None:
            refuse("a part of an array")
        return LazyArray(self.node, self.graph, self.enum, mask.node)

    def __setitem__(self, mask: Any, value: Any) -> None:
        if not is_mask(mask) or self.part is not None:
            refuse("a value put at a place of an array")
        if isinstance(value, LazyArray) and value.part is not None:
            if value.part is not mask.node:
                refuse("a part of an array put at other rows")
            value = LazyArray(value.node, self.graph, value.enum)
        if self.enum is not None and not isinstance(value, LazyArray):
            value = index_of(self.enum, value)
        self.node = self.graph.cast(where(self.graph, mask, value, self).node, self.dtype)

    def __eq__(self, other: Any) -> Any:
        return self.same(other)

    def __ne__(self, other: Any) -> Any:
        return np.logical_not(self.same(other)) if self.enum is not None else super().__ne__(other)

    def same(self, other: Any) -> Any:
        if isinstance(other, Enum):
            other = index_of(self.enum, other)
        return super().__eq__(other)

    def decode(self) -> NoReturn:
        refuse("an enum's items as objects")

    decode_to_str = decode


def is_mask(key: Any) -> bool:
    return isinstance(key, LazyArray) and key.dtype.kind == "b" and key.part is None


def index_of(enum: type[Enum] | None, item: Any) -> int:
    if isinstance(item, Enum):
        if enum is not None and type(item).__name__ != enum.__name__:
            refuse(f"an item of another enum ({type(item).__name__})")
        return int(item.index)
    if isinstance(item, str) and enum is not None and item in enum.__members__:
        return int(enum[item].index)
    refuse(f"{item!r} is no item of an enum")


def shadow(value: Any) -> Any:
    """Something of the same type for numpy to resolve types with."""
    return np.zeros(1, value.dtype) if isinstance(value, LazyArray) else value


def node_of(graph: Graph, value: Any, dtype: Any) -> Node:
    if isinstance(value, LazyArray):
        return graph.cast(value.node, dtype)
    if isinstance(value, np.ndarray) and value.size != 1:
        refuse("an array with values meets one without")
    if isinstance(value, np.ndarray):
        value = value.reshape(-1)[0]
    return graph.constant(value, dtype)


def part_of(*values: Any) -> Node | None:
    found = {id(value.part): value.part for value in values if isinstance(value, LazyArray) and value.rows != SCALAR}
    if len(found) > 1:
        refuse("different parts of arrays in one sum")
    return next(iter(found.values()), None)


def rows_of(*values: Any) -> str:
    found = {value.rows for value in values if isinstance(value, LazyArray)} - {SCALAR}
    if len(found) > 1:
        refuse(f"rows of {' and '.join(sorted(found))} in one sum")
    return found.pop() if found else SCALAR


def plain(value: Any) -> Any:
    """0-dimensional arrays and enum items as numpy would see them."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return value[()]
    return int(value.index) if isinstance(value, Enum) else value


def applied(graph: Graph, ufunc: np.ufunc, inputs: Sequence[Any]) -> LazyArray:
    values = [plain(each) for each in inputs]
    if any(isinstance(value, str) or (isinstance(value, LazyArray) and value.dtype.kind in "USO") for value in values):
        return of_words(graph, ufunc, values)
    with np.errstate(all="ignore"):
        dtype = ufunc(*map(shadow, values)).dtype
        kinds = [type_for(value) for value in values]
        try:
            *into, result = ufunc.resolve_dtypes((*kinds, None))
        except TypeError:
            into, result = [getattr(shadow(value), "dtype", dtype) for value in values], dtype
    nodes = tuple(node_of(graph, value, kind) for value, kind in zip(values, into, strict=True))
    return LazyArray(graph.node(ufunc.__name__, result, rows_of(*values), nodes), graph, part=part_of(*values))


def type_for(value: Any) -> Any:
    if isinstance(value, bool | np.bool_):
        return np.dtype(bool)
    if type(value) in (int, float):
        return type(value)
    return value.dtype if hasattr(value, "dtype") else np.asarray(value).dtype


def of_words(graph: Graph, ufunc: np.ufunc, values: Sequence[Any]) -> LazyArray:
    if ufunc.__name__ == "startswith" and isinstance(values[1], str) and not values[2]:
        nodes = tuple(node_of(graph, value, object) for value in values[:2])
        return LazyArray(graph.node("words_startswith", bool, rows_of(*values), nodes), graph)
    if ufunc.__name__ not in ("equal", "not_equal"):
        refuse(f"numpy.{ufunc.__name__} of words")
    nodes = tuple(node_of(graph, value, object) for value in values)
    return LazyArray(graph.node(f"words_{ufunc.__name__}", bool, rows_of(*values), nodes), graph)


def where(graph: Graph, condition: Any, x: Any = None, y: Any = None) -> LazyArray:
    if x is None:
        raise WholePopulationError("the places where something holds")
    if not isinstance(condition, LazyArray):
        condition = bool(condition) if np.ndim(condition) == 0 else refuse("an array with values meets one without")
    return select(graph, [condition], [x], y)


def select(graph: Graph, condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0) -> LazyArray:
    choices = [*choicelist, default]
    enum = enum_of(choices)
    if enum is not None:
        choices = [each if isinstance(each, LazyArray) else enum_index(enum, each) for each in choices]
        dtype: Any = np.dtype(ENUM_ARRAY_DTYPE)
    elif any(isinstance(each, str) for each in choices):
        choices, dtype = (
            ["" if each == 0 and not isinstance(each, LazyArray) else each for each in choices],
            np.dtype(object),
        )
    else:
        yes = [np.ones(1, bool)] * len(condlist)
        dtype = np.select(
            yes,
            [np.atleast_1d(shadow(each)) if isinstance(each, LazyArray) else each for each in choices[:-1]],
            shadow_scalar(default),
        ).dtype
        if len(condlist) == 1:
            dtype = np.where(yes[0], shadow(choices[0]), shadow(default)).dtype
    part = part_of(*condlist, *choices)
    found = node_of(graph, choices[-1], dtype)
    for condition, choice in zip(reversed(condlist), reversed(choices[:-1]), strict=True):
        chosen = node_of(graph, choice, dtype)
        if not isinstance(condition, LazyArray):
            found = chosen if condition else found
            continue
        test = graph.cast(condition.node, bool)
        rows = rows_of(condition, LazyArray(chosen, graph), LazyArray(found, graph))
        found = chosen if chosen is found else graph.node("where", dtype, rows, (test, chosen, found))
    return LazyArray(found, graph, enum, part)


def shadow_scalar(default: Any) -> Any:
    return np.zeros((), default.dtype) if isinstance(default, LazyArray) else default


def enum_of(choices: Sequence[Any]) -> type[Enum] | None:
    for each in choices:
        if isinstance(each, Enum):
            return type(each)
        if isinstance(each, LazyArray) and each.enum is not None:
            return each.enum
    return None


def enum_index(enum: type[Enum], item: Any) -> int:
    return index_of(enum, item) if isinstance(item, Enum | str) else int(item)


def clipped(graph: Graph, a: Any, a_min: Any = None, a_max: Any = None, **given: Any) -> LazyArray:
    low, high = given.get("min", a_min), given.get("max", a_max)
    found = a
    if low is not None:
        found = np.maximum(found, low)
    return found if high is None else np.minimum(found, high)


def rounded(graph: Graph, a: LazyArray, decimals: int = 0) -> LazyArray:
    if a.dtype.kind in "iub":
        return a if decimals >= 0 else refuse("whole numbers rounded to tens")
    if decimals == 0:
        return applied(graph, np.rint, [a])
    power = a.dtype.type(10.0 ** abs(decimals))
    return np.rint(a * power) / power if decimals > 0 else np.rint(a / power) * power


def filled(graph: Graph, like: LazyArray, value: Any, dtype: Any = None) -> LazyArray:
    kind = like.dtype if dtype is None else np.dtype(dtype)
    return LazyArray(graph.node("fill", kind, like.rows, (graph.constant(value, kind),)), graph)


def is_in(graph: Graph, element: LazyArray, test_elements: Sequence[Any], **_: object) -> LazyArray:
    found = None
    for each in test_elements:
        found = (element == each) if found is None else found | (element == each)
    return filled(graph, element, False, bool) if found is None else found


WORKING_DAYS = "1111100"


def days_counted(
    graph: Graph, begindates: Any, enddates: Any, weekmask: Any = WORKING_DAYS, holidays: Any = (), **_: Any
) -> Any:
    """numpy.busday_count without holidays; backwards it counts the last day and not the first."""
    if len(holidays) or not isinstance(weekmask, str) or set(weekmask) - {"0", "1"}:
        refuse("numpy.busday_count with holidays or names of days")
    first, last = (day_number(each) for each in (begindates, enddates))

    def passed(day: Any) -> Any:
        since = day + 3  # 1 January 1970 was a Thursday
        return since // 7 * weekmask.count("1") + sum(
            (since % 7 > nth) * int(is_counted) for nth, is_counted in enumerate(weekmask)
        )

    return where(graph, first > last, passed(last + 1) - passed(first + 1), passed(last) - passed(first))


def day_number(day: Any) -> Any:
    if isinstance(day, LazyArray):
        return day.astype("datetime64[D]").astype(np.int64)
    return np.int64(np.datetime64(day, "D").astype(np.int64))


def over_rows(graph: Graph, *_: Any, **__: Any) -> NoReturn:
    raise WholePopulationError("any, all, sum, max, min or mean over the whole population")


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "where": where, "select": select, "clip": clipped, "round": rounded, "around": rounded,
    "isin": is_in, "in1d": is_in, "busday_count": days_counted,
    "zeros_like": lambda graph, a, dtype=None, **_: filled(graph, a, 0, dtype),
    "ones_like": lambda graph, a, dtype=None, **_: filled(graph, a, 1, dtype),
    "full_like": lambda graph, a, fill_value, dtype=None, **_: filled(graph, a, fill_value, dtype),
    "copy": lambda graph, a, **_: a.copy(),
    **dict.fromkeys(("any", "all", "sum", "max", "min", "amax", "amin", "mean", "median", "unique", "sort"), over_rows),
}  # fmt: skip
