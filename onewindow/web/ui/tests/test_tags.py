from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

ERRORS = ("400", "403", "403_csrf", "404", "405", "409", "413", "422", "429", "500", "503")


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def clock(days: int | None, colour: str = "green", provisional: bool = False) -> SimpleNamespace:
    return SimpleNamespace(days=days, colour=colour, provisional=provisional, due_on=date(2026, 11, 26))


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (123450, "1,234.50元"),
        (0, "0.00元"),
        (7, "0.07元"),
        (-42000, "-420.00元"),
        (10**12, "10,000,000,000.00元"),
        (None, "—"),
    ],
)
def test_money_is_written_in_yuan_to_the_fen(fen, words):
    assert drawn("{% money fen %}|{{ fen|money }}", fen=fen) == f"{words}|{words}"


@pytest.mark.parametrize(
    ("remaining", "words"),
    [
        (clock(3, "yellow"), "剩3个工作日"),
        (clock(0, "yellow"), "今天到期"),
        (clock(-2, "red"), "已超期2个工作日"),
        (clock(None, "paused"), "已暂停计时"),
        (clock(None, "none"), "不限时"),
    ],
)
def test_a_clock_says_in_words_what_its_colour_says(remaining, words):
    assert words in drawn("{% due clock %}", clock=remaining)


def test_a_date_that_may_still_move_is_marked():
    assert "暂定" in drawn("{% due clock %}", clock=clock(29, provisional=True))
    assert "暂定" not in drawn("{% due clock %}", clock=clock(29))


def test_what_somebody_typed_is_never_markup():
    hostile = "<script>window.__x=1</script>"
    event = SimpleNamespace(text=hostile, at=None, actor=hostile, href="", tone="")
    row = {"label": hostile, "value": hostile, "source": hostile, "formula": hostile, "law": hostile, "note": hostile}
    item = {"name": hostile, "state": "current", "note": hostile}
    page = drawn(
        "{% timeline events show_actor=True %}{% facts rows %}{% calculation rows caption=text %}{% steps items %}{% badge text %}"
        "{% masked text text %}{% empty text text %}{% stat text text %}{% icon 'user' text %}",
        events=[event], rows=[row], items=[item], text=hostile,
    )  # fmt: skip
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") >= 15


def test_the_navigation_leaves_out_what_this_edition_lacks(rf):
    assert drawn('{% nav_link "nowhere:at_all" "没有" %}', request=rf.get("/")).strip() == ""
    here = drawn('{% nav_link "ui:guide" "手册" "home" 3 %}', request=rf.get("/ui/guide"))
    assert 'aria-current="page"' in here and "3" in here
    assert "aria-current" not in drawn('{% nav_link "ui:guide" "手册" %}', request=rf.get("/ui/other"))


def test_sorting_again_turns_the_order_and_goes_to_the_first_page(rf):
    header = '{% sort_header "due" "到期" default="due" %}'
    assert 'href="?sort=-due"' in drawn(header, request=rf.get("/?after=somewhere"))
    turned = drawn(header, request=rf.get("/?sort=-due&q=a"))
    assert 'aria-sort="descending"' in turned and "sort=due&amp;q=a" in turned
    assert "aria-sort" not in drawn(header, request=rf.get("/?sort=name"))


@pytest.mark.parametrize("name", ERRORS)
def test_a_page_of_failure_needs_no_request_and_says_what_next(name):
    page = render_to_string(f"{name}.html", {"incident": "7F3K"})
    assert "<h1>" in page and "7F3K" in page and 'lang="zh-Hans"' in page
    assert "请" in page, "says what to do next"


def test_the_reason_of_a_refusal_is_shown_instead_of_a_guess():
    page = render_to_string("409.html", {"reason": "陈静刚刚受理了这件事。"})
    assert "陈静刚刚受理了这件事。" in page and "另一位工作人员" not in page
