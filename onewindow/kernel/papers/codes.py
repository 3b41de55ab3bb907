"""The code by which anybody can check a letter: 80 random bits, typed by hand from paper without doubt."""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
LENGTH = 16
MISREAD = str.maketrans("ILO", "110")


def new_check_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """As it was issued, whatever the case, width, spaces or dashes; empty where it can't be a code."""
    plain = unicodedata.normalize("NFKC", typed[:80]).upper().translate(MISREAD)
    code = "".join(each for each in plain if each in ALPHABET)
    strange = [each for each in plain if each not in ALPHABET and not each.isspace() and each not in "-‐‑–—_.·"]
    return code if len(code) == LENGTH and not strange else ""
