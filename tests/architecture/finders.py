"""Ways to find a thing in a tree of source; each gives the lines where it stands."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.architecture.source import imported, is_under

Finder = Callable[[ast.Module], Iterator[int]]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<[a-z][^>]*\s(style|on[a-z]+)=", re.IGNORECASE)


def calling(*names: str) -> Finder:
    """By last name, whatever it is called on."""
    return lambda tree: (call.lineno for call in _calls(tree) if _name(call.func) in names)


def using(*dotted: str) -> Finder:
    """Imported by this name, or called by it in full."""

    def find(tree: ast.Module) -> Iterator[int]:
        yield from (line for line, name in imported(tree) if is_under(name, *dotted))
        yield from (call.lineno for call in _calls(tree) if ast.unparse(call.func) in dotted)

    return find


def with_keyword(keyword: str) -> Finder:
    """Given, and not plainly False."""

    def find(tree: ast.Module) -> Iterator[int]:
        for call in _calls(tree):
            if any(k.arg == keyword and ast.unparse(k.value) != "False" for k in call.keywords):
                yield call.lineno

    return find


def sql_put_together(tree: ast.Module) -> Iterator[int]:
    for call in _calls(tree):
        if _name(call.func) in ("execute", "executemany", "executescript", "RunSQL") and call.args:
            first = call.args[0]
            is_built = isinstance(first, ast.Call) and _name(first.func) in ("format", "join", "replace")
            if is_built or isinstance(first, ast.JoinedStr | ast.BinOp):
                yield call.lineno


def marking_safe(tree: ast.Module) -> Iterator[int]:
    """But for words that stand in the source itself."""
    for call in _calls(tree):
        is_marking = _name(call.func) in ("mark_safe", "SafeString", "SafeText")
        if is_marking and not all(isinstance(argument, ast.Constant) for argument in call.args):
            yield call.lineno


def query_from_request(tree: ast.Module) -> Iterator[int]:
    for call in _calls(tree):
        unpacked = [k.value for k in call.keywords if k.arg is None and isinstance(call.func, ast.Attribute)]
        named = call.args if _name(call.func) in ("order_by", "values", "values_list", "only", "defer") else []
        if any(_comes_from_request(value) for value in (*unpacked, *named)):
            yield call.lineno


def all_fields(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node) == "fields = '__all__'":
            yield node.lineno


def inline_markup(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and INLINE.search(node.value):
            yield node.lineno


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _comes_from_request(value: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "request" for node in ast.walk(value))
