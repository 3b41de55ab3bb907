import unicodedata

MAX_LENGTH = 120


def shown_name(sent: str) -> str:
    """A file's name as it may be shown: no folders, no control or direction marks, not too long, its ending kept."""
    base = sent.replace("\\", "/").rpartition("/")[2]
    clean = "".join(each for each in base if unicodedata.category(each)[0] != "C").strip(" .") or "未命名"
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[: MAX_LENGTH - len(ending) - 1]}.{ending}" if dot and len(ending) < 10 else clean[:MAX_LENGTH]
