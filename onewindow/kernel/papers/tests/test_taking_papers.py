import socket
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from onewindow.kernel.papers import uploads
from onewindow.kernel.papers.examiner.images import clean_image
from onewindow.kernel.papers.examiner.pdfs import check_pdf
from onewindow.kernel.papers.examiner.words import Unfit
from onewindow.kernel.papers.models import Letter, Paper
from onewindow.kernel.papers.names import shown_name
from onewindow.kernel.papers.opening import open_letter, open_paper
from onewindow.kernel.papers.scanning import scan_waiting
from onewindow.kernel.papers.tests.files import pdf, picture, sent, stream
from onewindow.kernel.papers.uploads import PaperRefused, accept_upload
from onewindow.kernel.papers.vault import Altered
from onewindow.kernel.people.models import Account, Person
from onewindow.kernel.staff.actor import NOBODY, Actor


@pytest.fixture
def take(person: Person, account: Account) -> Any:
    def accept(data: bytes, name: str = "a.jpg") -> Paper:
        return accept_upload(sent(data, name), owner=person, kind="other", uploaded_by=account)

    return accept


def kept(paper: Paper) -> Image.Image:
    return Image.open(BytesIO(open_paper(paper).content))


def test_a_photo_is_drawn_anew_upright_and_without_its_place(take: Any, storage: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif.get_ifd(0x8825)[2] = (39.0, 7.0, 12.0)  # where it was taken
    exif[0x010F] = "SecretCamera"
    paper = take(picture("JPEG", (300, 200), exif=exif, comment=b"<script>"))
    assert paper.state == Paper.State.ACCEPTED and paper.pages == 1
    with kept(paper) as image:
        assert image.size == (200, 300)
        assert not image.getexif() and "comment" not in image.info
    stored = (storage / paper.stored_as).read_bytes()
    assert b"SecretCamera" not in stored and b"<script>" not in stored


def test_code_hidden_in_a_whole_picture_does_not_come_along(take: Any) -> None:
    paper = take(picture() + b"<?php system($_GET[0]); ?>" + b"PK\x05\x06" + bytes(18))
    assert b"php" not in open_paper(paper).content


def test_a_transparent_signature_lands_on_white(take: Any) -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 20), (0, 0, 0, 0)).save(out, "PNG")
    with kept(take(out.getvalue(), "签名.PNG")) as image:
        assert image.mode == "RGB" and image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "LA"])
def test_every_usual_kind_of_png_is_taken(take: Any, mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (30, 30)).save(out, "PNG")
    assert take(out.getvalue(), "a.png").content_type == "image/jpeg"


def test_print_colours_and_phone_pictures_with_several_frames_are_taken(take: Any) -> None:
    cmyk, several = BytesIO(), BytesIO()
    Image.new("CMYK", (30, 30)).save(cmyk, "JPEG")
    Image.new("RGB", (30, 30)).save(several, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 30), "red")])
    assert take(cmyk.getvalue()).pages == take(several.getvalue()).pages == 1


def test_a_large_photo_is_made_no_larger_than_needed(take: Any) -> None:
    out = BytesIO()
    Image.new("RGB", (8160, 6120), "grey").save(out, "JPEG")
    with kept(take(out.getvalue())) as image:
        assert image.size == (3600, 2700)


def test_a_plain_pdf_is_kept_as_it_came(take: Any) -> None:
    data = pdf(stream(b"BT /F1 12 Tf (hello) Tj ET"))
    paper = take(data, "扫描件.pdf")
    response = open_paper(paper)
    assert response.content == data and paper.pages == 1
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%89%AB")


def test_our_own_letters_can_be_handed_in_again(take: Any, issue: Any) -> None:
    assert take(open_letter(issue()).content, "a.pdf").pages == 1


@given(st.binary(max_size=400))
def test_no_bytes_break_the_pdf_check(data: bytes) -> None:
    for body in (data, b"%PDF-1.7\n" + data + b"startxref\n%%EOF", pdf(stream(data), stream(data, packed=False))):
        try:
            assert check_pdf(body) >= 1
        except Unfit as unfit:
            assert "PDF" in str(unfit)


@given(st.binary(max_size=300), st.integers(0, 600))
def test_no_bytes_break_the_picture_check(data: bytes, at: int) -> None:
    for kind in ("JPEG", "PNG"):
        whole = picture(kind, (20, 20))
        try:
            assert clean_image(whole[:at] + data + whole[at + len(data) :], kind)
        except Unfit as unfit:
            assert "图片" in str(unfit)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\temp\\户口簿.jpg", "户口簿.jpg"),
        ("/abs/a.jpg", "a.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie: x.jpg"),
        ("a\0.jpg", "a.jpg"),
        ("照片\u202egpj.exe.jpg", "照片gpj.exe.jpg"),
        ("长" * 300 + ".jpg", "长" * 116 + ".jpg"),
        ("..", "未命名"),
        ("", "未命名"),
        ("a.jpg\\", "未命名"),
    ],
)
def test_a_name_is_only_ever_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_the_name_sent_decides_nothing_on_disk(take: Any, storage: Path, tmp_path: Path) -> None:
    paper = take(picture(), '..\\..\\a";x=<b>.jpg')
    assert paper.stored_as.startswith("uploads/20") and paper.original_name not in paper.stored_as
    assert [each.relative_to(storage).as_posix() for each in tmp_path.rglob("*.jpg")] == [paper.stored_as]
    response = open_paper(paper)
    assert "\n" not in response["Content-Disposition"] and response["Content-Disposition"].startswith("inline")


def test_what_is_handed_back_can_do_nothing_in_a_browser(take: Any) -> None:
    response = open_paper(take(picture("PNG"), "a.png"))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert 'filename="a.jpg"' in response["Content-Disposition"]


def test_bytes_changed_on_disk_are_not_handed_out(take: Any, storage: Path) -> None:
    paper = take(picture())
    (storage / paper.stored_as).write_bytes(picture())
    with pytest.raises(Altered):
        open_paper(paper)


def test_a_paper_is_seen_by_its_owner_only(take: Any, person: Person) -> None:
    paper, other = take(picture()), Person.unscoped.create(name="旁人")
    assert list(Paper.objects.seen_by(Actor(person=person))) == [paper]
    assert not Paper.objects.seen_by(Actor(person=other)) and not Paper.objects.seen_by(NOBODY)
    assert not Letter.objects.seen_by(NOBODY)


class FakeClamd(threading.Thread):
    """Speaks clamd's INSTREAM on a real socket."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer, self.got = answer, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"
        self.start()

    def run(self) -> None:
        line, _ = self.door.accept()
        with line, line.makefile("rb") as sent_to_us:
            assert sent_to_us.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(sent_to_us.read(4), "big"):
                self.got += sent_to_us.read(length)
            line.sendall(self.answer)


@pytest.fixture
def clamd(settings: Any) -> Iterator[Any]:
    doors = []

    def start(answer: bytes) -> FakeClamd:
        fake = FakeClamd(answer)
        doors.append(fake.door)
        settings.PAPER_SCANNER = fake.address
        return fake

    yield start
    for door in doors:
        door.close()


def test_the_scanner_sees_what_is_kept(take: Any, clamd: Any, storage: Path) -> None:
    fake = clamd(b"stream: OK\0")
    paper = take(picture())
    assert paper.state == Paper.State.ACCEPTED
    assert fake.got == (storage / paper.stored_as).read_bytes()


def test_a_virus_is_refused_and_not_kept(take: Any, clamd: Any, storage: Path) -> None:
    clamd(b"stream: Eicar-Test-Signature FOUND\0")
    with pytest.raises(PaperRefused, match="病毒"):
        take(picture())
    assert not Paper.unscoped.exists() and not list(storage.rglob("*.jpg"))


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0"])
def test_a_scanner_that_does_not_answer_leaves_the_paper_in_quarantine(take: Any, clamd: Any, answer: bytes) -> None:
    clamd(answer)
    paper = take(picture())
    assert paper.state == Paper.State.QUARANTINED
    with pytest.raises(PaperRefused, match="安全检查"):
        open_paper(paper)


def test_quarantine_ends_when_the_scanner_is_back(take: Any, settings: Any, clamd: Any) -> None:
    settings.PAPER_SCANNER = "127.0.0.1:1"
    good, bad = take(picture()), take(picture())
    assert scan_waiting() == 0
    clamd(b"stream: OK\0")
    assert scan_waiting() == 1  # the fake answers once, then is down again
    clamd(b"stream: Bad FOUND\0")
    assert scan_waiting() == 1
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (Paper.State.ACCEPTED, Paper.State.REFUSED)
    with pytest.raises(PaperRefused, match="重新上传"):
        open_paper(bad)


def test_an_examiner_that_is_busy_says_so(take: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WALL_SECONDS", 0.01)
    with pytest.raises(PaperRefused, match="稍等"):
        take(picture())
