"""stdin: the file. argv: what its first bytes say it is. stdout: a line of JSON, then the bytes to keep."""

import json
import resource
import sys

from onewindow.kernel.papers.examiner.images import clean_image
from onewindow.kernel.papers.examiner.pdfs import check_pdf
from onewindow.kernel.papers.examiner.words import Unfit

CPU_SECONDS = 2
MEMORY_BYTES = 640 * 2**20


def confine() -> None:
    """Before a byte of the file is read. macOS knows no limit of memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def examine(kind: str, data: bytes) -> tuple[dict[str, object], bytes]:
    try:
        if kind == "PDF":
            return {"content_type": "application/pdf", "pages": check_pdf(data)}, data
        return {"content_type": "image/jpeg", "pages": 1}, clean_image(data, kind)
    except Unfit as unfit:
        return {"unfit": str(unfit)}, b""


if __name__ == "__main__":
    confine()
    answer, kept = examine(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + kept)
