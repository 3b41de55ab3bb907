"""Files that somebody sends to harm: each is refused in words, within two seconds, and leaves nothing behind."""

import base64
import resource
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from onewindow.kernel.papers.models import Paper
from onewindow.kernel.papers.tests.files import pdf, picture, sent, stream
from onewindow.kernel.papers.uploads import PaperRefused, accept_upload
from onewindow.kernel.people.models import Account, Person

CPU_SECONDS = 3  # of the examining process: on a busy machine it waits, and works no longer


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


"""Two of the examiner's CPU and its start."""


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flat_png(side: int) -> bytes:
    """A picture of one colour, side × side, in a few kilobytes: 50,000² would be 10 GB when decoded."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(3 * side + 1)) for _ in range(min(side, 200))) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def png_with_text_bomb() -> bytes:
    whole = picture("PNG")
    bomb = png_chunk(b"zTXt", b"c\0\0" + zlib.compress(bytes(200 * 2**20), 9))
    return whole[:33] + bomb + whole[33:]


def jpeg_of_many_scans() -> bytes:
    """A large progressive picture whose last scan comes thousands of times: each goes over every block of it."""
    out = BytesIO()
    Image.new("RGB", (8000, 8000)).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    last = whole.rfind(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 400 + whole[-2:]


def zipped(prefix: bytes = b"", comment: bytes = b"") -> bytes:
    out = BytesIO(prefix)
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("run.exe", b"MZ" + bytes(3000))
        archive.comment = comment
    return out.getvalue()


SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
HIDDEN_SCRIPT = stream(b"9 0 " + SCRIPT, b"/Type /ObjStm /N 1 /First 4")
NO_DICTIONARY_SAYS_SO = stream(b"9 0 " + SCRIPT, b"/Subtype /Image")
ENCODED = (
    b"<< /Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode /Length 200 >>\nstream\n%s>\nendstream"
    % SCRIPT.hex().encode()
)

HOSTILE = {
    "empty": (b"", "a.jpg", "空的"),
    "too large": (b"\xff\xd8\xff" + bytes(10 * 2**20), "a.jpg", "10 MB"),
    "html as jpg": (HTML, "a.jpg", "不能接收"),
    "svg": (SVG, "a.svg", "不能接收"),
    "svg as png": (SVG, "a.png", "不能接收"),
    "exe as pdf": (b"MZ" + bytes(500), "a.pdf", "不能接收"),
    "zip": (zipped(), "a.zip", "不能接收"),
    "zip as pdf": (zipped(), "a.pdf", "不能接收"),
    "gif": (b"GIF89a" + bytes(50), "a.gif", "不能接收"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(100), "a.heic", "兼容性最佳"),
    "heic as jpg": (b"\0\0\0\x18ftypmif1" + bytes(100), "a.jpg", "兼容性最佳"),
    "png as jpg": (picture("PNG"), "a.jpg", "后缀"),
    "jpg as html": (picture(), "a.html", "后缀"),
    "double ending": (picture(), "a.jpg.exe", "后缀"),
    "head of a jpg, body of a page": (b"\xff\xd8\xff\xe0" + HTML, "a.jpg", "损坏"),
    "cut off jpg": (picture()[:2000], "a.jpg", "损坏"),
    "cut off png": (picture("PNG")[:2000], "a.png", "损坏"),
    "pixel flood": (flat_png(50_000), "a.png", "尺寸过大"),
    "text bomb in a png": (png_with_text_bomb(), "a.png", "损坏"),
    "jpeg of many scans": (jpeg_of_many_scans(), "a.jpg", "过于复杂"),
    "pdf head only": (b"%PDF-1.7\n" + HTML, "a.pdf", "不完整"),
    "pdf behind a page": (HTML + pdf(), "a.pdf", "不能接收"),
    "pdf with a script": (pdf(SCRIPT, catalog=b"/OpenAction 4 0 R"), "a.pdf", "脚本"),
    "pdf with a script, spelt otherwise": (pdf(b"<< /S /J#61vaScr#69pt >>"), "a.pdf", "脚本"),
    "pdf with a script in an object stream": (pdf(HIDDEN_SCRIPT), "a.pdf", "脚本"),
    "pdf with a script in what calls itself a picture": (pdf(NO_DICTIONARY_SAYS_SO), "a.pdf", "脚本"),
    "pdf with objects that can't be read": (pdf(ENCODED), "a.pdf", "压缩方式"),
    "pdf that starts a program": (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "a.pdf", "脚本"),
    "pdf with a file in it": (pdf(stream(b"MZ", b"/Type /EmbeddedFile")), "a.pdf", "附件"),
    "pdf with a form that sends": (pdf(b"<< /S /SubmitForm /F (http://x.example) >>"), "a.pdf", "脚本"),
    "pdf with a password": (pdf(trailer=b"/Encrypt << /Filter /Standard >>"), "a.pdf", "密码"),
    "pdf that is a zip as well": (zipped(pdf(), b"\n%%EOF"), "a.pdf", "夹带"),
    "pdf with a zip behind it": (zipped(pdf()), "a.pdf", "不完整"),
    "pdf without a page": (pdf().replace(b"/Type /Page ", b"/Type /Plage "), "a.pdf", "一页"),
    "pdf bomb": (pdf(stream(bytes(400 * 2**20))), "a.pdf", "解压后过大"),
    "pdf of many bombs": (pdf(*[stream(bytes(3 * 2**20))] * 60), "a.pdf", "解压后过大"),
    "eicar": (base64.b64decode("WDVPIVAlQEFQWzRcUFpYNTQoUF4pN0NDKTd9JEVJQ0FS"), "a.jpg", "不能接收"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str, person: Person, account: Account, storage: Path) -> None:
    data, file_name, words = HOSTILE[name]
    begun = cpu_of_children()
    with pytest.raises(PaperRefused) as refused:
        accept_upload(sent(data, file_name), owner=person, kind="other", uploaded_by=account)
    assert words in refused.value.message
    assert "请" in refused.value.message
    assert cpu_of_children() - begun < CPU_SECONDS
    assert not Paper.unscoped.exists()
    assert not list(storage.rglob("*.*"))
