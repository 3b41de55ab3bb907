"""What pages say `{% load ui %}` for. Each tag is shown at work on /ui/guide and described in ../README.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onewindow.kernel.cases.fields import yuan_text
from onewindow.web.ui.clock_words import Clock, clock_words
from onewindow.web.ui.listing import PAGE_KEYS, SORT_KEY, Page

register = template.Library()
ELDER_COOKIE = "elder"
DASH = "—"


@dataclass(frozen=True)
class PageSettings:
    city: str
    demo: bool
    elder: bool
    path: str


@register.simple_tag(takes_context=True)
def page_settings(context: Mapping[str, Any]) -> PageSettings:
    """What every page knows; also where there is no request, as on the page of a failure."""
    request = context.get("request")
    return PageSettings(
        city=getattr(settings, "CITY_NAME", ""),
        demo=getattr(settings, "DEMO", False),
        elder=request is not None and request.COOKIES.get(ELDER_COOKIE) == "1",
        path=request.get_full_path() if request is not None else "/",
    )


@register.filter(name="money")
def money_words(fen: int | None) -> str:
    """123450 → 1,234.50元"""
    return DASH if fen is None else f"{yuan_text(fen)}元"


@register.simple_tag
def money(fen: int | None) -> str:
    return money_words(fen)


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from icons.svg; silent to a screen reader unless it stands alone and has a label."""
    silent = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"/></svg>', silent, static("ui/icons.svg"), name)


def mark_of(css: str, text: str, title: str) -> SafeString:
    return format_html('<span class="{}" title="{}">{}</span>', css, title, text)


@register.simple_tag
def badge(text: str, tone: str = "plain") -> SafeString:
    """Tones: plain, good, wait, bad, note, gold."""
    return format_html('<span class="badge badge--{}">{}</span>', tone, text)


@register.simple_tag
def example_badge() -> SafeString:
    return badge("示例", "gold")


PROVISIONAL = mark_of("due__provisional", "暂定", "以后的放假安排公布后可能变动")
DUE_ICONS = {"paused": "pause", "red": "alert"}


@register.simple_tag
def due(remaining: Clock, unit: str = "个工作日") -> SafeString:
    """The clock of a case or step as colour and words. Not a template of its own: a queue shows sixty of them."""
    by_when = ""
    if remaining.due_on and remaining.days is not None:
        day = remaining.due_on
        by_when = format_html(' <span class="due__on extra">{}月{}日前</span>', day.month, day.day)
    return format_html(
        '<span class="due due--{}">{}{}{}</span>{}',
        remaining.colour, icon(DUE_ICONS.get(remaining.colour, "clock")), clock_words(remaining, unit),
        PROVISIONAL if remaining.provisional else "", by_when,
    )  # fmt: skip


@register.inclusion_tag("ui/parts/masked.html")
def masked(text: str, label: str = "", reveal_url: str = "") -> dict[str, Any]:
    """Text that is already masked (person.masked_id …), with a way to see it whole where that is allowed."""
    return {"text": text or DASH, "label": label, "reveal_url": reveal_url}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Iterable[Any], show_actor: bool = False) -> dict[str, Any]:
    return {"events": events, "show_actor": show_actor}


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Iterable[Any], label: str = "办理进度") -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/facts.html")
def facts(rows: Iterable[Any]) -> dict[str, Any]:
    return {"rows": rows}


@register.inclusion_tag("ui/parts/calculation.html")
def calculation(
    rows: Iterable[Any], caption: str = "计算过程", total_fen: int | None = None, total_label: str = ""
) -> dict[str, Any]:
    return {"rows": rows, "caption": caption, "total_fen": total_fen, "total_label": total_label or "结果"}


@register.inclusion_tag("ui/parts/stat.html")
def stat(label: str, value: Any, href: str = "", unit: str = "", note: str = "", tone: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "href": href, "unit": unit, "note": note, "tone": tone}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: str, text: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    return {"forms": [form for form in forms if form is not None and form.errors]}


@register.inclusion_tag("ui/parts/nav_link.html", takes_context=True)
def nav_link(
    context: Mapping[str, Any], name: str, label: str, icon_name: str = "", count: int | None = None
) -> dict[str, Any]:
    """A link of the navigation; nothing where the address does not exist (yet) in this edition."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {}
    request = context.get("request")
    path = request.path if request is not None else ""
    is_current = path == url or (url.count("/") > 1 and path.startswith(url.rstrip("/") + "/"))
    return {"url": url, "label": label, "icon_name": icon_name, "count": count, "is_current": is_current}


@register.inclusion_tag("ui/parts/sort_header.html", takes_context=True)
def sort_header(context: Mapping[str, Any], key: str, label: str, default: str = "") -> dict[str, Any]:
    """A column header that sorts; `default` is the page's sort when the address names none."""
    query: QueryDict = context["request"].GET.copy()
    current = query.get(SORT_KEY, default)
    for gone in PAGE_KEYS:
        query.pop(gone, None)
    query[SORT_KEY] = f"-{key}" if current == key else key
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {"label": label, "query": query.urlencode(), "state": state}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Page[Any]) -> dict[str, Any]:
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("ui/parts/paper_list.html", takes_context=True)
def paper_list(context: Mapping[str, Any], needs: Iterable[Any], upload_url: str = "") -> dict[str, Any]:
    """The papers of a case (kernel.cases.missing.PaperNeed); with `upload_url`, each can be photographed and sent."""
    return {"needs": needs, "upload_url": upload_url, "csrf_token": context.get("csrf_token", "")}
