"""
JSON that can mean only one thing: no floats, no doubled or unknown keys, no NUL, bounded depth, size and numbers. What
comes out are frozen dataclasses; a key may be absent only where its type says `None`.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from onewindow.exchange.protocol.errors import ProtocolError

MAX_DEPTH = 8
MAX_WHOLE = 2**53 - 1
"""Beyond this a partner's JSON library may round."""
T = TypeVar("T")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Text:
    most: int
    pattern: str = ""

    def __call__(self, value: str, where: str) -> None:
        if len(value) > self.most or (self.pattern and not re.fullmatch(self.pattern, value, re.ASCII)):
            raise ProtocolError("wrong_shape", f"{where}: text not allowed here")


@dataclass(frozen=True)
class Whole:
    least: int
    most: int = MAX_WHOLE

    def __call__(self, value: int, where: str) -> None:
        if not self.least <= value <= self.most:
            raise ProtocolError("wrong_shape", f"{where}: number out of range")


@dataclass(frozen=True)
class Many:
    most: int

    def __call__(self, value: tuple[Any, ...], where: str) -> None:
        if len(value) > self.most:
            raise ProtocolError("wrong_shape", f"{where}: too many")


def read_json(body: bytes, most_bytes: int) -> Any:
    if len(body) > most_bytes:
        raise ProtocolError("too_large", f"more than {most_bytes} bytes")
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_no_doubles,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_whole,
        )
    except RecursionError:
        raise ProtocolError("too_deep", f"more than {MAX_DEPTH} levels") from None
    except ValueError as error:
        raise ProtocolError("not_json", str(error)[:200]) from None
    _check(value, MAX_DEPTH)
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ProtocolError("wrong_shape", "a key stands twice")
    return found


def _no_float(text: str) -> Any:
    raise ProtocolError("wrong_shape", "only whole numbers; money is in fen")


def _whole(text: str) -> int:
    if len(text) > 17 or text == "-0":
        raise ProtocolError("wrong_shape", "number out of range")
    return int(text)


def _check(value: Any, depth: int) -> None:
    if depth < 0:
        raise ProtocolError("too_deep", f"more than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth - 1)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)
    elif isinstance(value, str) and any(c < " " or "\ud800" <= c <= "\udfff" for c in value):
        raise ProtocolError("wrong_shape", "control character or lone surrogate in a text")


def read(kind: type[T], value: Any, where: str = "message") -> T:
    """`value` as a `kind`, or a ProtocolError that names the place."""
    reader: Callable[[Any, str], T] = _reader(cast(Any, kind))
    return reader(value, where)


@cache
def _reader(kind: Any) -> Callable[[Any, str], Any]:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _ruled(_reader(args[0]), args[1:])
    if origin in (UnionType, Union):
        return _optional(args) if NoneType in args else _one_of(args)
    if origin is Literal:
        return _literal(args)
    if origin is tuple:
        return _tuple(_reader(args[0]))
    if is_dataclass(kind):
        return _record(kind)
    return {str: _exactly(str), int: _exactly(int), bool: _exactly(bool), date: _date, UUID: _uuid}[kind]


def _wrong(where: str, wanted: str) -> ProtocolError:
    return ProtocolError("wrong_shape", f"{where}: {wanted}")


def _exactly(kind: type) -> Callable[[Any, str], Any]:
    def reader(value: Any, where: str) -> Any:
        if type(value) is not kind:
            raise _wrong(where, f"not a {kind.__name__}")
        return value

    return reader


def _date(value: Any, where: str) -> date:
    try:
        if type(value) is str and DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _wrong(where, "not a date like 2026-11-23")


def _uuid(value: Any, where: str) -> UUID:
    try:
        if type(value) is str and str(found := UUID(value)) == value:
            return found
    except ValueError:
        pass
    raise _wrong(where, "not a UUID in small letters with hyphens")


def _literal(allowed: tuple[Any, ...]) -> Callable[[Any, str], Any]:
    def reader(value: Any, where: str) -> Any:
        if not any(type(value) is type(each) and value == each for each in allowed):
            raise _wrong(where, f"not one of {', '.join(map(str, allowed))}")
        return value

    return reader


def _ruled(inner: Callable[[Any, str], Any], rules: tuple[Any, ...]) -> Callable[[Any, str], Any]:
    def reader(value: Any, where: str) -> Any:
        found = inner(value, where)
        for rule in rules:
            rule(found, where)
        return found

    return reader


def _optional(args: tuple[Any, ...]) -> Callable[[Any, str], Any]:
    inner = _reader(next(each for each in args if each is not NoneType))
    return lambda value, where: None if value is None else inner(value, where)


def _one_of(kinds: tuple[Any, ...]) -> Callable[[Any, str], Any]:
    """Dataclasses told apart by their `item`."""
    by_item = {get_args(get_type_hints(kind)["item"])[0]: kind for kind in kinds}

    def reader(value: Any, where: str) -> Any:
        item = value.get("item") if isinstance(value, dict) else None
        if not isinstance(item, str) or item not in by_item:
            raise _wrong(where, f"item is not one of {', '.join(by_item)}")
        return _reader(by_item[item])(value, f"{where}.{item}")

    return reader


def _tuple(inner: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def reader(value: Any, where: str) -> Any:
        if not isinstance(value, list):
            raise _wrong(where, "not a list")
        return tuple(inner(each, f"{where}[{n}]") for n, each in enumerate(value))

    return reader


def _record(kind: Any) -> Callable[[Any, str], Any]:
    hints = get_type_hints(kind, include_extras=True)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}
    needed = {name for name in readers if NoneType not in get_args(hints[name])}

    def reader(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong(where, "not an object")
        if unknown := value.keys() - readers.keys():
            raise _wrong(where, f"unknown key {min(unknown)[:40]!r}")
        if absent := needed - value.keys():
            raise _wrong(where, f"{min(absent)} is missing")
        return kind(**{name: readers[name](inner, f"{where}.{name}") for name, inner in value.items()})

    return reader


def write_json(message: Any) -> bytes:
    """Dataclasses and plain values as UTF-8 JSON, dates as ISO, keys that are None left out."""
    plain = asdict(message, dict_factory=_without_none) if is_dataclass(message) else message  # type: ignore[arg-type]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def _without_none(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in pairs if value is not None}
