"""What the code may not do, each with its reason. A new ban needs a reason; an exception stands beside the ban it is from."""

import ast
import re
from dataclasses import dataclass

import pytest

from tests.architecture import finders
from tests.architecture.finders import Finder, calling, using, with_keyword
from tests.architecture.source import modules, templates

INJECTION = "what a resident typed would run in the clerk's browser; let the template escape it, or use format_html"
POLICY = "the pages' policy (CSP) refuses it, and should; put it into the front end's files"


@dataclass(frozen=True)
class Ban:
    what: str
    because: str
    example: str
    find: Finder
    save: tuple[str, ...] = ()
    """Paths that may, since it is their work."""


@dataclass(frozen=True)
class TemplateBan:
    what: str
    because: str
    example: str
    pattern: str


BANS = [
    Ban(
        "SQL put together from pieces",
        "what came from a form could become SQL; write the statement whole and hand values over as parameters",
        'cursor.execute(f"SELECT * FROM people WHERE name = {name}")',
        finders.sql_put_together,
        save=(
            "onewindow/kernel/audit/append_only.py",  # names of tables, from migrations
            "onewindow/kernel/grants/guards.py",  # the same
            "onewindow/kernel/grants/inserting.py",  # INSERT before a SELECT that Django compiled, names from models
        ),
    ),
    Ban(
        "extra(), raw(), RawSQL",
        "they take SQL as text, past the scope of whoever reads; several of Django's holes of 2025 and 2026 were there",
        'Case.objects.raw("SELECT 1")',
        calling("extra", "raw", "RawSQL"),
    ),
    Ban(
        "a query made of the request's own names",
        "a stranger would choose columns and walk relations (CVE-2025-57833); name what may be filtered and sorted by",
        "cases.filter(**request.GET.dict())",
        finders.query_from_request,
    ),
    Ban("mark_safe, SafeString", INJECTION, "mark_safe(name)", finders.marking_safe),
    Ban(
        "inline script, style or on… in markup written by Python",
        POLICY,
        "format_html('<p style=\"color: red\">{}</p>', name)",
        finders.inline_markup,
    ),
    Ban(
        "yaml.load and its kin",
        "they build whatever object a file asks for; use yaml.safe_load",
        "yaml.load(text)",
        using("yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.full_load"),
    ),
    Ban(
        "pickle, marshal, shelve",
        "reading such a file runs whatever is in it; use JSON",
        "import pickle",
        using("pickle", "marshal", "shelve", "dill", "jsonpickle"),
    ),
    Ban("eval, exec", "text would become program", "eval(formula)", using("eval", "exec")),
    Ban(
        "a shell",
        "a file's name could become a command; start programs by a list of words",
        "subprocess.run(command, shell=True)",
        lambda tree: (line for find in (with_keyword("shell"), using("os.system", "os.popen")) for line in find(tree)),
    ),
    Ban(
        "csrf_exempt outside the exchange",
        "another site could act in a clerk's name; only partners, who sign each call, need no token",
        "from django.views.decorators.csrf import csrf_exempt",
        using("django.views.decorators.csrf.csrf_exempt"),
        save=("onewindow/exchange/",),
    ),
    Ban(
        'fields = "__all__"',
        "a column added later would be shown and writable without anybody deciding it; name the fields",
        'fields = "__all__"',
        finders.all_fields,
    ),
    Ban(
        "FloatField",
        "money is whole fen and a float loses them; a share is a fraction of integers",
        "models.FloatField()",
        calling("FloatField"),
    ),
    Ban(
        "rows that overwrite others on conflict",
        "a line of the ledger or the log would change without a trace; add a row, or lock one and change it by name",
        "Leg.objects.bulk_create(legs, update_conflicts=True)",
        with_keyword("update_conflicts"),
        save=("onewindow/kernel/calendar/publishing.py",),  # a corrected notice; the log keeps each
    ),
    Ban(
        "signals as wiring",
        "what a write sets off must be read in the write; plug ports in onewindow/project",
        "from django.db.models.signals import post_save",
        using("django.db.models.signals", "django.dispatch"),
    ),
    Ban(
        "calls to other computers outside the exchange",
        "only the exchange has time-outs, a list of whom we may call, keys, and a log of every call",
        "import httpx",
        using("httpx", "requests", "urllib.request", "http.client", "urllib3"),
        save=("onewindow/exchange/", "onewindow/project/commands/serve.py"),  # asks itself whether it is up
    ),
    Ban(
        "gmssl",
        "its keys come from no cryptographic source and it does not check what it decrypts; use cryptography or gmalg",
        "from gmssl import sm2",
        using("gmssl"),
    ),
]

TEMPLATE_BANS = [
    TemplateBan("|safe", INJECTION, "{{ name|safe }}", r"\|\s*safe(seq)?\b"),
    TemplateBan("autoescape off", INJECTION, "{% autoescape off %}", r"{%\s*autoescape\s+off"),
    TemplateBan(
        "a script inside the page",
        POLICY,
        "<script>go()</script>",
        r"<script(?![^>]*\b(src=|type=\"application/json\"))",
    ),
    TemplateBan("style=", POLICY, '<p style="color: red">', r"<[^>]*\sstyle\s*=|<style\b"),
    TemplateBan("on…=", POLICY, '<button onclick="go()">', r"<[^>]*\son[a-z]+\s*="),
    TemplateBan("hx-on, js: values", POLICY, '<p hx-on:click="go()">', r"\bhx-on[:=-]|[\"']\s*(javascript|js):"),
    TemplateBan(
        "something loaded from another computer",
        "a city's network may reach no other, and no other should learn who reads what; serve it ourselves",
        '<img src="//maps.example/tile.png">',
        r"<(script|img|iframe|audio|video|source|link|form)\b[^>]*\s(src|href|action)\s*=\s*[\"'](https?:)?//",
    ),
]


def found_in_templates(ban: TemplateBan, texts: dict[str, str]) -> list[str]:
    hits = ((path, text, hit) for path, text in texts.items() for hit in re.finditer(ban.pattern, text, re.IGNORECASE))
    return [f"{path}:{text.count(chr(10), 0, hit.start()) + 1}" for path, text, hit in hits]


def in_words(ban: Ban | TemplateBan, found: list[str]) -> str:
    return f"\nNot allowed: {ban.what}, because {ban.because}.\nFound at:\n  " + "\n  ".join(found)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.what)
def test_no_module_does(ban: Ban) -> None:
    bound = ((path, tree) for path, tree in modules().items() if not path.startswith(ban.save))
    found = [f"{path}:{line}" for path, tree in bound for line in ban.find(tree)]
    assert not found, in_words(ban, found)


@pytest.mark.parametrize("ban", TEMPLATE_BANS, ids=lambda ban: ban.what)
def test_no_template_has(ban: TemplateBan) -> None:
    found = found_in_templates(ban, templates())
    assert not found, in_words(ban, found)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.what)
def test_a_ban_on_modules_sees_what_it_bans(ban: Ban) -> None:
    assert list(ban.find(ast.parse(ban.example)))


@pytest.mark.parametrize("ban", TEMPLATE_BANS, ids=lambda ban: ban.what)
def test_a_ban_on_templates_sees_what_it_bans(ban: TemplateBan) -> None:
    assert found_in_templates(ban, {"example.html": ban.example}) == ["example.html:1"]
