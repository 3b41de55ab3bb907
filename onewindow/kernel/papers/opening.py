"""Handing bytes back. Whoever calls this has already asked whether the reader may see it."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from onewindow.kernel.papers.models import Letter, Paper
from onewindow.kernel.papers.uploads import SUFFIX, PaperRefused
from onewindow.kernel.papers.vault import fetch

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def open_paper(paper: Paper) -> HttpResponse:
    """Pictures can stand in a page; a PDF that somebody sent is only ever downloaded."""
    if paper.state == Paper.State.QUARANTINED:
        raise PaperRefused("这份材料正在做安全检查，请稍后再打开。")
    if paper.state == Paper.State.REFUSED:
        raise PaperRefused("这份材料没有通过安全检查，不能打开。请让提交人重新上传。")
    stem = paper.original_name.rpartition(".")[0]
    name = stem + SUFFIX[paper.content_type]
    return _bytes(fetch(paper.stored_as, paper.sha256), paper.content_type, name, not paper.is_image)


def open_letter(letter: Letter, *, as_attachment: bool = True) -> HttpResponse:
    return _bytes(
        fetch(letter.stored_as, letter.sha256), "application/pdf", f"{letter.title}_{letter.number}.pdf", as_attachment
    )


def _bytes(data: bytes, content_type: str, name: str, as_attachment: bool) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type, headers=HEADERS)
    response["Content-Disposition"] = content_disposition_header(as_attachment, name) or "attachment"
    return response
