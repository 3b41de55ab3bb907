"""How this system's own things are written on pages: relations, registers, facts of a form, a calculation."""

from typing import Any

from django import template

from onewindow.kernel.cases.facts import REGISTER_NAMES, Sheet
from onewindow.kernel.cases.fields import MoneyField, yuan_text
from onewindow.kernel.cases.models import StepRun
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.people.identity import mask_account
from onewindow.kernel.people.kinship import relation_name

register = template.Library()


@register.filter
def relation(code: str) -> str:
    return relation_name(code)


@register.filter(name="register")
def register_name(source: str) -> str:
    return REGISTER_NAMES.get(source, source)


@register.filter
def account(number: str) -> str:
    return mask_account(number)


@register.filter
def rows(sheet: Sheet) -> list[dict[str, Any]]:
    """A form's answers as label, value and source."""
    found = []
    for name, field in sheet.form.fields.items():
        value = sheet.form.initial.get(name)
        if value not in (None, ""):
            found.append({"label": field.label, "value": _words(field, value), "source": getattr(field, "source", "")})
    return found


def _words(field: Any, value: Any) -> str:
    if isinstance(field, MoneyField):
        return f"{yuan_text(value)}元"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(getattr(field, "choices", ())).get(value, value))


@register.filter
def members(sheets: list[Sheet]) -> list[Any]:
    return [sheet.member for sheet in sheets if sheet.member]


@register.filter
def outcome_name(run: StepRun) -> str:
    return step_of_run(run).outcome(run.outcome).name


@register.inclusion_tag("ui/parts/calculation.html")
def explanation(steps: list[dict[str, Any]], people: Any = ()) -> dict[str, Any]:
    """The rules' steps (rules/explain.py) as a table: label, words, article, value. `people`: members, or names by key."""
    names = people if isinstance(people, dict) else {each.person.public_id.hex: each.person.name for each in people}
    rows = [
        {
            "label": f"{names[step['person']]}：{step['label']}" if step.get("person") in names else step["label"],
            "formula": step.get("text", ""),
            "law": step.get("article", ""),
            "source": step.get("source", ""),
            "value": step.get("value", ""),
            "is_example": step.get("is_example", False),
        }
        for step in steps
    ]
    return {"rows": rows, "caption": "计算过程", "total_fen": None, "total_label": ""}
