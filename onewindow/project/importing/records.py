"""Residents and households of the city's own registers. The same file again changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from typing import Any

from onewindow.kernel.audit.acting import action
from onewindow.kernel.people.identity import IdNumber, InvalidIdNumber, normal_name
from onewindow.kernel.people.kinship import EXACT, TENS
from onewindow.kernel.people.models import Household, Member, Person
from onewindow.kernel.people.sealed import blind_index
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.permission import system
from onewindow.project.importing.tables import Row, WrongRows

RESIDENT_COLUMNS = ("姓名", "身份证号", "手机号", "银行账号", "社区代码", "地址", "死亡日期")
HOUSEHOLD_COLUMNS = ("户号", "身份证号", "与户主关系", "社区代码", "地址", "城乡")
BATCH = 500
Numbered = tuple[int, Row]


class WrongRow(Exception):
    pass


@action("import", "导入", may=system, logs=("kind", "sha256"))
def import_rows(
    actor: Any, _: None, *, kind: str, rows: Iterable[Numbered], sha256: str, wrong: WrongRows
) -> Counter[str]:
    """How many were added, changed, unchanged and wrong. Wrong rows are left out; the rest are in."""
    communities = set(Place.objects.filter(level=Place.Level.COMMUNITY).values_list("code", flat=True))
    take: Callable[..., str] = {"residents": take_resident, "households": take_member}[kind]
    counts: Counter[str] = Counter()
    walking = iter(rows)
    while batch := list(islice(walking, BATCH)):
        known = _known([row["身份证号"] for _number, row in batch])
        for _number, row in batch:
            try:
                counts[take(row, communities, known)] += 1
            except WrongRow as reason:
                wrong.add(row, str(reason))
                counts["wrong"] += 1
        _add(person for person in known.values() if person.pk is None)
    return counts


def _add(people: Iterable[Person]) -> None:
    new = list(people)
    for person in new:
        person.reindex()
    Person.unscoped.bulk_create(new)


def _known(numbers: list[str]) -> dict[str, Person]:
    """The batch's people by blind index, in one query."""
    indexes = [_index(number) for number in numbers]
    return {str(p.id_index): p for p in Person.unscoped.filter(id_index__in=[i for i in indexes if i])}


def _index(number: str) -> str:
    try:
        return blind_index(IdNumber.parse(number).text, "id")
    except InvalidIdNumber:
        return ""


def _id_number(row: Row) -> IdNumber:
    try:
        return IdNumber.parse(row["身份证号"])
    except InvalidIdNumber as wrong:
        raise WrongRow(str(wrong)) from None


def _community(row: Row, communities: set[str]) -> str:
    if row["社区代码"] not in communities:
        raise WrongRow("社区代码不是本市的12位社区（村）代码，请核对。")
    return row["社区代码"]


def take_resident(row: Row, communities: set[str], known: dict[str, Person]) -> str:
    number = _id_number(row)
    values = {
        "name": _name(row), "id_number": number.text, "birth": number.birth, "sex": number.sex,
        "phone": _digits(row["手机号"], (11,), "手机号应为11位数字，请核对。"),
        "bank_account": _digits(row["银行账号"], range(12, 25), "银行账号应为12至24位数字，请核对。"),
        "place_id": _community(row, communities), "address": row["地址"][:200], "died_on": _date(row["死亡日期"]),
    }  # fmt: skip
    index = blind_index(number.text, "id")
    person = known.get(index)
    if person is None:
        known[index] = Person(**values)
        return "added"
    return _change(person, values)


def _change(record: Any, values: dict[str, Any]) -> str:
    different = {name: value for name, value in values.items() if getattr(record, name) != value}
    if not different:
        return "unchanged"
    for name, value in different.items():
        setattr(record, name, value)
    record.save()
    return "changed"


def _name(row: Row) -> str:
    name = normal_name(row["姓名"])
    if not 2 <= len(name) <= 60:
        raise WrongRow("姓名为空或过长，请填写证件上的全名。")
    return name


def _digits(text: str, lengths: Iterable[int], reason: str) -> str:
    plain = text.replace(" ", "").replace("-", "")
    if plain and not (plain.isascii() and plain.isdigit() and len(plain) in lengths):
        raise WrongRow(reason)
    return plain


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        raise WrongRow("日期请按“2026-11-23”的样式填写。") from None


def take_member(row: Row, communities: set[str], known: dict[str, Person]) -> str:
    person = known.get(blind_index(_id_number(row).text, "id"))
    if person is None:
        raise WrongRow("没有这位居民，请先导入居民表。")
    relation = row["与户主关系"].zfill(2)
    if relation not in EXACT and relation[0] not in TENS:
        raise WrongRow("与户主关系请填GB/T 4761的两位代码，例如02户主、10配偶、20儿子。")
    if row["城乡"] not in ("城镇", "农村"):
        raise WrongRow("城乡请填“城镇”或“农村”。")
    if not row["户号"] or len(row["户号"]) > 24:
        raise WrongRow("户号为空或过长，请核对。")
    values = {
        "place_id": _community(row, communities), "address": row["地址"][:200], "is_urban": row["城乡"] == "城镇",
    }  # fmt: skip
    household, made = Household.objects.get_or_create(number=row["户号"], defaults=values)
    outcome = "added" if made else _change(household, values)
    held = Member.objects.filter(person=person, until_on=None).first()
    if held is None:
        Member.objects.create(household=household, person=person, relation=relation)
        return "added"
    if held.household_id != household.pk:
        raise WrongRow("此人已在另一户中，请先在原户迁出。")
    return outcome if held.relation == relation else _change(held, {"relation": relation})
