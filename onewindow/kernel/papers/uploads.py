"""Taking a file from a stranger: name, first bytes and content must agree, and what is kept is what we made of it.

Examining takes up to two seconds of another process: call `accept_upload` before the act, not inside its transaction.
"""

import hashlib
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.papers.models import Paper
from onewindow.kernel.papers.names import shown_name
from onewindow.kernel.papers.scanning import ScannerDown, scanner
from onewindow.kernel.papers.vault import keep

log = logging.getLogger("onewindow.papers")
MAX_BYTES = 10 * 2**20
WALL_SECONDS = 10
BUSY = "系统繁忙，文件没有检查完。请稍等一分钟再上传一次。"
# Two at a time in a process: each may take a few hundred megabytes for a second.
_turns = BoundedSemaphore(2)
TAKEN = "可以上传 JPG、PNG 图片或 PDF 文件。"
KINDS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "PDF": (".pdf",)}
SUFFIX = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
ROOT = Path(__file__).resolve().parents[3]


class PaperRefused(Refused):
    """The file can't be taken; the message says what to do."""


def accept_upload(file: UploadedFile, owner: Any, kind: str, uploaded_by: Any) -> Paper:
    """Raises PaperRefused. Where the virus scanner can't answer, the paper waits in quarantine."""
    name = shown_name(file.name or "")
    data = _read(file)
    answer, kept = _examine(_kind_of(data, name), data)
    paper = Paper(
        owner=owner,
        uploaded_by=uploaded_by,
        kind=kind,
        original_name=name,
        content_type=answer["content_type"],
        pages=answer["pages"],
        size=len(kept),
        sha256=hashlib.sha256(kept).hexdigest(),
        state=_state_after_scan(kept),
        stored_as=keep(kept, "uploads", SUFFIX[answer["content_type"]]),
    )
    paper.save(force_insert=True)
    return paper


def _read(file: UploadedFile) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise PaperRefused("文件是空的。请重新选择文件。")
    if len(data) > MAX_BYTES:
        raise PaperRefused("文件超过 10 MB。请用手机的普通清晰度重新拍照，或把 PDF 分成几份上传。")
    return data


def _kind_of(data: bytes, name: str) -> str:
    """By its first bytes; the name must say the same, or somebody is being misled."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise PaperRefused(
            "这是苹果手机的 HEIC 照片，暂时不能接收。请在“设置—相机—格式”里选“兼容性最佳”后重新拍照，或把照片截屏后上传。"
        )
    if data.startswith(b"\xff\xd8\xff"):
        kind = "JPEG"
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        kind = "PNG"
    elif data.startswith(b"%PDF-"):
        kind = "PDF"
    else:
        raise PaperRefused(f"这种文件不能接收。{TAKEN}其他文件请打印后拍照，或另存为 PDF 再上传。")
    if not name.lower().endswith(KINDS[kind]):
        raise PaperRefused(f"文件名的后缀与内容不一致（内容是 {kind}）。{TAKEN}请重新拍照，或改正后缀后再上传。")
    return kind


def _examine(kind: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """In a process without our environment, with little memory and time: a file that breaks a decoder breaks only that."""
    if not _turns.acquire(timeout=WALL_SECONDS):
        raise PaperRefused(BUSY)
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no word of it comes from the file
            [sys.executable, "-m", "onewindow.kernel.papers.examiner", kind],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise PaperRefused(BUSY) from None
    except subprocess.CalledProcessError as broken:
        log.warning("examiner ended with %s: %s", broken.returncode, broken.stderr[-300:])
        raise PaperRefused("文件打不开，或者内容过于复杂。请重新拍照上传。") from None
    finally:
        _turns.release()
    line, _, kept = done.stdout.partition(b"\n")
    answer: dict[str, Any] = json.loads(line)
    if "unfit" in answer:
        raise PaperRefused(answer["unfit"])
    return answer, kept


def _state_after_scan(data: bytes) -> Paper.State:
    try:
        found = scanner().scan(data)
    except ScannerDown as down:
        log.warning("paper goes to quarantine: %s", down)
        return Paper.State.QUARANTINED
    if found:
        raise PaperRefused("文件里发现病毒，没有接收。请换一台设备重新拍照，或到窗口办理。")
    return Paper.State.ACCEPTED
