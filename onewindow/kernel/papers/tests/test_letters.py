import threading
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from django.core.checks import run_checks
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.papers.codes import ALPHABET, LENGTH, grouped, new_check_code, read_code
from onewindow.kernel.papers.letters import void_letter
from onewindow.kernel.papers.letters.amounts import capital_yuan, yuan
from onewindow.kernel.papers.letters.dressing import dressed, shown
from onewindow.kernel.papers.letters.glyphs import missing_characters
from onewindow.kernel.papers.letters.numbers import next_serial
from onewindow.kernel.papers.letters.titles import TITLES
from onewindow.kernel.papers.letters.typesetting import template_path, typeset
from onewindow.kernel.papers.models import Letter
from onewindow.kernel.papers.vault import fetch
from onewindow.kernel.people.models import Account, Person

Issue = Callable[..., Letter]
EVERYTHING: dict[str, Any] = {
    "matter": "最低生活保障",
    "laws": ["《社会救助暂行办法》第九条至第十三条", "《最低生活保障审核确认办法》"],
    "submitted_on": "2026-11-23",
    "accepted_on": "2026-11-23",
    "limit_working_days": 20,
    "due_on": "2026-12-21",
    "papers": ["离婚判决书"],
    "items": [{"code": "a", "name": "李秀英的核对授权", "why": "须经本人授权", "how": "请登录后确认"}],
    "amount_fen": 151300,
    "year": "2026",
    "payments": [{"month": "2026-10", "matter": "最低生活保障", "amount_fen": 151300, "account_tail": "1234"}],
    "total_fen": 151300,
    "every": "month",
    "members": ["张建国", "李秀英"],
    "month": "2026-12",
    "steps": [
        {"label": "月人均收入", "fen": 60667, "law": "最低生活保障审核确认办法第十三条"},
        {"label": "家庭人口", "value": 3, "formula": "共同生活的家庭成员"},
        {"label": "每月发放", "fen": 151300, "is_total": True, "is_example": True},
    ],
    "reason": "理由写在这里",
    "answer": "经核实，该房屋已出售。",
    "is_upheld": False,
    "paid_on": "2027-01-08",
    "account_tail": "3456",
}


def text_of(letter: Letter) -> str:
    pages = PdfReader(BytesIO(fetch(letter.stored_as, letter.sha256))).pages
    return "".join("".join(page.extract_text() for page in pages).split()).replace("\u200b", "")


@pytest.mark.parametrize("kind", TITLES)
def test_every_letter_says_who_to_whom_about_what_and_how_to_check_it(issue: Issue, kind: str) -> None:
    letter = issue(kind, EVERYTHING)
    text = text_of(letter)
    for words in (TITLES[kind], "欧阳建国：", letter.number, letter.about, "劝业场街道办事处", "2026年11月25日"):
        assert words in text
    assert letter.grouped_code in text and "核验" in text
    assert len(PdfReader(BytesIO(fetch(letter.stored_as, letter.sha256))).pages) == 1


def test_every_template_in_the_folder_has_a_title() -> None:
    folder = template_path("grant").parent
    assert {each.stem for each in folder.glob("*.typ")} - {"base"} == set(TITLES)


def test_a_refusal_tells_the_reason_and_both_remedies(issue: Issue) -> None:
    text = text_of(
        issue("refusal", EVERYTHING | {"reconsider_at": "天津市和平区人民政府", "reconsider_until": "2027-01-24"})
    )
    assert "理由写在这里" in text
    assert "60日内" in text and "行政复议" in text and "6个月内" in text and "行政诉讼" in text
    assert "行政复议机关：天津市和平区人民政府" in text and "2027年1月24日" in text


def test_a_refusal_without_a_reason_does_not_go_out(issue: Issue) -> None:
    for kind in ("refusal", "not_accepted", "terminated", "appeal_upheld"):
        with pytest.raises(typst.TypstError, match="reason"):
            issue(kind, EVERYTHING | {"reason": ""})
    assert not Letter.unscoped.exists()


def test_a_single_aid_is_not_called_monthly(issue: Issue) -> None:
    text = text_of(issue("grant", EVERYTHING | {"every": "once"}))
    assert "一次性给付1,513.00元" in text and "按月" not in text and "定期复核" not in text


def test_a_grant_explains_the_sum(issue: Issue) -> None:
    text = text_of(issue("grant", EVERYTHING))
    assert "每月给付1,513.00元（人民币壹仟伍佰壹拾叁元整）" in text
    assert "606.67元" in text and "第十三条" in text and "按2026年12月的标准" in text


def test_the_pdf_is_for_the_archive_and_for_screen_readers(issue: Issue) -> None:
    reader = PdfReader(BytesIO(fetch(*(lambda it: (it.stored_as, it.sha256))(issue()))))
    meta = reader.xmp_metadata
    assert meta is not None and meta.pdfaid_part == "2" and meta.pdfaid_conformance == "A"
    assert reader.metadata is not None and reader.metadata.title.startswith("撤回申请确认书")
    assert reader.trailer["/Root"]["/Lang"].startswith("zh")
    assert "http://localhost:8000/check/" in str(reader.pages[0].extract_text()) + _alternative_texts(reader)


def _alternative_texts(reader: PdfReader) -> str:
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, dict):
            found.append(str(node.get("/Alt", "")))
            kids = node.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids] if not isinstance(kids, int) else []
    return " ".join(found)


HOSTILE = [
    '#eval("1+1")',
    '#import "/etc/passwd": *',
    '#read("/project/settings.py")',
    "$ x^2 $",
    "@ref <label> *粗* _斜_ `raw`",
    "]#panic()[",
    '"}); #text(fill: white)[假] {("',
    "\\u{41} \\ // 注 /* 释 */",
    "= 标题\n== 二级",
    "<script>alert(1)</script>",
    "'; DROP TABLE papers_letter; --",
    "{{ 7*7 }} ${7*7} %s",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_words_and_never_source(issue: Issue, person: Person, words: str) -> None:
    Person.unscoped.filter(pk=person.pk).update(name=words[:60])
    person.refresh_from_db()
    letter = issue("refusal", EVERYTHING | {"reason": words, "matter": words}, recipient=person, place_name=words)
    assert text_of(letter).count("".join(shown(words).replace("\u200b", "").split())) >= 3


def test_marks_that_turn_a_sentence_round_are_dropped() -> None:
    assert shown("每月\u202e001\u2066元\x07\x00") == "每月001元"


def test_chinese_punctuation_is_full_width_however_it_was_typed() -> None:
    assert shown("高于标准,不予确认:见(附件1)。") == "高于标准，不予确认：见（附件1）。"
    assert shown("1,010.00元 f(x, y) 12:30") == "1,010.00元 f(x, y) 12:30"


def test_very_long_names_stay_on_the_paper(issue: Issue, person: Person) -> None:
    for name in ("A" * 60, "阿不都热合曼·买买提依明" * 5, "9" * 60):
        person.name = name
        text = text_of(issue("grant", EVERYTHING | {"members": [name] * 30, "reason": name * 16}, recipient=person))
        assert text.count(name) >= 31


def test_rare_names_are_drawn_and_what_has_no_glyph_is_spelt(issue: Issue, person: Person) -> None:
    assert missing_characters("䶮㛃𬭎𫖯𬍛欧阳") == []
    assert missing_characters("𠮷野家𠮷") == ["𠮷"]
    person.name = "张䶮㛃𬭎"
    assert "张䶮㛃𬭎：" in text_of(issue(recipient=person))
    person.name = "李𠮷"
    letter = issue(recipient=person)
    assert "李〖U+20BB7〗：" in text_of(letter) and "生僻字" in text_of(letter)
    assert letter.recipient_name == "李𠮷"


def test_without_a_chinese_font_the_system_does_not_start(settings: Any, tmp_path: Path) -> None:
    assert not [each for each in run_checks() if each.id == "papers.E001"]
    settings.LETTER_FONT_DIRS = [tmp_path, "/nowhere"]
    (error,) = [each for each in run_checks() if each.id == "papers.E001"]
    assert "Noto Sans SC、Noto Serif SC" in error.msg


def test_a_matter_brings_its_own_template(issue: Issue) -> None:
    letter = issue("own", {"title": "特别通知书"}, template="kernel/papers/letters/withdrawn.typ")
    assert letter.title == "特别通知书" and "特别通知书" in text_of(letter)


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "kernel/papers/models.py", "no_such", "../x.typ"])
def test_a_template_is_a_template_of_ours(issue: Issue, path: str) -> None:
    with pytest.raises(LookupError):
        issue(template=path)
    assert not Letter.unscoped.exists()


def test_a_letter_of_examples_says_so(issue: Issue) -> None:
    assert "示例·不具法律效力" in text_of(issue(content={"is_example": True}))
    assert "不具法律效力" not in text_of(issue())


def test_content_is_frozen_with_its_template(issue: Issue) -> None:
    content = {"reason": "甲", "more": {"at": date(2026, 1, 2)}}
    letter = issue(content=content)
    content["reason"] = "乙"
    letter.refresh_from_db()
    assert letter.content["reason"] == "甲" and letter.content["more"] == {"at": "2026-01-02"}
    assert len(letter.template_version) == 16 and letter.template == "withdrawn"


def test_numbers_run_by_series_and_year_without_gaps(issue: Issue) -> None:
    assert issue().number == "津民救〔2026〕000001号"
    assert issue().number == "津民救〔2026〕000002号"
    assert issue(series="津民养").number == "津民养〔2026〕000001号"
    assert issue(on=date(2027, 1, 1)).number == "津民救〔2027〕000001号"
    with transaction.atomic():
        issue()
        transaction.set_rollback(True)
    assert issue().number == "津民救〔2026〕000003号"


@pytest.mark.django_db(transaction=True)
def test_desks_that_write_at_once_never_share_a_number() -> None:
    got: list[int] = []
    start = threading.Barrier(8)

    def desk() -> None:
        start.wait()
        got.extend(next_serial("津民救", 2026) for _ in range(5))
        connection.close()

    desks = [threading.Thread(target=desk) for _ in range(8)]
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    assert sorted(got) == list(range(1, 41))


def test_letters_typeset_at_once_are_each_their_own(issue: Issue) -> None:
    letters = [issue(content={"reason": f"第{number}个理由"}) for number in range(6)]
    made: dict[int, bytes] = {}
    threads = [threading.Thread(target=lambda it=it: made.update({it.pk: typeset(it)})) for it in letters]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for number, letter in enumerate(letters):
        assert f"第{number}个理由" in "".join(PdfReader(BytesIO(made[letter.pk])).pages[0].extract_text().split())


def test_issuing_is_in_the_log_with_the_digest(issue: Issue, account: Account) -> None:
    letter = issue(shard="120101")
    line = AuditLine.objects.get(action="letter.issue")
    assert line.detail == {"number": letter.number, "sha256": letter.sha256}
    assert (line.shard, line.actor, line.actor_account) == ("120101", "欧阳建国", account.pk)
    assert line.subject == letter.recipient_id


def test_a_void_letter_is_marked_once_and_kept(issue: Issue, account: Account) -> None:
    letter = issue()
    void = void_letter(letter, Letter.Void.REVOKED, account, note="复核决定撤销")
    assert void.is_void and fetch(void.stored_as, void.sha256)
    assert AuditLine.objects.get(action="letter.void").detail == {"number": letter.number, "void": "revoked"}
    with pytest.raises(Refused, match="已经作废"):
        void_letter(letter, Letter.Void.MISTAKE, account)
    with pytest.raises(ValueError, match="Void"):
        void_letter(issue(), "因为不喜欢", account)


@pytest.mark.parametrize(
    ("fen", "figures", "words"),
    [
        (0, "0.00", "人民币零元整"),
        (5, "0.05", "人民币伍分"),
        (50, "0.50", "人民币伍角整"),
        (106000, "1,060.00", "人民币壹仟零陆拾元整"),
        (140950, "1,409.50", "人民币壹仟肆佰零玖元伍角整"),
        (600714, "6,007.14", "人民币陆仟零柒元壹角肆分"),
        (1640902, "16,409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        (32504, "325.04", "人民币叁佰贰拾伍元零肆分"),
        (1000500, "10,005.00", "人民币壹万零伍元整"),
        (100_000_000_00, "100,000,000.00", "人民币壹亿元整"),
        (100_000_001_00, "100,000,001.00", "人民币壹亿零壹元整"),
        (100_500_000_00, "100,500,000.00", "人民币壹亿零伍拾万元整"),
        (-151300, "-1,513.00", "人民币负壹仟伍佰壹拾叁元整"),
    ],
)
def test_sums_in_figures_and_words(fen: int, figures: str, words: str) -> None:
    assert (yuan(fen), capital_yuan(fen)) == (figures, words)


@given(st.integers(0, 10**14))
def test_words_of_a_sum_read_back_as_the_sum(fen: int) -> None:
    words = capital_yuan(fen).removeprefix("人民币").removesuffix("整")
    assert "零零" not in words and _read(words) == fen


def _read(words: str) -> int:
    """An independent reader of capital sums."""
    total = section = digit = 0
    for each in words:
        if each in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(each)
        elif each in "拾佰仟":
            section, digit = section + digit * 10 ** ("拾佰仟".index(each) + 1), 0
        elif each in "万亿":
            above = (total + section + digit) if each == "亿" and total % 10**8 else section + digit
            total = (total if above == section + digit else 0) + above * {"万": 10**4, "亿": 10**8}[each]
            section = digit = 0
        elif each == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[each], 0
    return total


def test_days_and_months_are_spelt_out() -> None:
    got = dressed({"on": "2026-01-05", "due_on": None, "month": "2026-12", "fen": 100, "list": [{"a_fen": 1}]})
    assert got["on_zh"] == "2026年1月5日" and got["month_zh"] == "2026年12月" and "due_on_zh" not in got
    assert got["yuan"] == "1.00" and got["list"][0]["a_yuan"] == "0.01"


def test_a_check_code_has_eighty_bits_and_is_typed_without_doubt() -> None:
    code = new_check_code()
    assert len(ALPHABET) ** LENGTH >= 2**80 and not set("ILOU") & set(ALPHABET)
    assert read_code(grouped(code).lower()) == read_code(f"  {code[:8]} {code[8:]}") == code
    assert read_code("７Ｋ３Ｍ－9qxt–b2vd—ohra") == "7K3M9QXTB2VD0HRA"
    assert read_code("lill-oooo-0000-1111") == "1111000000001111"
    for wrong in ("", code[:-1], code + "0", code[:-1] + "U", code[:-1] + "'", "%" * 16, "一" * 16):
        assert read_code(wrong) == ""
