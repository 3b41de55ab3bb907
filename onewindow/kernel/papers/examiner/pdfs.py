"""A PDF is kept as it came, so nothing in it may act: no script, no program started, no file inside, no password.

Readers disagree on how a broken PDF is to be read, so no structure is trusted: the names that make a PDF act are looked
for in every byte, and in every byte that comes out of every compressed stream.
"""

import re
import zlib
from collections.abc import Iterator

from onewindow.kernel.papers.examiner.words import Unfit

INFLATED_BYTES = 128 * 2**20
BLOCK = 2**16
HEAD = re.compile(rb"%PDF-(1\.[0-7]|2\.0)\s")
STREAM = re.compile(rb"stream[ \t]*\r?\n?")
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = (
    b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/EmbeddedFiles", b"/RichMedia", b"/Rendition", b"/Movie", b"/XFA",
    b"/SubmitForm", b"/ImportData", b"/GoToE", b"/OnInstantiate",
)  # fmt: skip
# Object streams under these would escape the search. Python's zlib reads plain Flate only.
UNREAD_FILTERS = (b"/LZWDecode", b"/ASCIIHexDecode", b"/ASCII85Decode", b"/RunLengthDecode")
COMPRESSED_OBJECTS = (b"/ObjStm", b"/XRef", b"/XRefStm")
AFTER_NAME = frozenset(b"\0\t\n\f\r ()<>[]{}/%")
PRINT_AGAIN = "请打开后用“打印—另存为 PDF”重新生成一份再上传，或者拍照上传。"


def check_pdf(data: bytes) -> int:
    """The number of pages. Raises Unfit."""
    if not HEAD.match(data) or not data.rstrip(b"\0\t\r\n ").endswith(b"%%EOF") or b"startxref" not in data:
        raise Unfit("PDF 文件不完整或已损坏。" + PRINT_AGAIN)
    if _ends_as_zip(data):
        raise Unfit("PDF 文件里夹带了其他文件。" + PRINT_AGAIN)
    pages, found = 0, set[bytes]()
    for text in (data, *_inflated(data)):
        plain = ESCAPED.sub(lambda hit: bytes([int(hit[1], 16)]), text) if b"#" in text else text
        if any(_has_name(plain, name) for name in ACTIVE):
            raise Unfit("PDF 文件里有脚本、附件或自动动作，为了安全不能接收。" + PRINT_AGAIN)
        if text is data and _has_name(plain, b"/Encrypt"):
            raise Unfit("PDF 文件设有密码或权限限制。请去掉密码后再上传，或者拍照上传。")
        found |= {name for name in (*UNREAD_FILTERS, *COMPRESSED_OBJECTS) if _has_name(plain, name)}
        pages += len(PAGE.findall(plain)) if b"/Page" in plain else 0
    if found.intersection(UNREAD_FILTERS) and found.intersection(COMPRESSED_OBJECTS):
        raise Unfit("PDF 文件的压缩方式无法检查。" + PRINT_AGAIN)
    if not pages:
        raise Unfit("PDF 文件里没有找到任何一页。" + PRINT_AGAIN)
    return pages


def _has_name(text: bytes, name: bytes) -> bool:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if end == len(text) or text[end] in AFTER_NAME:
            return True
        at = text.find(name, end)
    return False


def _inflated(data: bytes) -> Iterator[bytes]:
    """What comes out of everything that looks like a Flate stream, whatever its dictionary says."""
    left = INFLATED_BYTES
    for hit in STREAM.finditer(data):
        start = hit.end()
        if start + 2 > len(data) or data[start] & 15 != 8 or (data[start] * 256 + data[start + 1]) % 31:
            continue
        text = _inflate(data, start, left)
        left -= len(text)
        if left <= 0:
            raise Unfit("PDF 文件解压后过大。扫描时请选 300 dpi 以下，或者拍照上传。")
        yield text


def _inflate(data: bytes, start: int, limit: int) -> bytes:
    """In blocks, so that what stands before a damaged place is still seen."""
    machine, out, size = zlib.decompressobj(), [], 0
    for at in range(start, len(data), BLOCK):
        try:
            piece = machine.decompress(data[at : at + BLOCK], limit - size)
        except zlib.error:
            break
        out.append(piece)
        size += len(piece)
        if machine.eof or size >= limit:
            break
    return b"".join(out)


def _ends_as_zip(data: bytes) -> bool:
    at = data.rfind(b"PK\x05\x06")
    return at >= 0 and at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") >= len(data)
