from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onewindow.kernel.papers.letters import issue_letter, void_letter
from onewindow.kernel.papers.letters.checking import surname_only
from onewindow.kernel.papers.models import Letter
from onewindow.kernel.papers.vault import fetch
from onewindow.kernel.people.models import Account, Person

SECRETS = ("建国", "120101199001011234", "13812345678", "患有重病", "120101001-20261123-0007", "clerk", "内部说明")


@pytest.fixture
def letter(db: None, settings: Any, tmp_path: Path) -> Letter:
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    person = Person.unscoped.create(name="欧阳建国", id_number="120101199001011234", phone="13812345678")
    return issue_letter(
        kind="terminated",
        template="terminated",
        content={"matter": "最低生活保障", "on": date(2026, 11, 25), "reason": "患有重病的成员已经去世"},
        recipient=person,
        about="120101001-20261123-0007",
        series="津民救",
        place_name="天津市和平区劝业场街道办事处",
        issued_by=Account.objects.create(username="clerk"),
        on=date(2026, 11, 25),
    )


def test_a_genuine_letter_is_told_with_no_more_than_it_takes(client: Client, letter: Letter) -> None:
    page = client.get(f"/check/{letter.grouped_code}")
    text = page.content.decode()
    assert page.status_code == 200 and "这份文书是真的" in text
    for words in ("终止办理告知书", letter.number, "2026年11月25日", "劝业场街道办事处", "欧阳**", letter.sha256):
        assert words in text
    assert not [words for words in SECRETS if words in text]


def test_a_void_letter_says_so_and_only_the_category_of_why(client: Client, letter: Letter) -> None:
    void_letter(letter, Letter.Void.REVOKED, None, note="内部说明：申诉成立")
    text = client.get(f"/check/{letter.check_code}").content.decode()
    assert "已经作废" in text and "所载决定已被撤销或者变更" in text and "这份文书是真的" not in text
    assert not [words for words in SECRETS if words in text]


def test_an_example_is_never_called_genuine(client: Client, letter: Letter) -> None:
    Letter.unscoped.update(is_example=True)
    text = client.get(f"/check/{letter.check_code}").content.decode()
    assert "不具法律效力" in text and "这份文书是真的" not in text


def test_the_code_may_be_typed_as_people_type(client: Client, letter: Letter) -> None:
    for typed in (letter.grouped_code.lower(), letter.check_code, f" {letter.grouped_code} "):
        assert "欧阳**" in client.get("/check", {"code": typed}).content.decode()


@pytest.mark.parametrize(
    "typed", ["7K3M-9QXT-B2VD-0HRA", "x", "<script>alert(1)</script>", "' OR 1=1 --", "%00", "../etc", "长" * 500]
)
def test_a_wrong_code_gets_the_same_page_with_what_to_do(client: Client, letter: Letter, typed: str) -> None:
    page = client.get("/check", {"code": typed})
    text = page.content.decode()
    assert page.status_code == 404 and "没有查到这份文书" in text and "12345" in text
    assert "<script>alert" not in text and "欧阳" not in text


def test_without_a_code_one_is_asked_for(client: Client, db: None) -> None:
    page = client.get("/check")
    assert page.status_code == 200 and "16位核验码" in page.content.decode()
    assert client.post("/check", {"code": "x"}).status_code == 405


def test_the_answer_is_not_kept_nor_listed_nor_passed_on(client: Client, letter: Letter) -> None:
    for path in (f"/check/{letter.check_code}", "/check/NONE", "/check"):
        page = client.get(path)
        assert page["Cache-Control"] == "no-store" and "noindex" in page["X-Robots-Tag"]
        assert page["Referrer-Policy"] == "no-referrer"


def test_one_look_is_one_query(client: Client, letter: Letter, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        client.get(f"/check/{letter.check_code}")
    with django_assert_num_queries(0):
        client.get("/check/not-a-code")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("李明", "李**"), ("欧阳建国", "欧阳**"), ("欧阳", "欧**"), ("阿依古丽·买买提", "阿**"), ("", "**")],
)
def test_only_the_surname_is_shown(name: str, shown: str) -> None:
    assert surname_only(name) == shown


def test_the_pdf_in_hand_is_compared_without_being_sent(phone: Any, letter: Letter, axe_findings: Any) -> None:
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    phone.goto("/check")
    assert axe_findings(phone) == []
    phone.get_by_label("核验码").fill(letter.grouped_code.lower())
    phone.get_by_role("button", name="核验").click()
    phone.get_by_text("这份文书是真的").wait_for()
    assert axe_findings(phone) == []
    before = len(sent)
    pdf = fetch(letter.stored_as, letter.sha256)
    for data, words in ((pdf, "一致：这个文件"), (pdf + b" ", "不一致")):
        phone.get_by_label("PDF 文件").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": data})
        phone.get_by_role("status").filter(has_text=words).wait_for()
    assert len(sent) == before
