"""
核对报告: what was declared against what was found. It advises; a person decides (PIPL a24). It compares with the facts as
they stood when the check began, so that a correction does not wipe out the difference that led to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from django.db.models import Subquery

from onewindow.exchange.models import MeansCheck, Query
from onewindow.kernel.cases.facts import REGISTER_NAMES
from onewindow.kernel.cases.missing import adults
from onewindow.kernel.cases.models import Case
from onewindow.kernel.people.models import Person

Severity = Literal["none", "ignored", "less", "info", "warn", "alert"]
SEVERITIES: dict[str, tuple[str, str]] = {
    "none": ("一致", "good"),
    "ignored": ("差额在容许范围内", "good"),
    "less": ("查到的少于申报", "plain"),
    "info": ("略有差异", "note"),
    "warn": ("差异较大", "wait"),
    "alert": ("严重不符", "bad"),
}
CONCLUSIONS: dict[str, tuple[str, str]] = {
    "consistent": ("与申报一致", "good"),
    "inconsistent": ("与申报不一致", "bad"),
    "exceeds": ("超过规定标准", "bad"),
    "cannot_conclude": ("来源不全，暂不能得出结论", "wait"),
}
WARN_PERCENT, ALERT_PERCENT = 10, 50


@dataclass(frozen=True)
class Thresholds:
    """
    From the dated parameters of the matter's law. `tolerance_fen`: what may be missing without being a difference (one
    month of the standard; example, verification.md 4.6). `limits`: fact → the most that is allowed.
    """

    tolerance_fen: int = 0
    limits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """Something declared that sources can confirm: the name of its fact, and how findings add up to it."""

    fact: str
    label: str
    source: str
    unit: Literal["fen", "homes", "yes_no"]


MEASURES = (
    Measure("monetary_property", "存款、理财等合计", "BANK", "fen"),
    Measure("home_count", "住房", "HOUSE", "homes"),
    Measure("non_residential_property", "非住宅房产", "HOUSE", "yes_no"),
)


@dataclass(frozen=True)
class Row:
    label: str
    source: str
    declared: str
    found: str
    severity: Severity
    note: str = ""
    fact: str = ""
    declared_value: int | None = None
    found_value: int | None = None

    @property
    def severity_name(self) -> str:
        return SEVERITIES[self.severity][0]

    @property
    def tone(self) -> str:
        return SEVERITIES[self.severity][1]


@dataclass(frozen=True)
class Report:
    check: MeansCheck
    rows: list[Row]
    missing: list[str]
    conclusion: Literal["consistent", "inconsistent", "exceeds", "cannot_conclude"]
    queries: list[Query]

    @property
    def conclusion_name(self) -> str:
        return CONCLUSIONS[self.conclusion][0]

    @property
    def tone(self) -> str:
        return CONCLUSIONS[self.conclusion][1]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def differences(self) -> list[Row]:
        return [row for row in self.rows if row.severity in ("info", "warn", "alert")]


def report_of(case: Case, thresholds: Thresholds | None = None) -> Report | None:
    """Of the newest round; None where nothing was asked."""
    thresholds = thresholds or Thresholds()
    rounds = case.means_checks.order_by("-serial")
    newest = Query.unscoped.filter(means_check=Subquery(rounds.values("pk")[:1]))
    queries = list(newest.select_related("means_check", "partner", "subject", "answer").order_by("id"))
    check = queries[0].means_check if queries else rounds.first()
    if check is None:
        return None
    declared = _declared(case, check)
    found = _distinct(queries)
    asked = {query.partner.source for query in queries}
    rows = [
        _compare(measure, declared, found, thresholds)
        for measure in MEASURES
        if measure.source in asked and measure.fact in declared
    ]
    rows += _signals(found)
    missing = _missing(case, queries)
    return Report(check, rows, missing, _conclude(rows, missing, thresholds), queries)


def _declared(case: Case, check: MeansCheck) -> dict[str, Any]:
    is_newest = case.facts_version == check.facts_version
    sheet = None if is_newest else case.fact_sheets.filter(version=check.facts_version).first()
    facts: dict[str, Any] = (sheet.facts if sheet else case.facts).get("household", {})
    return facts


def findings_of(query: Query) -> list[dict[str, Any]]:
    return query.answer.findings if hasattr(query, "answer") else []


def _distinct(queries: Iterable[Query]) -> list[dict[str, Any]]:
    """A joint account or a home of both spouses is told twice and counted once."""
    named = ((f"{query.partner_id}:{each['reference']}", each) for query in queries for each in findings_of(query))
    return list(dict(named).values())


def _amount(measure: Measure, found: list[dict[str, Any]]) -> int:
    if measure.unit == "fen":
        return sum(each["balance_fen"] for each in found if each["item"] == "account")
    use = "residential" if measure.unit == "homes" else "non_residential"
    homes = [e for e in found if e["item"] == "home" and e["use"] == use and "transferred_on" not in e]
    return len(homes) if measure.unit == "homes" else int(bool(homes))


def _compare(measure: Measure, declared: Mapping[str, Any], found: list[dict[str, Any]], thresholds: Thresholds) -> Row:
    said, seen = int(declared[measure.fact]), _amount(measure, found)
    severity = _severity(measure, said, seen, thresholds.tolerance_fen)
    limit = thresholds.limits.get(measure.fact)
    notes = [_by_how_much(measure, said, seen) if severity in ("info", "warn", "alert") else ""]
    notes.append(f"超过规定的{_words(measure, limit)}" if limit is not None and seen > limit else "")
    return Row(
        label=measure.label,
        source=REGISTER_NAMES.get(measure.source, measure.source),
        declared=_words(measure, said),
        found=_words(measure, seen),
        severity=severity,
        note="；".join(filter(None, notes)),
        fact=measure.fact,
        declared_value=said,
        found_value=seen,
    )


def _severity(measure: Measure, said: int, seen: int, tolerance_fen: int) -> Severity:
    """Hidden things are grave whatever they are worth; sums by their share (E: verification.md 4.5)."""
    if seen == said:
        return "none"
    if seen < said:
        return "less"
    if measure.unit != "fen":
        return "alert"
    more = seen - said
    if more <= tolerance_fen:
        return "ignored"
    if said == 0 or more * 100 > said * ALERT_PERCENT:
        return "alert"
    return "info" if more * 100 < said * WARN_PERCENT else "warn"


def _by_how_much(measure: Measure, said: int, seen: int) -> str:
    if said == 0:
        return "没有申报"
    percent = f"（{(seen - said) * 100 // said}%）" if measure.unit == "fen" else ""
    return f"比申报多{_words(measure, seen - said)}{percent}"


def _words(measure: Measure, value: int) -> str:
    if measure.unit == "yes_no":
        return "有" if value else "没有"
    return yuan(value) if measure.unit == "fen" else f"{value}套"


def yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}元"


def _signals(found: list[dict[str, Any]]) -> list[Row]:
    """Not declared anywhere, but worth a question: a home that was given away within the lookback."""
    return [
        Row(
            label="转让房产", source=REGISTER_NAMES["HOUSE"], declared="—", severity="warn",
            found=f"{each['transferred_on']}转出", note="核对期内转让，请了解原因和所得",
        )
        for each in found
        if "transferred_on" in each
    ]  # fmt: skip


def _missing(case: Case, queries: list[Query]) -> list[str]:
    """In words: which source said nothing about whom, and why."""
    asked = {(query.subject_id, query.partner.source) for query in queries}
    never = [
        f"{_source_name(source)}没有查询{member.person.name}（没有有效授权、没有身份证号，或该来源尚未接入）。"
        for member in adults(case)
        for source in case.matter.asks_sources
        if (member.person_id, source) not in asked
    ]
    silent = [
        f"{query.partner.name}对{query.subject.name}的查询：{query.get_state_display()}"
        + (f"（{query.problem}）。" if query.problem else "。")
        for query in queries
        if query.state not in (Query.State.ANSWERED, Query.State.LETTER)
    ]
    return list(chain(never, silent))


def _source_name(source: str) -> str:
    return REGISTER_NAMES.get(source, source)


def _conclude(rows: list[Row], missing: list[str], thresholds: Thresholds) -> Any:
    """What was found stands even while something is missing; that all is well can be said only of the whole."""
    limits = thresholds.limits
    if any(row.fact in limits and (row.found_value or 0) > limits[row.fact] for row in rows):
        return "exceeds"
    if any(row.severity in ("warn", "alert") for row in rows):
        return "inconsistent"
    return "cannot_conclude" if missing else "consistent"


PRODUCTS = {"demand": "活期存款", "time": "定期存款", "wealth": "理财产品", "other": "金融资产"}
USES = {"residential": "住房", "non_residential": "非住宅房产"}


def own_findings(case: Case, person: Person) -> list[dict[str, str]]:
    """What the sources said of this one person, for that person (PIPL a45)."""
    queries = Query.objects.of(person).filter(case=case).select_related("partner", "answer").order_by("id")
    return list(chain.from_iterable(_shown(query) for query in queries if hasattr(query, "answer")))


def _shown(query: Query) -> list[dict[str, str]]:
    source = f"{query.partner.name}，{query.answer.as_of:%Y-%m-%d}"
    rows = [{**_item(each), "source": source} for each in query.answer.findings]
    return rows or [{"label": query.partner.name, "value": "没有查到记录", "source": source}]


def _item(finding: dict[str, Any]) -> dict[str, str]:
    if finding["item"] == "account":
        return {
            "label": f"{PRODUCTS[finding['product']]}（尾号{finding['tail']}）",
            "value": yuan(finding["balance_fen"]),
        }
    area = finding["area_square_decimetres"]
    value = f"{finding['address']}，{area // 100}.{area % 100:02d}平方米，份额{finding['share']}"
    return {"label": USES[finding["use"]], "value": value}
