"""What a case declares: forms from its matter's folder, prefilled from registers with the source shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from onewindow.kernel.cases.models import Case, CaseMember
from onewindow.kernel.catalog import Matter, part_of
from onewindow.kernel.people.models import RegisterEntry

REGISTER_NAMES = {
    "PSB_HUKOU": "公安户籍", "DPF": "残联残疾人证", "HRSS_PENSION": "人社养老金", "HRSS_UNEMP": "人社失业登记",
    "EDU": "教育学籍", "PRISON": "司法", "MED": "医保", "VET": "退役军人", "HOUSE": "不动产登记", "BANK": "银行",
    "MCA_AID": "民政救助", "MCA_MARRIAGE": "民政婚姻登记", "PSB_VEHICLE": "公安车辆", "TAX": "税务",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where a prefilled value comes from."""

    register: str
    as_of: date

    @property
    def label(self) -> str:
        return f"{REGISTER_NAMES.get(self.register, self.register)},{self.as_of:%Y-%m-%d}"


@dataclass(frozen=True)
class Sheet:
    """One form of a case: the household's, or one member's."""

    key: str
    title: str
    form: forms.Form
    member: CaseMember | None = None


def form_class(matter: Matter, name: str) -> type[forms.Form]:
    return getattr(part_of(matter, "facts"), name, forms.Form)


def registers_of(matter: Matter) -> dict[str, tuple[str, str]]:
    """Member field → (register, item) that fills it."""
    return getattr(part_of(matter, "facts"), "PREFILL", {})


def person_key(member: CaseMember) -> str:
    return member.person.public_id.hex


def sheets(case: Case, data: Any = None) -> list[Sheet]:
    """Every form of the case; bound where `data` is given."""
    found = []
    for sheet_key, title, member in _sheet_heads(case):
        name = "Member" if member else "Household"
        initial = {**_typed(case, sheet_key), **_values(case, sheet_key)}
        form = form_class(case.matter, name)(data, prefix=sheet_key, initial=initial)
        if form.fields:
            _show_sources(case, sheet_key, form)
            found.append(Sheet(sheet_key, title, form, member))
    return found


def _sheet_heads(case: Case) -> Iterator[tuple[str, str, CaseMember | None]]:
    yield "household", "家庭情况" if case.matter.applicant == "household" else "基本情况", None
    for member in case.listed_members:
        yield person_key(member), member.person.name, member


def _values(case: Case, key: str) -> dict[str, Any]:
    if key == "household":
        return dict(case.facts.get("household", {}))
    return dict(case.facts.get("people", {}).get(key, {}))


def _typed(case: Case, key: str) -> dict[str, Any]:
    """What was typed but could not be understood: kept, so that nothing typed is lost."""
    return dict(case.facts.get("typed", {}).get(key, {}))


def _show_sources(case: Case, key: str, form: forms.Form) -> None:
    for name, source in case.facts.get("sources", {}).get(key, {}).items():
        if name in form.fields and form.initial.get(name) == source["value"]:
            as_of = date.fromisoformat(source["as_of"])
            form.fields[name].source = Source(source["register"], as_of)  # type: ignore[attr-defined]


def read_sheets(case: Case, data: Any) -> tuple[dict[str, Any], dict[str, dict[str, list[str]]]]:
    """
    New facts from what was posted, and the errors by sheet and field. Valid values are taken, others kept as typed.
    An empty required field is no error here but something missing (`missing.py`), so that a draft can be saved.
    """
    facts: dict[str, Any] = {"household": {}, "people": {}, "typed": {}, "sources": case.facts.get("sources", {})}
    errors: dict[str, dict[str, list[str]]] = {}
    for sheet in sheets(case, data):
        sheet.form.is_valid()
        values = {name: _plain(value) for name, value in sheet.form.cleaned_data.items() if value not in (None, "")}
        if sheet.key == "household":
            facts["household"] = values
        else:
            facts["people"][sheet.key] = values
        wrong = _errors_but_empty(sheet.form)
        typed = {name: data.get(sheet.form.add_prefix(name), "") for name in wrong if name in sheet.form.fields}
        facts["typed"].update({sheet.key: kept} if (kept := {n: v for n, v in typed.items() if v}) else {})
        if wrong:
            errors[sheet.key] = wrong
    return facts, errors


def _errors_but_empty(form: forms.Form) -> dict[str, list[str]]:
    found = {}
    for name, errors in form.errors.as_data().items():
        texts = [str(text) for error in errors if error.code != "required" for text in error.messages]
        found.update({name: texts} if texts else {})
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def prefilled(case: Case) -> dict[str, Any]:
    """Facts that the registers already know, with their source: {"people": …, "sources": …}."""
    wanted = registers_of(case.matter)
    members = {member.person_id: person_key(member) for member in case.listed_members}
    facts: dict[str, Any] = {"household": {}, "people": {key: {} for key in members.values()}, "sources": {}}
    known = {(e.person_id, e.source, e.item): e for e in RegisterEntry.objects.filter(person_id__in=members)}
    for person_id, key in members.items():
        for name, (register, item) in wanted.items():
            entry = known.get((person_id, register, item))
            if entry is not None:
                facts["people"][key][name] = entry.value
                facts["sources"].setdefault(key, {})[name] = {
                    "register": register, "as_of": entry.as_of.isoformat(), "value": entry.value,
                }  # fmt: skip
    return facts


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Field by field what changed, for the new version's record."""
    changes = []
    for group in {**before.get("people", {}), **after.get("people", {})} | {"household": {}}:
        old = before.get("household", {}) if group == "household" else before.get("people", {}).get(group, {})
        new = after.get("household", {}) if group == "household" else after.get("people", {}).get(group, {})
        changes += [
            {"sheet": group, "field": name, "from": old.get(name), "to": new.get(name)}
            for name in {**old, **new}
            if old.get(name) != new.get(name)
        ]
    return changes
