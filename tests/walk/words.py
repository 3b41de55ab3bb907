"""The names under which pages read a request, from their source and their forms, and plausible values for them."""

import ast
from functools import cache
from typing import Any

from django import forms

from tests.architecture.source import modules
from tests.walk.routes import components

REASON = "因办理业务需要查看和处理，理由充分，依据第十条。"
VALUES: dict[str, Any] = {
    "account": "6217000099990000", "agree": "on", "amount": "0", "article": "最低生活保障审核确认办法第十条",
    "benefit": "dibao", "by_name": "邻居", "by_phone": "13900000000", "field": "household:car_count",
    "given_by": "agent", "income_fen": "800", "kind": "hearing", "later": "1", "mandate": "委托书原件已收",
    "matter": "dibao", "month": "2026-12", "next": "/", "on": "1", "outcome": "accept", "people": "2", "place": "",
    "sheet": "household", "signed": "on", "stars": "5", "value": "1", "visited_on": "2026-01-05", "working_days": "3",
    "method": "at_home", "agrees": "yes", "household": {}, "record": {}, "extra_items": [],
}  # fmt: skip
"""By name; every other text is a reason."""
EMPTY: dict[str, Any] = {"integer": 1, "boolean": True, "array": [], "object": {}}


@cache
def names_read(method: str) -> tuple[str, ...]:
    """`request.GET.get("q")`, `"later" in request.POST`, and every field of every form of ours."""
    found: set[str] = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            found |= {name for name in _read(node, f"request.{method}") if name.isidentifier()}
    return tuple(sorted(found | (_fields(forms.Form) if method == "POST" else set())))


def _read(node: ast.AST, of: str) -> set[str]:
    match node:
        case ast.Call(func=ast.Attribute(value=value), args=[ast.Constant(value=str(name)), *_]):
            parts: list[ast.AST] = [value]
        case ast.Subscript(value=value, slice=ast.Constant(value=str(name))):
            parts = [value]
        case ast.Compare(left=ast.Constant(value=str(name)), comparators=comparators):
            parts = list(comparators)
        case _:
            return set()
    return {name} if any(ast.unparse(part) in (of, "asked") for part in parts) else set()


def _fields(of: type[forms.Form]) -> set[str]:
    own = set(of.base_fields) if of.__module__.startswith("onewindow") else set()
    return own.union(*(_fields(each) for each in of.__subclasses__()))


def sample(schema: dict[str, Any], name: str, chosen: dict[str, Any]) -> Any:
    """A value that the schema takes; `chosen` first, by name."""
    if name in chosen:
        return chosen[name]
    if "$ref" in schema:
        return sample(components()[schema["$ref"].rpartition("/")[2]], name, chosen)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], name, chosen)
    if schema.get("type") == "object" and "properties" in schema:
        return {each: sample(inner, each, chosen) for each, inner in schema["properties"].items()}
    if name in VALUES:
        return int(VALUES[name]) if schema.get("type") == "integer" else VALUES[name]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") in EMPTY:
        return EMPTY[schema["type"]]
    return REASON[: schema.get("maxLength", len(REASON))]
