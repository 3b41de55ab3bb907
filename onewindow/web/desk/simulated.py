"""A simulation as a page shows it: figures, bars, the map, and the rows of a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onewindow.fields.policy.models import SimulationRun
from onewindow.kernel.cases.fields import yuan_text
from onewindow.web.desk.chart import Chart, chart_of
from onewindow.web.desk.districts import Painted, legend, names, painted

HOUSEHOLD_TYPES = {
    "alone": "独居（60岁以下）", "elder_alone": "独居老人", "couple": "夫妻（60岁以下）", "elder_couple": "老年夫妻",
    "with_children": "夫妻和未成年子女", "with_grown_child": "夫妻和成年子女", "single_parent": "单亲家庭",
    "three_generations": "三代同住", "grandparents": "祖孙同住", "elder_with_child": "老人和子女", "siblings": "其他",
}  # fmt: skip
BAR = 72
HEADS = (
    "分类", "名称", "户数", "现每月支出（元）", "新每月支出（元）", "每月增减（元）", "多得（户）", "少得（户）",
    "新增（户）", "退出（户）", "现与标准的差额（元）", "新与标准的差额（元）",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One district or kind of household."""

    code: str
    name: str
    line: dict[str, Any]
    more_fen: int
    bar: int
    """Of BAR, beside the largest."""


@dataclass(frozen=True)
class Shown:
    whole: dict[str, Any]
    more_fen: int
    year_fen: int
    is_year_reckoned: bool
    """Every month by itself, and not the first one twelve times."""
    gap_less_fen: int
    districts: list[Row]
    kinds: list[Row]
    map: list[Painted]
    legend: list[tuple[str, int, int]]
    months: Chart | None

    @property
    def says_nothing(self) -> bool:
        """Nobody in this population has what the figure is about: no sign that it costs nothing."""
        return not any(self.whole[name] for name in ("gaining", "losing", "newly", "ending"))

    @property
    def more_wan(self) -> str:
        return wan(self.more_fen)

    @property
    def year_wan(self) -> str:
        return wan(self.year_fen)


def wan(fen: int) -> str:
    """In ten thousands of yuan, as budgets are spoken of; the exact sum stands below."""
    sign, tenths = "-" if fen < 0 else "", (abs(fen) + 50_000) // 100_000
    return f"{sign}{tenths // 10:,}.{tenths % 10}"


def shown(run: SimulationRun) -> Shown:
    result: dict[str, Any] = run.result
    whole, months = result["whole"], result["months"]
    districts = rows_of(result["by"].get("district", []), names())
    kinds = rows_of(result["by"].get("household_type", []), HOUSEHOLD_TYPES)
    more = {row.code: row.more_fen for row in districts}
    titles = {row.code: f"{row.name}：每月{signed(row.more_fen)}元，多得{row.line['gaining']}户" for row in districts}
    sums = [each["after_fen"] - each["before_fen"] for each in months]
    return Shown(
        whole=whole, more_fen=whole["after_fen"] - whole["before_fen"],
        year_fen=sum(sums[:12]) if len(sums) >= 12 else sums[0] * 12, is_year_reckoned=len(sums) >= 12,
        gap_less_fen=whole["gap_before_fen"] - whole["gap_after_fen"], districts=districts, kinds=kinds,
        map=painted(more, titles), legend=legend(more), months=_chart(months) if len(months) > 1 else None,
    )  # fmt: skip


def rows_of(lines: list[dict[str, Any]], labels: dict[str, str]) -> list[Row]:
    more = [line["after_fen"] - line["before_fen"] for line in lines]
    most = max(map(abs, more), default=0) or 1
    return [
        Row(line["name"], labels.get(line["name"], line["name"]), line, fen, abs(fen) * BAR // most)
        for line, fen in zip(lines, more, strict=True)
    ]


def signed(fen: int) -> str:
    return f"{'增加' if fen >= 0 else '减少'}{yuan_text(abs(fen))}"


def _chart(months: list[dict[str, Any]]) -> Chart:
    rows = [
        {
            "label": "全市",
            "month": each["month"],
            "fen": each["after_fen"],
            "newly_fen": 0,
            "last_fen": each["before_fen"],
        }
        for each in months
    ]
    return chart_of(rows)[0]


def sheet(run: SimulationRun) -> Iterator[tuple[str | int, ...]]:
    told = shown(run)
    whole = Row("", "全市", told.whole, told.more_fen, 0)
    for kind, rows in (("全市", [whole]), ("区", told.districts), ("家庭类型", told.kinds)):
        for row in rows:
            line = row.line
            sums = (line["before_fen"], line["after_fen"], row.more_fen)
            counts = (line["gaining"], line["losing"], line["newly"], line["ending"])
            gaps = (line["gap_before_fen"], line["gap_after_fen"])
            yield (kind, row.name, line["households"], *map(_yuan, sums), *counts, *map(_yuan, gaps))


def _yuan(fen: int) -> str:
    return yuan_text(fen).replace(",", "")
