"""One step of numpy on one number, in LLVM's instructions, by the name of numpy's function."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]

from onewindow.bulk.compiled.graph import DType, LoweringError, Node

I1, I64, F64 = ir.IntType(1), ir.IntType(64), ir.DoubleType()
SIGNS = {"equal": "==", "not_equal": "!=", "less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">="}
At = Any  # an ir.IRBuilder: llvmlite says no types
Step = Callable[[At, "Ints", Node, Sequence[Any]], Any]


def type_of(dtype: DType, *, in_memory: bool = False) -> Any:
    if dtype.kind == "b":
        return ir.IntType(8) if in_memory else I1
    if dtype.kind in "iuMm":
        return ir.IntType(dtype.itemsize * 8)
    if dtype.kind == "f" and dtype.itemsize in (4, 8):
        return F64 if dtype.itemsize == 8 else ir.FloatType()
    raise LoweringError(f"values of type {dtype}")


def truth(at: At, value: Any, dtype: DType) -> Any:
    if dtype.kind == "b":
        return value
    zero = value.type(0)
    return at.fcmp_unordered("!=", value, zero) if dtype.kind == "f" else at.icmp_signed("!=", value, zero)


def converted(at: At, value: Any, had: DType, has: DType) -> Any:
    """numpy's astype."""
    if had == has:
        return value
    if has.kind == "b":
        return truth(at, value, had)
    if had.kind == "M" and has.kind == "M":
        return value if unit(had) == unit(has) else DATED[unit(had), unit(has)](at, value)
    if had.kind == "m" and has.kind == "m":
        return spanned(at, value, unit(had), unit(has))
    if {had.kind, has.kind} == set("mM"):
        raise LoweringError(f"{had} to {has}")
    return of_float(at, value, has) if had.kind == "f" else of_whole(at, value, had, has)


def of_whole(at: At, value: Any, had: DType, has: DType) -> Any:
    into = type_of(has)
    if has.kind == "f":
        return at.sitofp(value, into) if had.kind in "iMm" else at.uitofp(value, into)
    if value.type.width == into.width:
        return value
    if value.type.width > into.width:
        return at.trunc(value, into)
    return at.zext(value, into) if had.kind in "bu" else at.sext(value, into)


def of_float(at: At, value: Any, has: DType) -> Any:
    into = type_of(has)
    if has.kind == "f":
        return at.fpext(value, into) if value.type != F64 else at.fptrunc(value, into)
    return at.fptosi(value, into) if has.kind == "i" else at.fptoui(value, into)


def unit(dtype: DType) -> str:
    found, count = np.datetime_data(dtype)
    if count != 1 or found not in ("D", "M", "Y"):
        raise LoweringError(f"dates of {dtype}")
    return found


class Ints:
    """Functions of the module that more than one step calls."""

    def __init__(self, module: ir.Module) -> None:
        self.module = module

    def math(self, name: str, kind: Any, numbers: int = 1) -> Any:
        return self.module.declare_intrinsic(f"llvm.{name}", [kind], ir.FunctionType(kind, [kind] * numbers))

    def rank(self, at: At, values: Any, mine: Any, members: Any) -> Any:
        """Of equals, the earlier member comes first."""
        return at.call(self.ranking(), [values, mine, members])

    def ranking(self) -> Any:
        if "rank" in self.module.globals:
            return self.module.globals["rank"]
        function = ir.Function(self.module, ir.FunctionType(I64, [ir.PointerType(), I64, I64]), "rank")
        values, mine, members = function.args
        start, test, body, behind = (function.append_basic_block(name) for name in ("start", "test", "body", "behind"))
        at = ir.IRBuilder(start)
        own = at.load(at.gep(values, [mine], source_etype=F64), typ=F64)
        at.branch(test)
        at.position_at_end(test)
        index, found = at.phi(I64), at.phi(I64)
        at.cbranch(at.icmp_signed("<", index, members), body, behind)
        at.position_at_end(body)
        other = at.load(at.gep(values, [index], source_etype=F64), typ=F64)
        is_tie = at.and_(at.fcmp_ordered("==", other, own), at.icmp_signed("<", index, mine))
        is_before = at.or_(at.fcmp_ordered("<", other, own), is_tie)
        for phi, first, then in (
            (index, I64(0), at.add(index, I64(1))), (found, I64(0), at.add(found, at.zext(is_before, I64))),
        ):  # fmt: skip
            phi.add_incoming(first, start)
            phi.add_incoming(then, body)
        at.branch(test)
        at.position_at_end(behind)
        at.ret(found)
        return function


def compared(sign: str) -> Step:
    def step(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
        kind = node.args[0].dtype.kind
        if kind == "f":
            return (at.fcmp_unordered if sign == "!=" else at.fcmp_ordered)(sign, *values)
        return (at.icmp_unsigned if kind in "bu" else at.icmp_signed)(sign, *values)

    return step


def added(of_ints: str, of_floats: str, of_flags: str = "") -> Step:
    def step(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
        name = {"f": of_floats, "b": of_flags}.get(node.dtype.kind, of_ints)
        if not name:
            raise LoweringError(f"{node.op} of {node.dtype}")
        return getattr(at, name)(*values)

    return step


def flags(name: str) -> Step:
    def step(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
        truths = [truth(at, value, arg.dtype) for value, arg in zip(values, node.args, strict=True)]
        return getattr(at, name)(*truths)

    return step


def divided(at: At, ints: Ints, node: Node, values: Sequence[Any]) -> Any:
    """True division: numpy has made floats of both."""
    if node.args[0].dtype.kind != "f":
        as_floats = [converted(at, value, arg.dtype, node.dtype) for value, arg in zip(values, node.args, strict=True)]
        return at.fdiv(*as_floats)
    return at.fdiv(*values)


def whole_parts(at: At, values: Sequence[Any]) -> tuple[Any, Any]:
    """Quotient and rest, rounded down; by zero 0 and 0, as numpy has it."""
    a, b = values
    zero, kind = a.type(0), a.type
    if isinstance(b, ir.Constant) and int(b.constant) > 0:
        quotient, rest = at.sdiv(a, b), at.srem(a, b)
        is_short = at.icmp_signed("<", rest, zero)
        return at.sub(quotient, at.zext(is_short, kind)), at.select(is_short, at.add(rest, b), rest)
    is_zero, is_minus = at.icmp_signed("==", b, zero), at.icmp_signed("==", b, kind(-1))
    safe = at.select(at.or_(is_zero, is_minus), kind(1), b)  # the processor stops at both
    quotient, rest = at.sdiv(a, safe), at.srem(a, safe)
    differ = at.icmp_signed("<", at.xor(rest, safe), zero)
    is_short = at.and_(at.icmp_signed("!=", rest, zero), differ)
    quotient = at.sub(quotient, at.zext(is_short, kind))
    rest = at.select(is_short, at.add(rest, safe), rest)
    quotient = at.select(is_zero, zero, at.select(is_minus, at.sub(zero, a), quotient))
    return quotient, at.select(at.or_(is_zero, is_minus), zero, rest)


def float_parts(at: At, ints: Ints, values: Sequence[Any]) -> tuple[Any, Any]:
    """numpy's npy_divmod."""
    a, b = values
    zero, one, half = a.type(0.0), a.type(1.0), a.type(0.5)
    rest = at.frem(a, b)
    quotient = at.fdiv(at.fsub(a, rest), b)
    has_rest = at.fcmp_unordered("!=", rest, zero)
    differ = at.and_(has_rest, at.xor(at.fcmp_ordered("<", b, zero), at.fcmp_ordered("<", rest, zero)))
    signed = at.call(ints.math("copysign", a.type, 2), [zero, b])
    rest_found = at.select(has_rest, at.select(differ, at.fadd(rest, b), rest), signed)
    quotient = at.select(differ, at.fsub(quotient, one), quotient)
    down = at.call(ints.math("floor", a.type), [quotient])
    down = at.select(at.fcmp_ordered(">", at.fsub(quotient, down), half), at.fadd(down, one), down)
    nought = at.call(ints.math("copysign", a.type, 2), [zero, at.fdiv(a, b)])
    quotient = at.select(at.fcmp_unordered("!=", quotient, zero), down, nought)
    is_zero = at.fcmp_ordered("==", b, zero)
    return at.select(is_zero, at.fdiv(a, b), quotient), at.select(is_zero, rest, rest_found)


def parted(place: int) -> Step:
    def step(at: At, ints: Ints, node: Node, values: Sequence[Any]) -> Any:
        kind = node.args[0].dtype.kind
        if kind == "f":
            return float_parts(at, ints, values)[place]
        if kind not in "im":
            raise LoweringError(f"{node.op} of {node.args[0].dtype}")
        return whole_parts(at, values)[place]

    return step


def lower_or_higher(at: At, dtype: DType, a: Any, b: Any, *, is_higher: bool) -> Any:
    sign = ">=" if is_higher else "<="
    if dtype.kind == "f":  # what is no number stays, as with numpy
        first = at.or_(at.fcmp_ordered(sign, a, b), at.fcmp_unordered("uno", a, a))
        return at.select(first, a, b)
    test = (at.icmp_unsigned if dtype.kind in "bu" else at.icmp_signed)(sign, a, b)
    return at.select(test, a, b)


def bounded(*, is_higher: bool, takes_numbers: bool = False) -> Step:
    def step(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
        found = lower_or_higher(at, node.dtype, *values, is_higher=is_higher)
        if takes_numbers and node.dtype.kind == "f":
            a, b = values
            found = at.select(at.fcmp_unordered("uno", a, a), b, at.select(at.fcmp_unordered("uno", b, b), a, found))
        return found

    return step


def of_math(name: str) -> Step:
    def step(at: At, ints: Ints, node: Node, values: Sequence[Any]) -> Any:
        if node.dtype.kind != "f":
            raise LoweringError(f"{node.op} of {node.dtype}")
        return at.call(ints.math(name, values[0].type), values)

    return step


def rounded(name: str) -> Step:
    own = of_math(name)

    def step(at: At, ints: Ints, node: Node, values: Sequence[Any]) -> Any:
        return own(at, ints, node, values) if node.dtype.kind == "f" else values[0]

    return step


def absolute(at: At, ints: Ints, node: Node, values: Sequence[Any]) -> Any:
    (a,) = values
    if node.dtype.kind == "f":
        return at.call(ints.math("fabs", a.type), [a])
    if node.dtype.kind in "bu":
        return a
    return at.select(at.icmp_signed("<", a, a.type(0)), at.sub(a.type(0), a), a)


def negative(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
    return at.fneg(values[0]) if node.dtype.kind == "f" else at.sub(values[0].type(0), values[0])


def sign(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
    (a,) = values
    kind, zero = a.type, a.type(0)
    if node.dtype.kind == "f":
        of_sign = at.select(at.fcmp_ordered("<", a, zero), kind(-1), zero)
        of_sign = at.select(at.fcmp_ordered(">", a, zero), kind(1), of_sign)
        return at.select(at.fcmp_unordered("uno", a, a), a, of_sign)
    return at.select(at.icmp_signed(">", a, zero), kind(1), at.select(at.icmp_signed("<", a, zero), kind(-1), zero))


def is_square(node: Node) -> bool:
    return node.args[1].op == "constant" and node.args[1].given == 2 and node.dtype.kind in "if"


def power(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
    if not is_square(node):
        raise LoweringError(f"a power other than 2 of {node.dtype}")
    return (at.fmul if node.dtype.kind == "f" else at.mul)(values[0], values[0])


def inverted(at: At, _: Ints, __: Node, values: Sequence[Any]) -> Any:
    return at.not_(values[0])


def cast(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
    return converted(at, values[0], node.args[0].dtype, node.dtype)


def not_a_number(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
    return at.fcmp_unordered("uno", values[0], values[0]) if node.args[0].dtype.kind == "f" else I1(0)


def infinite(test: str) -> Step:
    def step(at: At, ints: Ints, node: Node, values: Sequence[Any]) -> Any:
        if node.args[0].dtype.kind != "f":
            return I1(1 if test == "<" else 0)
        size = at.call(ints.math("fabs", values[0].type), values)
        return at.fcmp_ordered(test, size, values[0].type(np.inf))

    return step


def negated(at: At, _: Ints, node: Node, values: Sequence[Any]) -> Any:
    return at.not_(truth(at, values[0], node.args[0].dtype))


def by(at: At, value: Any, number: int) -> tuple[Any, Any]:
    return whole_parts(at, [value, I64(number)])


def months_from_days(at: At, days: Any) -> Any:
    """The civil calendar from 1 March of the year 0, in eras of 400 years."""
    era, of_era = by(at, at.add(days, I64(719_468)), 146_097)
    used = at.sub(of_era, by(at, of_era, 1460)[0])
    used = at.sub(at.add(used, by(at, of_era, 36_524)[0]), by(at, of_era, 146_096)[0])
    year = by(at, used, 365)[0]
    before = at.sub(at.add(at.mul(year, I64(365)), by(at, year, 4)[0]), by(at, year, 100)[0])
    month = by(at, at.add(at.mul(at.sub(of_era, before), I64(5)), I64(2)), 153)[0]
    years = at.sub(at.add(year, at.mul(era, I64(400))), I64(1970))
    return at.add(at.add(at.mul(years, I64(12)), month), I64(2))


def days_from_months(at: At, months: Any) -> Any:
    year, month = by(at, at.sub(months, I64(2)), 12)
    era, of_era = by(at, at.add(year, I64(1970)), 400)
    of_year = by(at, at.add(at.mul(month, I64(153)), I64(2)), 5)[0]
    days = at.add(at.mul(era, I64(146_097)), at.mul(of_era, I64(365)))
    days = at.sub(at.add(days, by(at, of_era, 4)[0]), by(at, of_era, 100)[0])
    return at.sub(at.add(days, of_year), I64(719_468))


def twelve(at: At, years: Any) -> Any:
    return at.mul(years, I64(12))


DATED: dict[tuple[str, str], Callable[[At, Any], Any]] = {
    ("D", "M"): months_from_days,
    ("M", "D"): days_from_months,
    ("D", "Y"): lambda at, days: by(at, months_from_days(at, days), 12)[0],
    ("Y", "D"): lambda at, years: days_from_months(at, twelve(at, years)),
    ("M", "Y"): lambda at, months: by(at, months, 12)[0],
    ("Y", "M"): twelve,
}


def spanned(at: At, span: Any, had: str, has: str) -> Any:
    """numpy's spans of time: 400 years are 4,800 months are 146,097 days."""
    if had == has:
        return span
    of = {"Y": 400, "M": 4800, "D": 146_097}
    if of[had] > of[has]:
        return by(at, at.mul(span, I64(of[has])), of[had])[0]
    if had == "D" or has == "D":
        raise LoweringError(f"a span of {had} in days")
    return twelve(at, span)


def same(at: At, _: Ints, __: Node, values: Sequence[Any]) -> Any:
    return values[0]


OPS: dict[str, Step] = {
    **{name: compared(text) for name, text in SIGNS.items()},
    "fill": same, "project": same, "positive": same, "cast": cast,
    "add": added("add", "fadd", "or_"), "subtract": added("sub", "fsub"), "multiply": added("mul", "fmul", "and_"),
    "square": lambda at, ints, node, values: OPS["multiply"](at, ints, node, [values[0], values[0]]),
    "divide": divided, "floor_divide": parted(0), "remainder": parted(1), "power": power,
    "bitwise_and": added("and_", "", "and_"), "bitwise_or": added("or_", "", "or_"), "bitwise_xor": added("xor", "", "xor"),
    "logical_and": flags("and_"), "logical_or": flags("or_"), "logical_xor": flags("xor"), "logical_not": negated,
    "invert": inverted, "where": lambda at, _, __, values: at.select(*values),
    "maximum": bounded(is_higher=True), "minimum": bounded(is_higher=False),
    "fmax": bounded(is_higher=True, takes_numbers=True), "fmin": bounded(is_higher=False, takes_numbers=True),
    "negative": negative, "absolute": absolute, "fabs": absolute, "sign": sign, "sqrt": of_math("sqrt"),
    "floor": rounded("floor"), "ceil": rounded("ceil"), "trunc": rounded("trunc"), "rint": rounded("rint"),
    "isnan": not_a_number, "isinf": infinite("=="), "isfinite": infinite("<"),
}  # fmt: skip
